"""Where a sound sets in: spectral flux over mel bands, after Böck & Widmer 2013 (SuperFlux). Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.spec import SAMPLE_RATE

WINDOW = 1024
HOP = 240
"""Samples between frames: 5 ms at 48 kHz."""
BANDS = 64
LOWEST_HZ, HIGHEST_HZ = 40.0, 18_000.0
LAG = 3
"""Frames back that a frame is compared with: 15 ms, shorter than any rise that is heard as an onset."""
RANGE_DB = 60.0
"""Nothing further than this below the loudest moment of a file is heard as an onset."""
CLOSEST_S = 0.06
DELTA = 0.25
"""How far flux must stand out of its surroundings, as a share of what a hit out of silence gives."""


EDGE = SAMPLE_RATE // 25
"""Within 40 ms of an end of the file a rise may be the cut."""


@dataclass(frozen=True)
class Onset:
    """`at` in seconds from the start of the sound; `strength` 0 to 1: loud and sudden is 1."""

    at: float
    strength: float


def onsets(wave: NDArray[np.float32], rate: int = SAMPLE_RATE) -> tuple[Onset, ...]:
    """Onsets of a mono sound at 48 kHz (other rates: positions scale, bands shift), in order of time."""
    if wave.size == 0 or float(np.max(np.abs(wave))) < 1e-5:
        return ()
    levels = _levels(wave)
    flux = _flux(levels)
    found = _peaks(flux)
    loud = levels.max(axis=1)
    top = float(loud.max())
    result = []
    for i in (i for i in found if i * HOP < len(wave) - EDGE and not _cut_in(loud, i)):
        drop_db = top - float(loud[i : i + 6].max())
        if drop_db < 40.0:
            strength = min(1.0, float(flux[i]) * 1.5) * (1.0 - drop_db / 60.0)
            result.append(Onset(at=_rise(wave, i) / rate, strength=round(strength, 4)))
    return tuple(result)


def _cut_in(loud: NDArray[np.float32], i: int) -> bool:
    """Whether frame i is where a sound that was already going on was cut: it starts the file and does not fall off."""
    later = loud[i + 30 : i + 50]
    return i * HOP < EDGE and later.size > 0 and float(later.mean()) > float(loud[i : i + 6].max()) - 6


def _levels(wave: NDArray[np.float32]) -> NDArray[np.float32]:
    """(frames, bands) level in dB, 0 to RANGE_DB above the floor of the file; frame i is centred on sample i · HOP."""
    padded = np.pad(wave.astype(np.float32), (WINDOW // 2, 0))
    padded = np.pad(padded, (0, WINDOW // 2 + HOP), mode="reflect" if len(wave) > WINDOW else "constant")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    window = np.hanning(WINDOW).astype(np.float32)
    parts = np.array_split(frames, len(frames) // 2048 + 1)
    power = np.concatenate([(np.abs(np.fft.rfft(part * window)) ** 2) @ _bank().T for part in parts])
    decibels = 10 * np.log10(power + 1e-12)
    floor = decibels.max() - RANGE_DB
    return np.maximum(decibels - floor, 0.0).astype(np.float32)


@cache
def _bank() -> NDArray[np.float32]:
    """(bands, bins) triangles, evenly spaced in mel, each with sum 1."""
    mel = np.linspace(_mel(LOWEST_HZ), _mel(HIGHEST_HZ), BANDS + 2)
    edges = 700 * (10 ** (mel / 2595) - 1)
    bins = np.fft.rfftfreq(WINDOW, 1 / SAMPLE_RATE)
    low, mid, high = (edges[i : i + BANDS, None] for i in range(3))
    bank = np.maximum(0, np.minimum((bins - low) / (mid - low), (high - bins) / (high - mid)))
    nearest = np.argmin(np.abs(bins - mid), axis=1)
    bank[np.arange(BANDS), nearest] = np.maximum(bank[np.arange(BANDS), nearest], 1e-3)
    return (bank / bank.sum(axis=1, keepdims=True)).astype(np.float32)


def _mel(hz: float) -> float:
    return float(2595 * np.log10(1 + hz / 700))


def _flux(levels: NDArray[np.float32]) -> NDArray[np.float32]:
    """(frames,) rise over the loudest neighbour band LAG frames before, 1 = every band out of the floor.

    Half of it is the mean of all bands, half that of the quarter that rose most: a thud moves few bands.
    """
    widest = levels.copy()
    widest[:, 1:] = np.maximum(widest[:, 1:], levels[:, :-1])
    widest[:, :-1] = np.maximum(widest[:, :-1], levels[:, 1:])
    before = np.concatenate([np.zeros((LAG, BANDS), np.float32), widest[:-LAG]])
    rise = np.sort(np.maximum(levels - before[: len(levels)], 0.0), axis=1)
    mixed = 0.5 * rise.mean(axis=1) + 0.5 * rise[:, -BANDS // 4 :].mean(axis=1)
    return np.minimum(mixed / (RANGE_DB / 2), 1.0).astype(np.float32)


def _peaks(flux: NDArray[np.float32]) -> list[int]:
    """Frames whose flux is the highest within 30 ms and DELTA above the mean of the 300 ms around."""
    around, near = 30, 6
    padded = np.pad(flux, around)
    mean = np.lib.stride_tricks.sliding_window_view(padded, 2 * around + 1).mean(axis=1)
    highest = np.lib.stride_tricks.sliding_window_view(np.pad(flux, near), 2 * near + 1).max(axis=1)
    kept: list[int] = []
    for i in np.flatnonzero((flux == highest) & (flux >= mean + DELTA)):
        if not kept or (i - kept[-1]) * HOP / SAMPLE_RATE >= CLOSEST_S:
            kept.append(int(i))
    return kept


def _rise(wave: NDArray[np.float32], frame: int) -> int:
    """The sample near a frame where the sound first comes within 12 dB of the peak that follows."""
    start, end = max(0, frame * HOP - WINDOW // 2), min(len(wave), frame * HOP + WINDOW)
    piece = np.abs(wave[start:end])
    if piece.size == 0 or piece.max() == 0:
        return frame * HOP
    return start + int(np.argmax(piece >= piece.max() * 0.25))

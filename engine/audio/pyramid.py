"""What a timeline draws of a sound: mel levels and wave peaks, each with coarser copies. numpy alone.

A level is a byte: 255 is full scale (a sine of amplitude 1), every step below it half a decibel. Copies are made by
maximum, so that a footstep stays visible however far one zooms out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from engine.media.atomic import replacing
from engine.spec import SAMPLE_RATE, Refused

BANDS = 128
HOP = 512
"""Column i shows samples i·HOP to (i+1)·HOP: its window is centred on their middle."""
WINDOW = 2048
LOWEST_HZ = 20.0
HIGHEST_HZ = 20_000.0
STEPS_PER_DB = 2
TOP = 255
BLOCK = 2048
"""Columns transformed at once: bounds memory for long sounds."""
PEAK_BLOCK = 256
"""Samples a column of the finest wave peaks stands for."""
COARSEST = 256
"""Halving ends at this many columns."""


def mel_levels(wave: np.ndarray) -> np.ndarray:
    """uint8 (128, ceil(samples / 512)) of a mono wave at 48 kHz; row 0 is the lowest band (20 Hz to 20 kHz)."""
    wave = np.asarray(wave, np.float32).reshape(-1)
    columns = -(-len(wave) // HOP)
    lead = (WINDOW - HOP) // 2
    padded = np.pad(wave, (lead, columns * HOP - len(wave) + WINDOW - HOP - lead))
    levels = np.empty((BANDS, columns), np.uint8)
    if not columns:
        return levels
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    taper = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
    taper *= 2 / taper.sum()
    for start in range(0, columns, BLOCK):
        spectrum = np.fft.rfft(windows[start : start + BLOCK] * taper, axis=1)
        power = spectrum.real**2 + spectrum.imag**2
        levels[:, start : start + BLOCK] = _quantised(power.astype(np.float32) @ _filters()).T
    return levels


def decibels(levels: np.ndarray) -> np.ndarray:
    """Levels back to dB below full scale."""
    return (np.asarray(levels, np.float32) - TOP) / STEPS_PER_DB


def pyramid(levels: np.ndarray) -> list[np.ndarray]:
    """`levels` (rows, columns) and copies of half, a quarter, … of its columns, each the maximum of two."""
    floors = [np.ascontiguousarray(levels)]
    while floors[-1].shape[1] > COARSEST:
        floors.append(_halved(floors[-1], np.maximum))
    return floors


def peaks(wave: np.ndarray) -> list[np.ndarray]:
    """float32 (2, columns): least and greatest of every 256 samples, then of every 512, … of a mono wave."""
    wave = np.asarray(wave, np.float32).reshape(-1)
    columns = -(-len(wave) // PEAK_BLOCK)
    blocks = np.pad(wave, (0, columns * PEAK_BLOCK - len(wave)), mode="edge" if len(wave) else "constant")
    blocks = blocks.reshape(columns, PEAK_BLOCK)
    return peaks_above(np.stack([blocks.min(axis=1), blocks.max(axis=1)]) if columns else np.zeros((2, 0), np.float32))


def peaks_above(finest: np.ndarray) -> list[np.ndarray]:
    """The finest peaks (2, columns) and their coarser copies."""
    floors = [np.ascontiguousarray(finest)]
    while floors[-1].shape[1] > COARSEST:
        low, high = floors[-1][:1], floors[-1][1:]
        floors.append(np.concatenate([_halved(low, np.minimum), _halved(high, np.maximum)]))
    return floors


def save(path: Path | str, floors: Sequence[np.ndarray]) -> None:
    """Write a pyramid (of levels or peaks) as .npz, all or nothing; the same pyramid gives the same bytes."""
    with replacing(path) as part, part.open("wb") as file:
        np.savez(file, *floors)


def load(path: Path | str) -> list[np.ndarray]:
    """Read what `save` wrote. Raises Refused when it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return [kept[f"arr_{i}"] for i in range(len(kept.files))]
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise Refused(f"The drawing data {path} cannot be read; delete it and it is made again.") from error


def _quantised(power: np.ndarray) -> np.ndarray:
    level = TOP + STEPS_PER_DB * 10 * np.log10(np.maximum(power, 1e-20))
    return np.clip(np.rint(level), 0, TOP).astype(np.uint8)


def _halved(floor: np.ndarray, choose: np.ufunc) -> np.ndarray:
    if floor.shape[1] % 2:
        floor = np.concatenate([floor, floor[:, -1:]], axis=1)
    return np.asarray(choose(floor[:, ::2], floor[:, 1::2]))


@cache
def _filters() -> np.ndarray:
    """(bins, 128) triangles with peak 1, evenly spaced in mel (O'Shaughnessy), each averaged over a bin's width.

    The averaging keeps the lowest bands, narrower than a bin, from being empty; they are scaled up to reach 1 again.
    """
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (LOWEST_HZ, HIGHEST_HZ))
    corners = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    fine = 16
    bin_hz = SAMPLE_RATE / WINDOW
    bins = WINDOW // 2 + 1
    hz = ((np.arange(bins * fine) + 0.5) / fine - 0.5) * bin_hz
    rise = (hz[:, None] - corners[:-2]) / (corners[1:-1] - corners[:-2])
    fall = (corners[2:] - hz[:, None]) / (corners[2:] - corners[1:-1])
    triangles = np.maximum(0, np.minimum(rise, fall)).reshape(bins, fine, BANDS).mean(axis=1)
    return (triangles / np.maximum(triangles.max(axis=0), 1e-9)).astype(np.float32)

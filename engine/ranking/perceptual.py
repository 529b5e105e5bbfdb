"""Clean: clipping, silence, DC, hiss between sounds. Nothing here knows what the sound should be. Torch-free."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.ranking.base import Asked, Sound, rounded
from engine.spec import SAMPLE_RATE, Direction, Score

FRAME = SAMPLE_RATE // 100
"""10 ms."""

SILENT_DB = -60.0
"""A file whose loudest 10 ms stay below this (RMS, full scale) is silent; QUIET_DB is where it starts to matter."""
QUIET_DB = -40.0

FLAT_SHARE = 0.64
"""Of its time that a frame with clipped tops spends within a quarter of them; a sine spends 0.46."""

HISS_DB = -45.0
"""Noise between sounds further below the loudest moment than this is not counted."""

Wave = NDArray[np.float32]


@dataclass(frozen=True)
class Fault:
    """`cost` 0 to 1: how much of a clean sound it takes away."""

    cost: float
    says: str


class Perceptual:
    """1 less what each fault costs, multiplied: two faults are worse than one."""

    def score(self, asked: Asked, sounds: Sequence[Sound]) -> list[tuple[Score, ...]]:
        return [judge(sound.samples) for sound in sounds]


def judge(wave: Wave) -> tuple[Score, ...]:
    """The scores "perceptual" and "peak"."""
    faults = [fault for find in (_silence, clipping, _dc, _hiss) if (fault := find(wave)) and fault.cost > 0]
    value = rounded(math.prod(1 - fault.cost for fault in faults))
    worst = max(faults, key=lambda fault: fault.cost, default=Fault(0.0, ""))
    says = worst.says if worst.cost >= 0.05 else "clean"
    return (Score("perceptual", value, "", Direction.HIGHER, value, says, "perceptual"), _peak(wave))


def _peak(wave: Wave) -> Score:
    peak = 20 * math.log10(max(float(np.max(np.abs(wave), initial=0.0)), 1e-6))
    level = 1.0 if peak < 0 else 0.0
    return Score("peak", round(peak, 1), "dBFS", Direction.LOWER, level, f"peaks at {peak:.1f} dBFS", "perceptual")


def _frames(wave: Wave) -> Wave:
    """(frames, FRAME); what is left over at the end is left out, a shorter file is padded to one frame."""
    padded = np.pad(wave, (0, max(0, FRAME - len(wave))))
    return padded[: len(padded) // FRAME * FRAME].reshape(-1, FRAME)


def _decibels(frames: Wave) -> NDArray[np.float64]:
    return 10 * np.log10(np.mean(frames.astype(np.float64) ** 2, axis=1) + 1e-12)


def _silence(wave: Wave) -> Fault | None:
    if wave.size == 0:
        return Fault(1.0, "silent")
    loudest = float(_decibels(_frames(wave)).max())
    cost = min(1.0, max(0.0, (QUIET_DB - loudest) / (QUIET_DB - SILENT_DB)))
    return Fault(cost, "silent" if cost == 1 else "almost silent")


def clipping(wave: Wave) -> Fault | None:
    """Tops cut off: runs of equal samples at the peak, or loud frames that hardly leave it."""
    if wave.size == 0 or float(np.max(np.abs(wave))) < 0.1:
        return None
    cut = _flat_runs(wave)
    flat = _flat_frames(wave)
    first = min([*cut[:1], *flat[:1]], default=None)
    if first is None:
        return None
    cost = min(0.9, 0.3 + 0.05 * max(len(cut), 3 * len(flat)))
    return Fault(cost, f"clips at {first / SAMPLE_RATE:.1f} s")


def _flat_runs(wave: Wave) -> list[int]:
    """Where four or more samples on end stand at the file's peak and do not move; none for a single such place."""
    peak = float(np.max(np.abs(wave)))
    at_peak = np.abs(wave) >= min(peak, 1.0) * 0.9998
    still = at_peak[1:] & at_peak[:-1] & (np.abs(np.diff(wave)) <= 1e-6 + 2e-5 * peak) | (np.abs(wave[1:]) > 1.0)
    edges = np.diff(np.concatenate([[0], still.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    runs = [int(start) for start, end in zip(starts, ends, strict=True) if end - start >= 3]
    return runs if len(runs) > 1 else []


def _flat_frames(wave: Wave) -> list[int]:
    """Starts of the loudest frames that spend most of their time near their top while crossing zero.

    A sine does so for less than half of the time, its clipped tops for more; resampling wrinkles a flat top, but
    hardly changes that share.
    """
    frames = np.abs(_frames(wave))
    top = np.percentile(frames, 95, axis=1)
    loud = top >= 0.7 * top.max()
    share = np.mean(frames > 0.75 * top[:, None], axis=1)
    crossings = np.count_nonzero(np.diff(np.signbit(_frames(wave)), axis=1), axis=1)
    return [int(i) * FRAME for i in np.flatnonzero(loud & (share > FLAT_SHARE) & (crossings >= 4))]


def _dc(wave: Wave) -> Fault | None:
    if wave.size == 0:
        return None
    offset = abs(float(np.mean(wave)))
    return Fault(min(0.5, max(0.0, (offset - 0.005) * 10)), f"offset from zero by {offset:.3f}")


def _hiss(wave: Wave) -> Fault | None:
    """Flat noise in the gaps of a sound that has gaps; a steady sound is its own floor and is left alone."""
    frames = _frames(wave)
    levels = _decibels(frames)
    top, floor = float(np.percentile(levels, 98)), float(np.percentile(levels, 15))
    if len(frames) < 20 or top - floor < 15:
        return None
    gaps = frames[levels <= floor]
    power = np.mean(np.abs(np.fft.rfft(gaps * np.hanning(FRAME), axis=1)) ** 2, axis=0)[1:] + 1e-16
    flatness = float(np.exp(np.mean(np.log(power))) / np.mean(power))
    cost = max(0.0, (floor - top - HISS_DB) / -HISS_DB) * min(1.0, flatness / 0.3)
    return Fault(min(0.6, cost), f"hiss {top - floor:.0f} dB below the hits")

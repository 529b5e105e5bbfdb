"""What a timeline draws of sound that is rendered, made block by block: an hour never lies in memory. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.audio import pyramid

BLOCK = 2816 * pyramid.HOP
"""30 s, in whole columns of spectrogram and of wave."""
AROUND = pyramid.WINDOW
"""Samples on either side that a block's columns look at."""

ReadMono = Callable[[int, int], np.ndarray]
"""read(start, n): up to n samples, float32, from start (never negative)."""
OnBlock = Callable[[int, int], None]
"""on_block(done, blocks)."""


@dataclass(frozen=True)
class Sight:
    """Pyramids as of engine.audio.pyramid, finest first."""

    mel: list[np.ndarray]
    peaks: list[np.ndarray]


def see(read: ReadMono, length: int, on_block: OnBlock) -> Sight:
    """The same as pyramid.mel_levels and pyramid.peaks of the whole."""
    levels, peaks = [np.zeros((pyramid.BANDS, 0), np.uint8)], [np.zeros((2, 0), np.float32)]
    blocks = -(-length // BLOCK)
    for i in range(blocks):
        start = i * BLOCK
        n = min(BLOCK, length - start)
        wave = _around(read, start, n, length)
        levels.append(_levels(wave, n))
        peaks.append(pyramid.peaks(wave[AROUND : AROUND + n])[0])
        on_block(i + 1, blocks)
    return Sight(pyramid.pyramid(np.concatenate(levels, axis=1)), pyramid.peaks_above(np.concatenate(peaks, axis=1)))


def _around(read: ReadMono, start: int, n: int, length: int) -> np.ndarray:
    """Samples `start` - AROUND to `start` + n + AROUND, silence outside the sound."""
    wave = np.zeros(n + 2 * AROUND, np.float32)
    first, last = max(0, start - AROUND), min(length, start + n + AROUND)
    found = read(first, last - first)[: last - first]
    place = first - start + AROUND
    wave[place : place + len(found)] = found
    return wave


def _levels(wave: np.ndarray, n: int) -> np.ndarray:
    columns, lead = -(-n // pyramid.HOP), AROUND // pyramid.HOP
    if not np.any(wave):
        return np.zeros((pyramid.BANDS, columns), np.uint8)
    return pyramid.mel_levels(wave)[:, lead : lead + columns]


"""Loudness and true peak of short sounds (ITU-R BS.1770-4). Torch-free."""

from __future__ import annotations

import math

import numpy as np
import soxr
from numpy.typing import NDArray

from engine.audio.k_weighting import KWeighting
from engine.spec import SAMPLE_RATE

MOMENT = int(0.4 * SAMPLE_RATE)
"""The window of momentary loudness."""

PIECE = 60 * SAMPLE_RATE
"""Longer sounds are measured in pieces of this length, so that memory does not grow with them."""
REACH = SAMPLE_RATE // 20
"""More than the oversampling filter hears on either side."""

SILENCE_LUFS = -120.0

Wave = NDArray[np.float32]


def loudest(wave: Wave) -> float:
    """LUFS of the loudest 400 ms; a shorter sound is padded with silence, never refused."""
    pieces = range(0, max(1, len(wave) - MOMENT), PIECE)
    # The filters need a moment before they have forgotten that a piece began.
    power = max(_power(wave[max(0, at - MOMENT) : at + PIECE + MOMENT], min(at, MOMENT)) for at in pieces)
    return max(SILENCE_LUFS, -0.691 + 10 * math.log10(power)) if power > 0 else SILENCE_LUFS


def _power(wave: Wave, first: int) -> float:
    """Of the loudest 400 ms that begin at sample `first` or later, weighted."""
    padded = np.pad(wave.astype(np.float64), (0, max(0, MOMENT - len(wave))))
    weighted = KWeighting(1)(padded[:, None])[:, 0]
    energy = np.concatenate([[0.0], np.cumsum(weighted**2)])
    starts = np.arange(first, len(padded) - MOMENT + 1, MOMENT // 4)
    return float(np.max(energy[starts + MOMENT] - energy[starts])) / MOMENT


def true_peak(wave: Wave) -> float:
    """The highest value between the samples, 4 times oversampled (BS.1770-4, annex 2); 1.0 is full scale."""
    if wave.size == 0:
        return 0.0
    if len(wave) > PIECE + REACH:
        return max(true_peak(wave[max(0, at - REACH) : at + PIECE + REACH]) for at in range(0, len(wave), PIECE))
    over = soxr.resample(wave.astype(np.float64), SAMPLE_RATE, 4 * SAMPLE_RATE, quality="VHQ")
    return float(max(np.max(np.abs(over), initial=0.0), np.max(np.abs(wave))))

"""Changing the sample rate of arrays."""

from __future__ import annotations

import numpy as np
import soxr


def resample(wave: np.ndarray, from_rate: int, to_rate: int) -> np.ndarray:
    """float32 (samples,) or (samples, channels) at another rate; the length is the exact one, rounded."""
    wave = np.asarray(wave, np.float32)
    if from_rate == to_rate or not len(wave):
        return wave
    wanted = resampled_length(len(wave), from_rate, to_rate)
    out = np.asarray(soxr.resample(wave, from_rate, to_rate, quality="HQ"), np.float32)
    if len(out) >= wanted:
        return out[:wanted]
    return np.pad(out, [(0, wanted - len(out))] + [(0, 0)] * (out.ndim - 1))


def resampled_length(samples: int, from_rate: int, to_rate: int) -> int:
    """How many samples `samples` become; halves round up."""
    return (2 * samples * to_rate + from_rate) // (2 * from_rate)

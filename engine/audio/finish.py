"""From what a decoder gave to a sound that can lie on a track. Torch-free.

In this order: 48 kHz, exact length, no offset from zero, edges that do not click, a level that can be heard and
does not clip.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter

from engine.audio.loudness import loudest, true_peak
from engine.audio.resample import resample
from engine.spec import SAMPLE_RATE

LOWEST_HZ = 20.0
"""Below this nothing is heard; a slow drift of zero lives there."""

FADE_IN_S, FADE_OUT_S = 0.002, 0.01

CEILING_DBTP = -1.0
MARGIN_DB = 0.1
"""Oversampling filters differ by this much; the ceiling holds by any of them."""

QUIETEST_LUFS, LOUDEST_LUFS = -32.0, -16.0
"""The loudest 400 ms are brought into this range; inside it a model's own level is kept."""

MOST_LIFT_DB = 20.0
"""A sound that would need more is silence or noise, and stays near that."""

Wave = NDArray[np.float32]


def finish(wave: NDArray[np.floating], rate: int, length: int) -> Wave:
    """Mono at `rate` → mono at 48 kHz, exactly `length` samples, peak at most CEILING_DBTP."""
    return _level(_edges(fitted(wave, rate, length).astype(np.float64))).astype(np.float32)


def fitted(wave: NDArray[np.floating], rate: int, length: int) -> Wave:
    """Mono at `rate` → mono at 48 kHz, exactly `length` samples, resting on zero, at the level that it has."""
    clean = np.nan_to_num(np.asarray(wave, np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    return _centred(_fitted(resample(clean, rate, SAMPLE_RATE).astype(np.float64), length)).astype(np.float32)


def _fitted(wave: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    return np.pad(wave[:length], (0, max(0, length - len(wave))))


def _centred(wave: NDArray[np.float64]) -> NDArray[np.float64]:
    if not np.any(wave):
        return wave
    return lfilter(*butter(2, LOWEST_HZ, "highpass", fs=SAMPLE_RATE), wave - wave.mean())


def _edges(wave: NDArray[np.float64]) -> NDArray[np.float64]:
    shape = np.ones(len(wave))
    for seconds, at_end in ((FADE_IN_S, False), (FADE_OUT_S, True)):
        n = min(len(wave) // 4, round(seconds * SAMPLE_RATE))
        rise = np.sin(np.linspace(0, np.pi / 2, n)) ** 2
        part = slice(len(wave) - n, None) if at_end else slice(0, n)
        shape[part] *= rise[::-1] if at_end else rise
    return wave * shape


def _level(wave: NDArray[np.float64]) -> NDArray[np.float64]:
    now = loudest(wave.astype(np.float32))
    wanted = min(LOUDEST_LUFS, max(QUIETEST_LUFS, now)) - now
    gain = 10 ** (min(wanted, MOST_LIFT_DB) / 20)
    peak = true_peak(wave.astype(np.float32))
    ceiling = 10 ** ((CEILING_DBTP - MARGIN_DB) / 20)
    return wave * (min(gain, ceiling / peak) if peak > 0 else gain)

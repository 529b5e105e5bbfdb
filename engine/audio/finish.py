"""From what a decoder gave to a sound that can lie on a track. Torch-free.

In this order: 48 kHz, exact length, no slow drift, edges that do not click, no offset from zero, a level that can be
heard and does not clip.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.audio.loudness import PIECE, loudest, true_peak
from engine.audio.recursive import Recursive, Section
from engine.audio.resample import resample
from engine.spec import SAMPLE_RATE

LOWEST_HZ = 20.0
"""Below this nothing is heard; a slow drift of zero lives there."""
LOWEST_REACH = 20_000
"""Samples after which nothing is left of the filter that takes it out: below 1e-15 of a pulse."""

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
    return _level(_at_rest(_edges(fitted(wave, rate, length).astype(np.float64))))


def fitted(wave: NDArray[np.floating], rate: int, length: int) -> Wave:
    """Mono at `rate` → mono at 48 kHz, exactly `length` samples, resting on zero, at the level that it has."""
    clean = np.nan_to_num(np.asarray(wave, np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    return _centred(_fitted(resample(clean, rate, SAMPLE_RATE), length))


def _fitted(wave: Wave, length: int) -> Wave:
    return wave[:length] if len(wave) >= length else np.pad(wave, (0, length - len(wave)))


def _centred(wave: Wave) -> Wave:
    """Piece by piece: in double precision ten minutes take more memory than the model that made them."""
    if not np.any(wave):
        return wave
    mean = np.mean(wave, dtype=np.float64)
    out, without_drift = np.empty(len(wave), np.float32), Recursive((_high_pass(LOWEST_HZ),), LOWEST_REACH, 1)
    for at in range(0, len(wave), PIECE):
        out[at : at + PIECE] = without_drift(wave[at : at + PIECE, None] - mean)[:, 0]
    return out


def _high_pass(hz: float) -> Section:
    """Butterworth's of the second order, by the bilinear transform."""
    k = math.tan(math.pi * hz / SAMPLE_RATE)
    whole = 1 + math.sqrt(2) * k + k * k
    return (1 / whole, -2 / whole, 1 / whole), (1.0, 2 * (k * k - 1) / whole, (1 - math.sqrt(2) * k + k * k) / whole)


def _edges(wave: NDArray[np.float64]) -> NDArray[np.float64]:
    """In place."""
    for seconds, at_end in ((FADE_IN_S, False), (FADE_OUT_S, True)):
        n = min(len(wave) // 4, round(seconds * SAMPLE_RATE))
        rise = np.sin(np.linspace(0, np.pi / 2, n)) ** 2
        part = slice(len(wave) - n, None) if at_end else slice(0, n)
        wave[part] *= rise[::-1] if at_end else rise
    return wave


def _at_rest(wave: NDArray[np.float64]) -> NDArray[np.float64]:
    """In place. What a short sound still has of an offset goes by a swell as long as the sound: its ends stay zero."""
    n, mean = len(wave), float(np.mean(wave)) if len(wave) else 0.0
    for at in range(0, n, PIECE):
        place = np.arange(at, min(at + PIECE, n))
        wave[at : at + PIECE] -= mean * 2 * np.sin(np.pi / n * place) ** 2
    return wave


def _level(wave: NDArray[np.float64]) -> Wave:
    heard = wave.astype(np.float32)
    now = loudest(heard)
    wanted = min(LOUDEST_LUFS, max(QUIETEST_LUFS, now)) - now
    gain = 10 ** (min(wanted, MOST_LIFT_DB) / 20)
    peak = true_peak(heard)
    ceiling = 10 ** ((CEILING_DBTP - MARGIN_DB) / 20)
    np.multiply(wave, min(gain, ceiling / peak) if peak > 0 else gain, out=wave)
    return wave.astype(np.float32)

"""What no sound should have: clipped tops, an offset from zero, mains hum, clicks. Pure functions of a waveform."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import uniform_filter1d

from engine.spec import SAMPLE_RATE

HARMONICS = 8
HUM_WINDOW_S = 0.5
HUM_PROMINENCE_DB = 12.0
HUM_LEAST = 10 ** (-66 / 20)
"""A quieter line is not heard."""

CLICK_S, NEAR_S, AWAY_S = 0.001, 0.003, 0.02
CLICK_DB = 12.0


def offset(wave: np.ndarray) -> float:
    """How far the mean is from zero, of full scale."""
    return abs(float(np.mean(wave))) if len(wave) else 0.0


def hum(wave: np.ndarray, mains_hz: float, rate: int = SAMPLE_RATE) -> bool:
    """Whether at least two of the mains' first eight harmonics stand out all the time.

    A hum goes on in the gaps: what counts is the level that a line does not fall below in four fifths of the
    half-second windows; it must be 12 dB above the same of its surroundings. False for sounds too short to tell.
    """
    size = round(HUM_WINDOW_S * rate)
    if len(wave) < 2 * size:
        return False
    window = np.hanning(size)
    frames = np.lib.stride_tricks.sliding_window_view(np.asarray(wave, np.float64), size)[:: size // 4]
    lines = np.percentile(np.abs(np.fft.rfft(frames * window, axis=1)) * 2 / window.sum(), 20, axis=0)
    hz = np.fft.rfftfreq(size, 1 / rate)
    return sum(_stands_out(lines, hz, k * mains_hz) for k in range(1, HARMONICS + 1)) >= 2


def _stands_out(lines: np.ndarray, hz: np.ndarray, at: float) -> bool:
    away = np.abs(hz - at)
    line = lines[away <= 2].max()
    around = float(np.median(lines[(away >= 7) & (away <= 22)]))
    return bool(line > HUM_LEAST and line > around * 10 ** (HUM_PROMINENCE_DB / 20))


def clicks(wave: np.ndarray, rate: int = SAMPLE_RATE) -> np.ndarray:
    """Times in seconds where the second difference has 12 dB more energy than on both sides, 3 to 20 ms away.

    A join of two pieces that do not meet gives such a place; a hit does not, because it rings on.
    """
    if len(wave) < 2 * AWAY_S * rate:
        return np.zeros(0)
    power = np.diff(np.asarray(wave, np.float64), 2) ** 2
    here = uniform_filter1d(power, round(CLICK_S * rate), mode="nearest")
    width, reach = round((AWAY_S - NEAR_S) * rate), round((AWAY_S + NEAR_S) / 2 * rate)
    level = np.pad(uniform_filter1d(power, width, mode="nearest"), reach, mode="edge")
    sides = np.maximum(level[: len(power)], level[2 * reach :])
    found = np.flatnonzero(here > np.maximum(sides, 1e-14) * 10 ** (CLICK_DB / 10))
    first = found[np.diff(found, prepend=-rate) > NEAR_S * rate]
    return (first + 1) / rate

"""How far two sounds are apart in colour, whenever each of them happens: numbers of a sound without its timing."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product

import numpy as np
import torch

from engine.audio.mel import SAMPLE_RATE, Mel
from engine.audio.resample import resample
from engine.spec import SAMPLE_RATE as FILE_RATE

DECIBELS = 20 / np.log(10)
"""A natural logarithm of amplitude in dB."""
SOUNDING_DB = 40.0
"""Frames further than this below the loudest say nothing about a sound's colour."""
FLOOR_DB = 60.0


@cache
def _mel() -> Mel:
    return Mel()


def mel_decibels(wave: np.ndarray, rate: int = FILE_RATE) -> np.ndarray:
    """(128, frames) of a mono sound in dB below its loudest band and frame, none lower than −60."""
    at_rate = resample(np.asarray(wave, np.float32), rate, SAMPLE_RATE)
    least = np.pad(at_rate, (0, max(0, 4096 - len(at_rate))))
    with torch.inference_mode():
        levels = _mel()(torch.from_numpy(least)[None])[0].numpy() * DECIBELS
    return np.maximum(levels - levels.max(), -FLOOR_DB)


def colour(wave: np.ndarray, rate: int = FILE_RATE) -> np.ndarray:
    """(256,) in dB: mean and standard deviation of each mel band over the frames that sound, overall level taken out.

    Frames sound where their loudest band is within 40 dB of the loudest of the file. Nothing of when or how often
    something happens is left in it.
    """
    levels = mel_decibels(wave, rate)
    sounding = levels[:, levels.max(axis=0) >= -SOUNDING_DB]
    middle = sounding.mean(axis=1)
    return np.concatenate([middle - middle.mean(), sounding.std(axis=1)])


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """Root mean square difference of two colours, in dB a band."""
    return float(np.sqrt(np.mean((one - other) ** 2)))


def within(colours: list[np.ndarray]) -> list[float]:
    """Distances of every two."""
    return [distance(a, b) for a, b in combinations(colours, 2)]


def between(some: list[np.ndarray], others: list[np.ndarray]) -> list[float]:
    """Distances of each of some to each of the others."""
    return [distance(a, b) for a, b in product(some, others)]


def centroid(wave: np.ndarray, rate: int = FILE_RATE) -> float:
    """Spectral centroid in octaves above 1 kHz: the mean frequency, weighted by the power of the whole sound.

    On a logarithmic scale, so that a distance is an interval.
    """
    power = np.abs(np.fft.rfft(np.asarray(wave, np.float64))) ** 2
    hz = np.fft.rfftfreq(len(wave), 1 / rate)
    audible = (hz >= 20) & (hz <= 20_000)
    total = power[audible].sum()
    return float(np.log2((hz[audible] * power[audible]).sum() / total / 1000)) if total > 0 else 0.0

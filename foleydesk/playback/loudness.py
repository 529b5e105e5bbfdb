"""How loud something is (ITU-R BS.1770, EBU R 128), also when it is shorter than the standard foresees."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from engine.spec import SAMPLE_RATE

SHORTEST = int(0.4 * SAMPLE_RATE)
"""A gating block: pyloudnorm measures nothing shorter."""
SILENCE_LUFS = -120.0
MOST_GAIN_DB = 24.0
"""A candidate that is nearly silent is not blown up to match."""
CEILING_DB = -1.0
"""Matching gain leaves a sound's true peak below this."""


@dataclass(frozen=True)
class Loudness:
    """`lufs` integrated; `peak_db` true peak (dBTP); `says` is what a status row shows."""

    lufs: float
    peak_db: float

    @property
    def says(self) -> str:
        if self.lufs <= SILENCE_LUFS:
            return "Silence"
        return f"{self.lufs:.1f} LUFS · {self.peak_db:+.1f} dBTP"


def measure(samples: np.ndarray) -> Loudness:
    """Of (samples,) or (samples, channels) at 48 kHz. A mono sound counts as one channel."""
    return Loudness(loudness(samples), true_peak_db(samples))


def loudness(samples: np.ndarray) -> float:
    """Integrated loudness in LUFS. Under 400 ms, and where the gate leaves nothing, the loudest 400 ms, ungated."""
    import pyloudnorm  # brings scipy: not on the way to the window

    samples = np.asarray(samples, np.float64)
    if not samples.size or not np.any(samples):
        return SILENCE_LUFS
    if len(samples) > SHORTEST:
        gated = pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(samples)
        if math.isfinite(gated):
            return max(SILENCE_LUFS, float(gated))
    return _ungated(samples)


def true_peak_db(samples: np.ndarray) -> float:
    """Highest value between the samples, four times oversampled (BS.1770-4, annex 2), in dB of full scale."""
    from engine.audio.loudness import true_peak

    channels = np.asarray(samples, np.float32).reshape(len(samples), -1).T
    peak = max((true_peak(np.ascontiguousarray(channel)) for channel in channels), default=0.0)
    return 20 * math.log10(peak) if peak > 0 else SILENCE_LUFS


def matching_gains_db(sounds: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Gains that bring each sound to the median loudness, so that a comparison does not favour the louder one."""
    measured = {name: measure(sound) for name, sound in sounds.items()}
    audible = [found.lufs for found in measured.values() if found.lufs > SILENCE_LUFS]
    target = median(audible) if audible else SILENCE_LUFS
    return {name: _gain(found, target) for name, found in measured.items()}


def _gain(found: Loudness, target: float) -> float:
    if found.lufs <= SILENCE_LUFS:
        return 0.0
    wanted = min(target - found.lufs, MOST_GAIN_DB)
    return round(min(wanted, max(0.0, CEILING_DB - found.peak_db)), 2)


def _ungated(samples: np.ndarray) -> float:
    """Loudest 400 ms (padded), the channels' powers added."""
    from engine.audio.loudness import loudest

    channels: Sequence[np.ndarray] = samples.reshape(len(samples), -1).T
    powers = [10 ** (loudest(np.ascontiguousarray(channel)) / 10) for channel in channels]
    return max(SILENCE_LUFS, 10 * math.log10(sum(powers)))

"""How loud something is (ITU-R BS.1770-4, EBU R 128), also when it is shorter than the standard foresees."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

import numpy as np

from engine.audio.k_weighting import KWeighting
from engine.spec import SAMPLE_RATE

HOP = SAMPLE_RATE // 10
BLOCK_HOPS = 4
"""Loudness is measured in blocks of 400 ms that begin every 100 ms."""
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
SHORT_HOPS = 30
"""Short-term loudness is of 3 s; the range of a programme is that of its short-term loudness."""
RANGE_GATE_LU = -20.0
RANGE_FROM, RANGE_TO = 0.10, 0.95
"""What lies below and above does not count for the range (EBU Tech 3342)."""
OFFSET_DB = -0.691
SILENCE_LUFS = -120.0
MOST_GAIN_DB = 24.0
"""A candidate that is nearly silent is not blown up to match."""
MOST_BELOW_DB = 12.0
"""So far below the median all are matched, where one that is all peaks cannot be made as loud as that."""
CEILING_DB = -1.0
"""Matching gain leaves a sound's true peak below this."""
PIECE = 30 * SAMPLE_RATE


@dataclass(frozen=True)
class Loudness:
    """`lufs` integrated; `peak_db` true peak (dBTP); `says` is what a status row shows."""

    lufs: float
    peak_db: float
    range_lu: float = 0.0
    """Loudness range (LRA); 0 for less than 3 s."""
    momentary_lufs: float = SILENCE_LUFS
    """Of the loudest 400 ms."""
    short_lufs: float = SILENCE_LUFS
    """Of the loudest 3 s."""

    @property
    def says(self) -> str:
        if self.lufs <= SILENCE_LUFS:
            return "Silence"
        return f"{self.lufs:.1f} LUFS · {self.peak_db:+.1f} dBTP"


class Meter:
    """Takes a sound in pieces, so that an hour never lies in memory. A mono sound counts as one channel."""

    def __init__(self, channels: int) -> None:
        import soxr  # not on the way to the window

        self._channels = channels
        self._weighted = KWeighting(channels)
        self._rest = np.zeros((0, channels))
        self._powers: list[np.ndarray] = []
        self._peak = 0.0
        self._finer = soxr.ResampleStream(SAMPLE_RATE, 4 * SAMPLE_RATE, channels, "float32", "VHQ")
        self._silent = True

    def add(self, piece: np.ndarray) -> None:
        """(samples, channels) at 48 kHz, following what was added before."""
        piece = np.asarray(piece, np.float32).reshape(len(piece), self._channels)
        silent = not np.any(piece)
        if not (silent and self._silent):
            self._see_peak(piece)
        weighted = np.zeros(piece.shape) if silent and self._silent else self._weighted(piece)
        self._silent = silent and len(piece) >= SAMPLE_RATE  # a second later nothing is left in the filters
        heard = np.concatenate([self._rest, weighted])
        whole = len(heard) // HOP * HOP
        self._rest = heard[whole:]
        self._powers.append((heard[:whole].reshape(-1, HOP, self._channels) ** 2).sum(axis=(1, 2)))

    def result(self) -> Loudness:
        """Of all that was added: gated, or when the gates leave nothing (or it is too short) its loudest 400 ms."""
        self._see_peak(np.zeros((0, self._channels), np.float32), last=True)
        hops = np.concatenate([*self._powers, [0.0]])
        hops[-1] = (self._rest**2).sum()
        peak_db = 20 * math.log10(self._peak) if self._peak > 0 else SILENCE_LUFS
        return Loudness(
            max(SILENCE_LUFS, _integrated(hops)), peak_db, _range(hops), _loudest(hops, BLOCK_HOPS),
            _loudest(hops, SHORT_HOPS),
        )  # fmt: skip

    def _see_peak(self, piece: np.ndarray, last: bool = False) -> None:
        finer = self._finer.resample_chunk(piece, last=last)
        self._peak = max(self._peak, float(np.abs(finer).max(initial=0)), float(np.abs(piece).max(initial=0)))


def measure(samples: np.ndarray) -> Loudness:
    """Of (samples,) or (samples, channels) at 48 kHz."""
    samples = np.asarray(samples, np.float32)
    samples = samples.reshape(len(samples), -1) if samples.size else np.zeros((0, 1), np.float32)
    meter = Meter(samples.shape[1])
    for start in range(0, len(samples), PIECE):
        meter.add(samples[start : start + PIECE])
    return meter.result()


def matching_gains_db(sounds: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Gains that make all sounds equally loud, so that a comparison does not favour the louder one.

    All come to the median loudness, or below it to what the one with the highest peaks can come to.
    """
    measured = {name: measure(sound) for name, sound in sounds.items()}
    audible = [found for found in measured.values() if found.lufs > SILENCE_LUFS]
    if not audible:
        return dict.fromkeys(sounds, 0.0)
    middle = median(found.lufs for found in audible)
    reach = [found.lufs + _room(found) for found in audible if middle - found.lufs <= MOST_GAIN_DB]
    target = max(middle - MOST_BELOW_DB, min([middle, *reach]))
    return {name: _gain(found, target) for name, found in measured.items()}


def _gain(found: Loudness, target: float) -> float:
    if found.lufs <= SILENCE_LUFS:
        return 0.0
    return round(min(target - found.lufs, MOST_GAIN_DB, _room(found)), 2)


def _room(found: Loudness) -> float:
    """How much louder it can be made before its peaks are too high."""
    return max(0.0, CEILING_DB - found.peak_db)


def _integrated(hops: np.ndarray) -> float:
    """LUFS of a sound whose 100 ms have these energies; the last of them may be shorter."""
    if len(hops) <= BLOCK_HOPS:
        return _lufs(float(hops.sum()) / (BLOCK_HOPS * HOP))
    blocks = _blocks(hops, BLOCK_HOPS)
    loud = blocks[blocks > _power(ABSOLUTE_GATE_LUFS)]
    if not len(loud):
        return _lufs(float(blocks.max()))
    gate = _power(_lufs(float(loud.mean())) + RELATIVE_GATE_LU)
    return _lufs(float(loud[loud > gate].mean()))


def _range(hops: np.ndarray) -> float:
    """LU between the quiet and the loud of the 3 s that begin every 100 ms, gated (EBU Tech 3342)."""
    blocks = _blocks(hops, SHORT_HOPS)
    loud = blocks[blocks > _power(ABSOLUTE_GATE_LUFS)]
    if not len(loud):
        return 0.0
    gate = _power(_lufs(float(loud.mean())) + RANGE_GATE_LU)
    kept = np.sort(loud[loud > gate])
    low, high = (kept[round((len(kept) - 1) * share)] for share in (RANGE_FROM, RANGE_TO))
    return _lufs(float(high)) - _lufs(float(low))


def _loudest(hops: np.ndarray, length: int) -> float:
    """LUFS of the loudest stretch of so many hops; of all when there are fewer."""
    blocks = _blocks(hops, length)
    power = float(blocks.max()) if len(blocks) else float(hops.sum()) / (length * HOP)
    return max(SILENCE_LUFS, _lufs(power))


def _blocks(hops: np.ndarray, length: int) -> np.ndarray:
    """Mean power of each stretch of `length` whole hops; the last, which may be shorter, is in none."""
    sums = np.concatenate([[0.0], np.cumsum(hops[:-1])])
    return np.maximum(0.0, sums[length:] - sums[:-length]) / (length * HOP)


def _lufs(power: float) -> float:
    return OFFSET_DB + 10 * math.log10(power) if power > 0 else SILENCE_LUFS


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET_DB) / 10))

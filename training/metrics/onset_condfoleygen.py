"""Onset accuracy and average precision by the protocol of CondFoleyGen (CVPR 2023), quirks included.

Kept so that figures can be laid beside published ones; `training.metrics.onset` is what we judge by. The average
precision here does not punish misses: silence scores 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.metrics.average_precision import average_precision

Wave = npt.NDArray[np.floating]

RATE = 22_050
LOUDNESS_WINDOW_S = 0.05
MERGE_S = 0.05
MATCH_S = 0.1


@dataclass(frozen=True)
class OnsetMatch:
    """What the protocol finds for one clip. `kept` are the generated onsets (samples) that survive merging."""

    kept: tuple[int, ...]
    matched: tuple[bool, ...]
    hits: int
    targets: int
    average_precision: float

    @property
    def detection_accuracy(self) -> float:
        """Published as "detection acc": matched targets over targets."""
        return self.hits / self.targets if self.targets else 0.0


def count_accuracy(targets: Sequence[Sequence[int]], generated: Sequence[Sequence[int]]) -> float:
    """Published as "#onset acc": the share of clips with equally many onsets, wherever they are."""
    return float(np.mean([len(t) == len(g) for t, g in zip(targets, generated, strict=True)]))


def match_onsets(
    target: Sequence[int], generated: Sequence[int], wave: Wave, rate: int = RATE, match_s: float = MATCH_S
) -> OnsetMatch:
    """`target` and `generated` are onsets in samples, `wave` the generated sound that the latter were found in.

    An onset in the first 50 ms stops the published code with an error; here its window starts at 0.
    """
    level = _normalised(wave)
    loudness = [_loudest_near(level, onset, int(LOUDNESS_WINDOW_S * rate)) for onset in generated]
    kept = _merged(list(generated), loudness, MERGE_S * rate)
    confidence = {onset: loudness[list(generated).index(onset)] for onset in kept}
    relevant: list[int] = []
    scores: list[float] = []
    unused = list(kept)
    for onset in target:
        near = [g for g in unused if abs(g - onset) < match_s * rate]
        match = max(near, key=lambda g: (level[g], g)) if near else None
        relevant.append(1)
        scores.append(0.0 if match is None else confidence[match])
        if match is not None:
            unused.remove(match)
        if not unused:
            break
    hits = len(kept) - len(unused)
    relevant += [0] * len(unused)
    scores += [confidence[onset] for onset in unused]
    matched = tuple(onset not in unused for onset in kept)
    return OnsetMatch(tuple(kept), matched, hits, len(target), average_precision(relevant, scores))


def _normalised(wave: Wave) -> Wave:
    level = np.abs(wave)
    spread = np.ptp(level) if level.size else 0.0
    return (level - level.min()) / spread if spread else np.zeros_like(level)


def _loudest_near(level: Wave, onset: int, reach: int) -> float:
    return float(level[max(0, onset - reach) : onset + reach].max(initial=0.0))


def _merged(onsets: list[int], loudness: list[float], closer_than: float) -> list[int]:
    """The louder of near neighbours; ties go to the later. Every second neighbour survives, as published."""
    left = list(onsets)
    kept = []
    for i in sorted(range(len(onsets)), key=lambda i: (loudness[i], i), reverse=True):
        if onsets[i] not in left:
            continue
        kept.append(onsets[i])
        left.remove(onsets[i])
        position = 0
        while position < len(left):
            if abs(left[position] - onsets[i]) < closer_than:
                del left[position]
            position += 1
    return sorted(kept)

"""How well sounded moments meet the true ones: precision, recall and F1 within a tolerance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

TOLERANCE_S = 0.1
ROUNDING_S = 1e-9


@dataclass(frozen=True)
class OnsetScores:
    """`hits` of the onsets on either side are matched, each at most once."""

    hits: int
    true: int
    found: int

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else float(self.true == 0)

    @property
    def recall(self) -> float:
        return self.hits / self.true if self.true else float(self.found == 0)

    @property
    def f1(self) -> float:
        """Both sides empty is right: 1. One side empty is wrong: 0."""
        total = self.true + self.found
        return 2 * self.hits / total if total else 1.0


def onset_scores(true: Sequence[float], found: Sequence[float], tolerance_s: float = TOLERANCE_S) -> OnsetScores:
    """Match onsets (seconds) one to one, as many as can be, none further apart than `tolerance_s`.

    Walking both lists in time finds the largest matching, because the tolerance is the same everywhere.
    """
    expected, heard = sorted(true), sorted(found)
    hits = i = j = 0
    while i < len(expected) and j < len(heard):
        late_by = heard[j] - expected[i]
        if abs(late_by) <= tolerance_s + ROUNDING_S:
            hits, i, j = hits + 1, i + 1, j + 1
        elif late_by > 0:
            i += 1
        else:
            j += 1
    return OnsetScores(hits, len(expected), len(heard))


def pooled(scores: Sequence[OnsetScores]) -> OnsetScores:
    """All clips as one: long and busy clips count for more."""
    return OnsetScores(sum(s.hits for s in scores), sum(s.true for s in scores), sum(s.found for s in scores))

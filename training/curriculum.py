"""Easy pairs first: the two stages of V2A-DPO (arXiv 2603.11089, section 2)."""

from __future__ import annotations

from collections.abc import Sequence

Quality = Sequence[float]
"""Probabilities of (good, medium, bad) for one sound."""

GOOD, BAD = 0, 2
EASY_ABOVE = 0.7
HUMAN_MARGIN = 0.0
"""A designer's pick carries no probabilities; the paper gives it 0, so that taste is learned last."""


def margin(winner: Quality, loser: Quality) -> float:
    """½ [(p_w(good) - p_l(good)) + (p_l(bad) - p_w(bad))], -1 to 1; high is easy."""
    return 0.5 * ((winner[GOOD] - loser[GOOD]) + (loser[BAD] - winner[BAD]))


def winner_and_loser(sounds: Sequence[Quality]) -> tuple[int, int] | None:
    """The sound that is most likely good over the one most likely bad; None when they are the same sound."""
    best = max(range(len(sounds)), key=lambda i: sounds[i][GOOD])
    worst = max(range(len(sounds)), key=lambda i: sounds[i][BAD])
    return None if best == worst else (best, worst)


def stage_of(pair_margin: float, easy_above: float = EASY_ABOVE) -> int:
    """1 for easy pairs (strictly above the threshold), 2 for the others."""
    return 1 if pair_margin > easy_above else 2


def stage_at(step: int, steps: int, easy_share: float) -> int:
    """The stage of `step` (from 0): each stage gets steps in proportion to its share of the pairs."""
    return 1 if step < round(steps * easy_share) else 2

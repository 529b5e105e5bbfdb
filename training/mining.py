"""Pairs without a designer: the ranker's best over its worst, as VisioSonic's STAR-DPO makes them.

Iterating it: generate with the newest adapter, mine, train, at most three rounds; the paper's third was worse.
"""

from __future__ import annotations

import hashlib
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.spec import Candidate, Direction, Recipe
from training.preferences.pairs import Pair

JUDGED_BY = ("semantic", "temporal")
"""The paper ranks by what is heard and when, jointly."""
FEWEST = 2
SOURCE = "auto"


@dataclass(frozen=True)
class Mined:
    """A pair, and how clear it is (0 to 1) by the scores' own absolute scale: what the curriculum reads."""

    pair: Pair
    margin: float


def mine(candidates: Iterable[Candidate]) -> list[Mined]:
    """One pair for each request that has at least two scored candidates which differ."""
    requests: dict[Recipe, list[Candidate]] = {}
    for candidate in candidates:
        if all(candidate.card.score(name) for name in JUDGED_BY):
            requests.setdefault(replace(candidate.recipe, seed=0), []).append(candidate)
    found = (best_over_worst(members) for members in requests.values() if len(members) >= FEWEST)
    return [mined for mined in found if mined]


def best_over_worst(members: Sequence[Candidate]) -> Mined | None:
    """None when the scores do not tell the candidates apart."""
    totals = joint_scores(members)
    if max(totals) == min(totals):
        return None
    winner, loser = members[totals.index(max(totals))], members[totals.index(min(totals))]
    return Mined(_pair(winner, loser), max(0.0, _level(winner) - _level(loser)))


def joint_scores(members: Sequence[Candidate]) -> list[float]:
    """The sum of the scores, each made comparable by its mean and spread within the request; higher is better."""
    columns = [_standard([_value(member, name) for member in members]) for name in JUDGED_BY]
    return [sum(row) for row in zip(*columns, strict=True)]


def _value(candidate: Candidate, name: str) -> float:
    score = candidate.card.score(name)
    assert score is not None
    return score.value if score.better is Direction.HIGHER else -score.value


def _standard(values: Sequence[float]) -> list[float]:
    spread = statistics.pstdev(values)
    mean = statistics.fmean(values)
    return [(value - mean) / spread if spread else 0.0 for value in values]


def _level(candidate: Candidate) -> float:
    scores = [candidate.card.score(name) for name in JUDGED_BY]
    return statistics.fmean(score.level for score in scores if score)


def _pair(winner: Candidate, loser: Candidate) -> Pair:
    name = hashlib.sha256(f"{SOURCE} {winner.id} {loser.id}".encode()).hexdigest()[:16]
    return Pair(
        id=name,
        recipe=replace(winner.recipe, seed=0),
        winner_wav=winner.wav,
        loser_wav=loser.wav,
        winner_seed=winner.recipe.seed,
        loser_seed=loser.recipe.seed,
        weight=1.0,
        source=SOURCE,
        event_id="",
        model=winner.recipe.model,
    )

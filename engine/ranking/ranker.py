"""From scores to one card, and from cards to an order.

The rule: `total` is the weighted geometric mean of the headline levels, `WEIGHTS` shared out among those that could
be judged. Geometric, so that a sound that fails at one thing is not carried by the others; absolute, so that a card
is the same whatever else was generated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.ranking.base import Asked, Scorer, Sound, rounded
from engine.spec import Score, ScoreCard

WEIGHTS = {"semantic": 0.4, "temporal": 0.4, "perceptual": 0.2}
"""Sense and timing the same, as STAR-DPO's joint score has them; cleanness half of either."""

LEAST = 0.02
"""A level below this counts as this: zero would make all failures equal."""

GOOD = 0.65


def cards(scorers: Sequence[Scorer], asked: Asked, sounds: Sequence[Sound]) -> list[ScoreCard]:
    """One card a sound, in the order given."""
    judged = [scorer.score(asked, sounds) for scorer in scorers]
    return [card([score for scores in judged for score in scores[i]]) for i in range(len(sounds))]


def card(scores: Sequence[Score]) -> ScoreCard:
    headlines = {score.name: score for score in scores if score.name in WEIGHTS}
    weight = sum(WEIGHTS[name] for name in headlines)
    if not weight:
        return ScoreCard(tuple(scores), 0.0, "nothing to judge it by")
    logs = sum(WEIGHTS[name] * math.log(max(score.level, LEAST)) for name, score in headlines.items())
    return ScoreCard(tuple(scores), rounded(math.exp(logs / weight)), _says(headlines))


def order(found: Sequence[ScoreCard]) -> list[int]:
    """Indices, best first; equals stay in the order given."""
    return sorted(range(len(found)), key=lambda i: -found[i].total)


def _says(headlines: dict[str, Score]) -> str:
    """The weakest headline's sentence, led by the strongest's where something is good and something is not."""
    worst_first = sorted(headlines.values(), key=lambda score: WEIGHTS[score.name] * math.log(max(score.level, LEAST)))
    worst = worst_first[0]
    if worst.level >= GOOD:
        spoken = [headlines[name].says for name in ("semantic", "temporal") if name in headlines]
        return ", ".join(spoken) or worst.says
    others = [score for score in worst_first[1:] if score.level < GOOD and score.name != "perceptual"]
    return ", ".join([worst.says, *(score.says for score in others[:1])])

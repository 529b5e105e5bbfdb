"""Does the taste carry over to cues that were not trained on?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from peft import PeftModel

from engine.backbones.base import Backbone
from training.config import DPOConfig
from training.examples import Group
from training.objectives.errors import gap
from training.steps import Batch, errors

DRAWS = 8
"""Moments and noises that each piece is judged on; one alone is mostly chance."""
ENOUGH_PAIRS = 4
PASSES_ABOVE = 0.5


@dataclass(frozen=True)
class Verdict:
    """`accuracy`: share of held-out pairs that the adapter orders as the designer did, over the reference."""

    pairs: int
    accuracy: float | None
    winner_growth: float | None
    """By which share the winners' error has grown over the reference's; a broken model grows it much."""

    @property
    def passed(self) -> bool | None:
        return None if self.accuracy is None else self.accuracy > PASSES_ABOVE

    @property
    def says(self) -> str:
        if self.accuracy is None:
            return "Too few cues were kept aside to say whether the taste carries over."
        right = f"{self.accuracy:.0%} of {self.pairs} pairs from cues it was not trained on are ordered as you did"
        return f"{right}." if self.passed else f"{right}: no better than chance; it may not have learned your taste."


@torch.no_grad()
def judge(groups: Sequence[Group], backbone: Backbone, adapter: PeftModel, config: DPOConfig) -> Verdict:
    """Each held-out pair over all its pieces and DRAWS fixed draws."""
    gaps: dict[str, list[float]] = {}
    grown: list[float] = []
    for group in groups:
        for row, pair in enumerate(group.pair):
            winner, loser = errors(backbone, adapter, _draws(group, row, config))
            gaps.setdefault(pair, []).append(float(gap(winner, loser).mean()))
            grown.append(float(winner.model.mean() / winner.reference.mean()) - 1)
    if len(gaps) < ENOUGH_PAIRS:
        return Verdict(len(gaps), None, None)
    right = [sum(values) < 0 for values in gaps.values()]
    return Verdict(len(gaps), sum(right) / len(right), sum(grown) / len(grown))


def _draws(group: Group, row: int, config: DPOConfig) -> Batch:
    chance = torch.Generator().manual_seed(config.seed)
    device, rows = group.winner.device, torch.full((DRAWS,), row, device=group.winner.device)
    noise = torch.randn((DRAWS, *group.winner.shape[1:]), generator=chance)
    t = (torch.arange(DRAWS) + 0.5) / DRAWS
    given = (group.given[row],) * DRAWS
    return Batch(group.winner[rows], group.loser[rows], noise.to(device), t.to(device), given)

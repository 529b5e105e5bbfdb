"""One step of preference training on a flow: what is drawn, what is measured. Pure but for the network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from peft import PeftModel
from torch import Tensor

from engine.backbones.base import Backbone, Conditions, without
from training.adapters import switched_off
from training.config import DPOConfig
from training.examples import Group, prepared
from training.objectives.errors import Errors, squared_error


@dataclass(frozen=True)
class Batch:
    """Some pieces of one length. winner, loser, noise: (pairs, frames, channels); t: (pairs,); `given`: one a pair."""

    winner: Tensor
    loser: Tensor
    noise: Tensor
    t: Tensor
    given: tuple[Conditions, ...]


def draw(groups: Sequence[Group], config: DPOConfig, step: int) -> Batch:
    """The batch of a step; it depends on the seed and the step alone, so that a resumed training repeats it.

    Pieces are drawn by weight, so each decision of the designer counts once however many losers it had.
    """
    chance = torch.Generator().manual_seed((config.seed << 24) ^ (step + 1))
    share = torch.stack([group.weight.sum() for group in groups])
    group = groups[int(torch.multinomial(share, 1, generator=chance))]
    rows = torch.multinomial(group.weight, config.batch, replacement=True, generator=chance)
    noise = torch.randn((config.batch, *group.winner.shape[1:]), generator=chance)
    t = times(config.batch, config.times, chance)
    bare = float(torch.rand((), generator=chance)) < config.drop_conditions
    device = group.winner.device
    given = {row: without(group.given[row]) if bare else group.given[row] for row in rows.tolist()}
    drawn = tuple(given[row] for row in rows.tolist())
    rows = rows.to(device)
    return Batch(group.winner[rows], group.loser[rows], noise.to(device), t.to(device), drawn)


def times(count: int, kind: str, chance: torch.Generator) -> Tensor:
    """(count,) moments of the flow, 0 to 1, one drawn in each of `count` equal parts of the distribution."""
    even = (torch.randperm(count, generator=chance) + torch.rand(count, generator=chance)) / count
    return even if kind == "uniform" else torch.sigmoid(torch.special.ndtri(even.clamp(1e-4, 1 - 1e-4)))


def errors(backbone: Backbone, adapter: PeftModel, batch: Batch) -> tuple[Errors, Errors]:
    """Winner's and loser's velocity errors, with the adapter and without; same noise and same t on all four.

    x_t = (1 - t) · noise + t · x, and its velocity is x - noise: noise at 0, sound at 1.
    """
    x = torch.cat([batch.winner, batch.loser])
    noise, t = batch.noise.repeat(2, 1, 1), batch.t.repeat(2)
    x_t = noise + t[:, None, None] * (x - noise)

    def measured() -> Tensor:
        given = prepared(batch.given, backbone).repeat(2)
        return squared_error(backbone.predict(x_t, t, given), x - noise)

    with switched_off(adapter):
        reference = measured()
    model = measured()
    sides = [Errors(m, r) for m, r in zip(model.chunk(2), reference.chunk(2), strict=True)]
    return sides[0], sides[1]

"""Classifier-free guidance over any backbone, with a weight of its own for each condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.backbones.base import Prepared, stack
from engine.sampling.flow import Velocity

Predict = Callable[[Tensor, Tensor, Prepared], Tensor]

ORDER = ("events", "picture", "reference", "text")
"""Conditions are added in this order: what the designer cannot do without is weighed against nothing, words last
against all that is seen."""


@dataclass(frozen=True)
class Stage:
    """One pass of the network: the conditions that it is given, and the share of its velocity in the sum."""

    names: frozenset[str]
    share: float


def stages(weights: Mapping[str, float]) -> tuple[Stage, ...]:
    """The passes that guidance by these weights (condition → weight) takes; their shares add up to 1.

    v = v(∅) + Σ w_k · (v(c_1 … c_k) − v(c_1 … c_(k−1))): Brooks et al. 2023 (InstructPix2Pix, eq. 3) for any number of
    conditions. Those of one weight are added together, so equal weights take two passes and weights of 1 a single one.
    A condition of weight 0 is left out. The last stage has every other condition.
    """
    groups: dict[float, set[str]] = {}
    for name in sorted(weights, key=ORDER.index):
        if weights[name]:
            groups.setdefault(weights[name], set()).add(name)
    names: frozenset[str] = frozenset()
    found, steps = [], [1.0, *groups, 0.0]
    for i, group in enumerate([set(), *groups.values()]):
        names = names | group
        share = steps[i] - steps[i + 1]
        if share:
            found.append(Stage(names, share))
    return tuple(found)


def guided(predict: Predict, passes: Sequence[tuple[Prepared, float]], begin: float = 0.0) -> Velocity:
    """The sum of the passes' velocities by their shares, all as one batch; the last pass has all conditions.

    Before `begin` only that one counts: at the very start, where the noise decides what is made, guidance only narrows
    what the seeds differ in (Kynkäänniemi et al. 2024, "Applying guidance in a limited interval"). For two passes this
    is Ho & Salimans 2022.
    """
    whole = passes[-1][0]
    together = stack(*(prepared for prepared, _ in passes))

    def velocity(x: Tensor, t: float) -> Tensor:
        if t < begin or len(passes) == 1:
            return predict(x, torch.full((len(x),), t, device=x.device), whole)
        times = torch.full((len(passes) * len(x),), t, device=x.device)
        found = predict(x.repeat(len(passes), 1, 1), times, together).chunk(len(passes))
        total = torch.zeros_like(x)
        for one, (_, share) in zip(found, passes, strict=True):
            total = total + share * one
        return total

    return velocity

"""Classifier-free guidance over any backbone."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from engine.backbones.base import Prepared, stack
from engine.sampling.flow import Velocity

Predict = Callable[[Tensor, Tensor, Prepared], Tensor]


def guided(predict: Predict, given: Prepared, instead: Prepared, strength: float, begin: float = 0.0) -> Velocity:
    """without + strength · (with − without); both branches run as one batch (Ho & Salimans 2022).

    `instead` is the empty condition, or the negative prompt in its place. Before t = `begin` there is no guidance:
    where the noise decides what the sound will be, guidance makes all seeds alike (Kynkäänniemi et al. 2024,
    "Applying guidance in a limited interval").
    """
    both = stack(given, instead)

    def velocity(x: Tensor, t: float) -> Tensor:
        if t < begin:
            return predict(x, torch.full((x.shape[0],), t, device=x.device), given)
        times = torch.full((2 * x.shape[0],), t, device=x.device)
        with_it, without_it = predict(x.repeat(2, 1, 1), times, both).chunk(2)
        return without_it + strength * (with_it - without_it)

    return velocity

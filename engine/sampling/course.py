"""Which times a sampler steps along, and in how many stretches."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from engine.sampling.flow import OnStep, Sampler, Velocity, adams, euler
from engine.sampling.inpainting import times_of


@dataclass(frozen=True)
class Scheme:
    """A sampler of some order. Steps are counted as Euler's: one of the second order reaches as far as two of those."""

    sampler: Sampler
    order: int


SCHEMES = {"euler": Scheme(euler, 1), "adams": Scheme(adams, 2)}


def course(scheme: Scheme, steps: int, strength: float = 1.0, begin: float = 0.0) -> list[list[float]]:
    """Times from 1 - strength to 1, in stretches. `begin`: where guidance begins and the velocity jumps: there a
    scheme that looks back starts anew."""
    if scheme.order == 1:
        return [times_of(steps, strength)]
    start = 1 - strength
    ends = [start, begin, 1.0] if start < begin < 1 else [start, 1.0]
    return [_evenly(low, high, steps / scheme.order) for low, high in zip(ends, ends[1:], strict=False)]


def along(scheme: Scheme, velocity: Velocity, x: Tensor, stretches: Sequence[Sequence[float]],
          on_step: OnStep) -> Tensor:
    """Sample through all stretches; `on_step` counts through."""
    steps = [len(times) - 1 for times in stretches]
    for i, times in enumerate(stretches):
        x = scheme.sampler(velocity, x, times, _counting(on_step, sum(steps[:i]), sum(steps)))
    return x


def _counting(on_step: OnStep, before: int, steps: int) -> OnStep:

    def counted(step: int, _: int, x: Tensor) -> None:
        on_step(before + step, steps, x)

    return counted


def _evenly(low: float, high: float, rate: float) -> list[float]:
    count = max(1, math.ceil(rate * (high - low) - 1e-9))
    return [low + (high - low) * i / count for i in range(count)] + [high]

"""Rectified flow: noise at t = 0, data at t = 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from torch import Tensor

Velocity = Callable[[Tensor, float], Tensor]
OnStep = Callable[[int, int, Tensor], None]


def unwatched(step: int, steps: int, x: Tensor) -> None:
    """The step callback of someone who does not watch."""


def even_times(steps: int) -> list[float]:
    """`steps` + 1 times from 0 to 1."""
    return [i / steps for i in range(steps + 1)]


def euler(velocity: Velocity, x: Tensor, times: Sequence[float], on_step: OnStep = unwatched) -> Tensor:
    """Integrate dx/dt = velocity(x, t) along `times` with Euler steps.

    x: (candidates, frames, channels). `on_step(i, n, x)` may raise Cancelled. Source: Liu et al. 2022, eq. 1.
    """
    steps = len(times) - 1
    for i, (t, t_next) in enumerate(pairwise(times)):
        x = x + (t_next - t) * velocity(x, t)
        on_step(i + 1, steps, x)
    return x

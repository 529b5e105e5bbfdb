"""Rectified flow: noise at t = 0, data at t = 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from torch import Tensor

Velocity = Callable[[Tensor, float], Tensor]
OnStep = Callable[[int, int, Tensor], None]
Sampler = Callable[[Velocity, Tensor, Sequence[float], OnStep], Tensor]


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


def adams(velocity: Velocity, x: Tensor, times: Sequence[float], on_step: OnStep = unwatched) -> Tensor:
    """The same in steps of the second order that ask the velocity once each, as Euler's do; the first is Euler's.

    A step goes on along the line through this velocity and the one before (Adams-Bashforth for steps of any length:
    Hairer, Norsett & Wanner 1993, III.5). The velocity should not jump between `times[0]` and `times[-1]`.
    """
    steps = len(times) - 1
    last: tuple[float, Tensor] | None = None
    for i, (t, t_next) in enumerate(pairwise(times)):
        now, h = velocity(x, t), t_next - t
        x = x + h * (now if last is None else now + h / (2 * (t - last[0])) * (now - last[1]))
        last = t, now
        on_step(i + 1, steps, x)
    return x

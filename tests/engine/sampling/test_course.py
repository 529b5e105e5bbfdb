"""Samplers of two orders: how near they come, what they ask for, and how steps are counted."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from engine.sampling.course import SCHEMES, along, course
from engine.sampling.flow import Velocity, adams, euler, even_times, unwatched


def growing(x: Tensor, t: float) -> Tensor:
    """From 1 to e^(1/2) over the unit of time, bending all the way."""
    return x * t


def off(name: str, steps: int, velocity: Velocity = growing, end: float = math.exp(0.5), begin: float = 0.0) -> float:
    stretches = course(SCHEMES[name], steps, begin=begin)
    return abs(along(SCHEMES[name], velocity, torch.ones(1, 1, 1), stretches, unwatched).item() - end)


def test_twice_the_steps_leave_a_quarter_of_the_second_orders_error() -> None:
    errors = [abs(adams(growing, torch.ones(1, 1, 1), even_times(n)).item() - math.exp(0.5)) for n in (20, 40, 80)]
    for coarse, fine in zip(errors, errors[1:], strict=False):
        assert coarse / fine == pytest.approx(4, rel=0.25)


def test_on_a_straight_line_both_samplers_agree() -> None:
    for sampler in (euler, adams):
        assert sampler(lambda x, t: torch.full_like(x, 3.0), torch.zeros(1, 2, 2), even_times(7))[0, 0, 0] == (
            pytest.approx(3.0))


def test_the_second_order_asks_half_as_often_and_comes_nearer() -> None:
    asked: list[float] = []

    def counted(x: Tensor, t: float) -> Tensor:
        asked.append(t)
        return growing(x, t)

    assert off("adams", 24, counted) < off("euler", 24)
    assert len(asked) == 12


def test_where_guidance_begins_it_starts_anew() -> None:
    def jumping(x: Tensor, t: float) -> Tensor:
        return torch.full_like(x, 1.0 if t < 0.2 else 5.0)

    assert off("adams", 25, jumping, end=1 + 0.2 + 0.8 * 5, begin=0.2) < 1e-5
    assert off("adams", 25, jumping, end=1 + 0.2 + 0.8 * 5) > 0.02
    assert course(SCHEMES["adams"], 25, begin=0.2)[1][0] == 0.2


def test_a_variation_begins_part_of_the_way() -> None:
    (late,) = course(SCHEMES["adams"], 25, strength=0.5, begin=0.2)
    assert (late[0], late[-1]) == (0.5, 1.0)
    assert len(late) == 8
    early = course(SCHEMES["adams"], 1, strength=1.0, begin=0.2)
    assert [times[-1] for times in early] == [0.2, 1.0]


def test_steps_are_counted_through() -> None:
    seen: list[tuple[int, int]] = []
    stretches = course(SCHEMES["adams"], 25, begin=0.2)
    along(SCHEMES["adams"], growing, torch.ones(1, 1, 1), stretches, lambda i, n, _: seen.append((i, n)))
    assert seen == [(i + 1, 13) for i in range(13)]

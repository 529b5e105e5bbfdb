"""Guidance: what it adds up to, where it begins, and how it is shared among conditions."""

from __future__ import annotations

import itertools

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from engine.backbones.base import Prepared
from engine.sampling.flow import euler, even_times
from engine.sampling.guidance import ORDER, guided, stages

WITH, WITHOUT = Prepared({"level": torch.tensor([[3.0]])}), Prepared({"level": torch.tensor([[1.0]])})
WEIGHTS = st.dictionaries(st.sampled_from(ORDER), st.sampled_from([0.0, 0.5, 1.0, 2.0, 4.5, 7.0]))


def predict(x: Tensor, t: Tensor, prepared: Prepared) -> Tensor:
    """A velocity that is its condition's level, at every time."""
    return prepared.tensors["level"][:, None].expand_as(x)


def two(strength: float) -> list[tuple[Prepared, float]]:
    return [(WITHOUT, 1 - strength), (WITH, strength)]


def added_up(weights: dict[str, float]) -> float:
    """The stages' sum for a network in which each set of conditions has a velocity of its own."""
    levels = {frozenset(names): (1 + i) ** 1.5 for i, names in enumerate(
        names for n in range(5) for names in itertools.combinations(ORDER, n))}
    return sum(stage.share * levels[stage.names] for stage in stages(weights))


@pytest.mark.parametrize(("strength", "velocity"), [(0.0, 1.0), (1.0, 3.0), (4.5, 10.0)])
def test_strength_goes_beyond_the_condition(strength: float, velocity: float) -> None:
    x = torch.zeros(1, 4, 2)
    assert torch.allclose(guided(predict, two(strength))(x, 0.0), torch.full_like(x, velocity))


def test_before_it_begins_there_is_only_the_condition() -> None:
    x, late = torch.zeros(1, 4, 2), guided(predict, two(4.5), begin=0.2)
    assert torch.allclose(late(x, 0.1), torch.full_like(x, 3.0))
    assert torch.allclose(late(x, 0.2), torch.full_like(x, 10.0))


def test_euler_adds_up_both_stretches() -> None:
    end = euler(guided(predict, two(4.5), begin=0.2), torch.zeros(1, 1, 1), even_times(10))
    assert end.item() == pytest.approx(0.2 * 3.0 + 0.8 * 10.0)


def test_equal_weights_are_plain_guidance_in_two_passes() -> None:
    nothing, everything = stages(dict.fromkeys(ORDER, 4.5))
    assert (nothing.names, nothing.share) == (frozenset(), -3.5)
    assert (everything.names, everything.share) == (frozenset(ORDER), 4.5)


def test_weights_of_one_take_a_single_pass() -> None:
    (only,) = stages(dict.fromkeys(ORDER, 1.0))
    assert (only.names, only.share) == (frozenset(ORDER), 1.0)


def test_two_weights_are_composed_as_published() -> None:
    """InstructPix2Pix, eq. 3: nothing + picture's weight times what it adds + text's times what that adds."""
    found = {stage.names: stage.share for stage in stages({"picture": 1.5, "text": 7.5})}
    assert found == {frozenset(): -0.5, frozenset({"picture"}): 1.5 - 7.5, frozenset({"picture", "text"}): 7.5}


@settings(max_examples=200, deadline=None)
@given(WEIGHTS)
def test_shares_add_up_and_passes_are_no_more_than_there_are_weights(weights: dict[str, float]) -> None:
    found = stages(weights)
    assert sum(stage.share for stage in found) == pytest.approx(1.0)
    assert len(found) <= 1 + len(set(weights.values()) - {0.0})
    assert found[-1].names == {name for name in weights if weights[name]}


@settings(max_examples=200, deadline=None)
@given(WEIGHTS, st.sampled_from(ORDER))
def test_a_weight_of_nothing_is_the_condition_left_out(weights: dict[str, float], name: str) -> None:
    without = {key: value for key, value in weights.items() if key != name}
    assert added_up({**weights, name: 0.0}) == added_up(without)

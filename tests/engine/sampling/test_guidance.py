"""Guidance: what it adds up to, and where it begins."""

import pytest
import torch
from torch import Tensor

from engine.backbones.base import Prepared
from engine.sampling.flow import euler, even_times
from engine.sampling.guidance import guided

WITH, WITHOUT = Prepared({"level": torch.tensor([[3.0]])}), Prepared({"level": torch.tensor([[1.0]])})


def predict(x: Tensor, t: Tensor, prepared: Prepared) -> Tensor:
    """A velocity that is its condition's level, at every time."""
    return prepared.tensors["level"][:, None].expand_as(x)


@pytest.mark.parametrize(("strength", "velocity"), [(0.0, 1.0), (1.0, 3.0), (4.5, 10.0)])
def test_strength_goes_beyond_the_condition(strength: float, velocity: float) -> None:
    x = torch.zeros(1, 4, 2)
    assert torch.allclose(guided(predict, WITH, WITHOUT, strength)(x, 0.0), torch.full_like(x, velocity))


def test_before_it_begins_there_is_only_the_condition() -> None:
    x, late = torch.zeros(1, 4, 2), guided(predict, WITH, WITHOUT, 4.5, begin=0.2)
    assert torch.allclose(late(x, 0.1), torch.full_like(x, 3.0))
    assert torch.allclose(late(x, 0.2), torch.full_like(x, 10.0))


def test_euler_adds_up_both_stretches() -> None:
    end = euler(guided(predict, WITH, WITHOUT, 4.5, begin=0.2), torch.zeros(1, 1, 1), even_times(10))
    assert end.item() == pytest.approx(0.2 * 3.0 + 0.8 * 10.0)

"""Linear layers in whole numbers beside the ones that they stand for."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from engine.layers.int8 import Int8Linear, quantised, vnni

pytestmark = pytest.mark.skipif(not vnni(), reason="this processor is not fast at whole numbers")


def relative(fast: torch.Tensor, exact: torch.Tensor) -> float:
    return ((fast - exact).norm() / exact.norm()).item()


def test_it_is_within_two_percent() -> None:
    torch.manual_seed(1)
    layer, x = nn.Linear(256, 128), torch.randn(2, 50, 256)
    assert relative(Int8Linear(layer)(x), layer(x)) < 0.02


def test_one_loud_row_costs_the_others_nothing() -> None:
    torch.manual_seed(1)
    layer, x = nn.Linear(256, 128, bias=False), torch.randn(40, 256)
    loud = x.clone()
    loud[7] *= 1000
    others = [i for i in range(40) if i != 7]
    assert torch.equal(Int8Linear(layer)(loud)[others], Int8Linear(layer)(x)[others])


def test_rows_of_nothing_give_the_bias() -> None:
    layer = nn.Linear(32, 16)
    assert torch.allclose(Int8Linear(layer)(torch.zeros(4, 32)), layer.bias.expand(4, -1))


def test_all_linear_layers_inside_are_replaced() -> None:
    net = nn.Sequential(nn.Linear(32, 32), nn.GELU(), nn.Sequential(nn.Linear(32, 16), nn.LayerNorm(16)))
    x = torch.randn(8, 32)
    exact = net(x)
    quantised(net)
    assert not any(isinstance(layer, nn.Linear) for layer in net.modules())
    assert relative(net(x), exact) < 0.03

"""Networks that are built to be loaded."""

from __future__ import annotations

import torch
from torch import nn

from engine.layers.undrawn import Undrawn


def test_nothing_is_drawn_and_what_is_loaded_is_all_there_is() -> None:
    file = nn.Sequential(nn.Linear(4, 3), nn.Conv1d(3, 2, 3), nn.Embedding(5, 2), nn.MultiheadAttention(4, 2)).eval()
    before = torch.random.get_rng_state()
    with Undrawn():
        net = nn.Sequential(nn.Linear(4, 3), nn.Conv1d(3, 2, 3), nn.Embedding(5, 2), nn.MultiheadAttention(4, 2))
    assert torch.equal(before, torch.random.get_rng_state())
    net.load_state_dict(file.state_dict())
    assert all(torch.equal(one, other) for one, other in zip(net.parameters(), file.parameters(), strict=True))


def test_afterwards_weights_are_drawn_as_ever() -> None:
    with Undrawn():
        nn.Linear(4, 3)
    assert nn.Linear(64, 64).weight.std() > 0.01

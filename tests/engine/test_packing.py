"""Few bits hold what they are said to, and no more is lost than half a step."""

from __future__ import annotations

import pytest
import torch

from engine.packing import from_bytes, from_nibbles, to_bytes, to_nibbles


def test_four_bits_come_back_within_half_a_step_or_at_the_end_of_their_reach() -> None:
    numbers = torch.linspace(-3, 3, 600).view(3, 200)
    packed = to_nibbles(numbers, 0.25)
    assert packed.dtype == torch.uint8 and packed.shape == (3, 100)
    found = from_nibbles(packed, 0.25)
    assert found.amin() == -2 and found.amax() == 1.75
    within = (numbers > -2) & (numbers < 1.75)
    assert (found - numbers)[within].abs().amax() <= 0.125 + 1e-6


@pytest.mark.parametrize("group", [1, 8, 32])
def test_eight_bits_come_back_within_half_a_step_of_their_group(group: int) -> None:
    numbers = torch.randn(5, 64, generator=torch.Generator().manual_seed(group)) * 10.0 ** torch.arange(-3, 2)[:, None]
    whole, steps = to_bytes(numbers, group)
    assert whole.dtype == torch.int8 and steps.shape == (5, 64 // group)
    wrong = (from_bytes(whole, steps) - numbers).abs().unflatten(-1, (-1, group)).amax(-1)
    assert (wrong <= 0.6 * steps.float()).all()


def test_nothing_stays_nothing() -> None:
    assert not from_bytes(*to_bytes(torch.zeros(2, 8), 4)).any()
    assert not from_nibbles(to_nibbles(torch.zeros(2, 8), 0.25), 0.25).any()

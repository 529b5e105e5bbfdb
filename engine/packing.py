"""Numbers in few bits, for what is only stored: four bits in steps that are given, eight with a step a group."""

from __future__ import annotations

import torch
from torch import Tensor

LOWEST, HIGHEST = -8, 7
"""What four bits hold."""
STEPS = 127
"""The greatest whole number of eight bits on either side of zero."""


def to_nibbles(numbers: Tensor, step: float) -> Tensor:
    """(…, 2n) → (…, n) uint8, two to a byte, each rounded to a multiple of `step` from −8 to 7."""
    whole = (numbers / step).round().clamp(LOWEST, HIGHEST).to(torch.int16) - LOWEST
    first, second = whole.unflatten(-1, (-1, 2)).unbind(-1)
    return (first * 16 + second).to(torch.uint8)


def from_nibbles(packed: Tensor, step: float) -> Tensor:
    """(…, n) uint8 → (…, 2n)."""
    both = torch.stack([packed // 16, packed % 16], dim=-1).flatten(-2)
    return (both.float() + LOWEST) * step


def to_bytes(numbers: Tensor, group: int) -> tuple[Tensor, Tensor]:
    """(…, n) → int8 of the same shape, and the steps (…, n / group) in half precision."""
    grouped = numbers.float().unflatten(-1, (-1, group))
    steps = (grouped.abs().amax(dim=-1) / STEPS).clamp(min=torch.finfo(torch.half).tiny).half()
    whole = (grouped / steps.float()[..., None]).round().clamp(-STEPS, STEPS)
    return whole.to(torch.int8).flatten(-2), steps


def from_bytes(whole: Tensor, steps: Tensor) -> Tensor:
    """What `to_bytes` was given, nearly, in single precision."""
    group = whole.shape[-1] // steps.shape[-1]
    return (whole.float().unflatten(-1, (-1, group)) * steps.float()[..., None]).flatten(-2)

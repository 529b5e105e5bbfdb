"""Rotary position embedding (Su et al. 2021), the channels of a pair next to each other."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

THETA = 10_000


@lru_cache(maxsize=64)
def turns(length: int, channels: int, scale: float, device: torch.device) -> Tensor:
    """(2, length, channels / 2) float32: cosine and sine of each position's angles, which `scale` spreads.

    Made on the CPU wherever they are used: angles of float32 differ between devices.
    """
    with torch.inference_mode(False):
        rates = 1.0 / (THETA ** (torch.arange(0, channels, 2, dtype=torch.float32) / channels))
        angles = torch.arange(length, dtype=torch.float32)[:, None] * (rates * scale)
        return torch.stack([angles.cos(), angles.sin()]).to(device)


def turned(x: Tensor, by: Tensor) -> Tensor:
    """x: (batch, length, heads, channels) → the same, each pair of neighbours turned by its position's angle.

    Computed in float32, returned in x's type.
    """
    cosine, sine = by[:, None, :, None, :]
    even, odd = x.float().unflatten(-1, (-1, 2)).unbind(-1)
    return torch.stack([even * cosine - odd * sine, odd * cosine + even * sine], dim=-1).flatten(-2).to(x.dtype)

"""Rotary position embedding (Su et al. 2021)."""

from __future__ import annotations

import torch
from torch import Tensor


def angles(positions: Tensor, width: int, base: float = 10_000.0) -> tuple[Tensor, Tensor]:
    """positions: (frames,) in any unit → cosine and sine, (frames, width // 2) each."""
    rates = base ** (-torch.arange(0, width, 2, device=positions.device, dtype=torch.float32) / width)
    turns = positions[:, None].float() * rates
    return turns.cos(), turns.sin()


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """x: (batch, heads, frames, width) → the same, each pair of channels turned by its position's angle."""
    even, odd = x.float().unflatten(-1, (-1, 2)).unbind(-1)
    turned = torch.stack([even * cosine - odd * sine, even * sine + odd * cosine], dim=-1)
    return turned.flatten(-2).to(x.dtype)

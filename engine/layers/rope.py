"""Rotary position embedding (Su et al. 2021), the channels of a pair half the width apart."""

from __future__ import annotations

import torch
from torch import Tensor


def angles(positions: Tensor, width: int, base: float = 10_000.0) -> tuple[Tensor, Tensor]:
    """positions: (frames,) in any unit → cosine and signed sine, (frames, width) each."""
    rates = base ** (-torch.arange(0, width, 2, device=positions.device, dtype=torch.float32) / width)
    turns = positions[:, None].float() * rates
    return turns.cos().repeat(1, 2), torch.cat([-turns.sin(), turns.sin()], dim=1)


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """x: (batch, frames, …, width) → the same, each pair of channels turned by its position's angle."""
    between = (1,) * (x.dim() - 3)
    cosine, sine = (part.to(x.dtype).view(len(part), *between, -1) for part in (cosine, sine))
    return torch.addcmul(x * cosine, x.roll(x.shape[-1] // 2, -1), sine)

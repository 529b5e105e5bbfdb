"""White noise that belongs to a place in a sound: any part of it can be had without what comes before."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.audio.mel import HOP

CELL = 256
"""Frames that are drawn at once."""


def noise_along(seed: int, channels: int, start: int, frames: int) -> Tensor:
    """(1, channels, frames) of the endless noise that `seed` names, from frame `start` on, on the CPU."""
    first, last = start // CELL, -(-(start + frames) // CELL)
    cells = [_cell(seed, number, channels) for number in range(first, max(last, first + 1))]
    return torch.cat(cells, dim=-1)[None, :, start - first * CELL :][..., :frames]


def white(seed: int, start: int, frames: int) -> Tensor:
    """(1, 512 · frames): the same noise as samples, from mel frame `start` on."""
    return noise_along(seed, HOP, start, frames).transpose(1, 2).reshape(1, -1)


def _cell(seed: int, number: int, channels: int) -> Tensor:
    generator = torch.Generator().manual_seed((seed * 1_000_003 + number * 7919 + channels) % 2**63)
    return torch.randn(channels, CELL, generator=generator)

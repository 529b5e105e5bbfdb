"""Starting noise that belongs to a seed, not to a batch."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


def noise(seeds: Sequence[int], shape: tuple[int, int]) -> Tensor:
    """(len(seeds), *shape) float32 on the CPU; row i depends on seeds[i] and `shape` alone."""
    return torch.stack([torch.randn(shape, generator=torch.Generator().manual_seed(seed)) for seed in seeds])

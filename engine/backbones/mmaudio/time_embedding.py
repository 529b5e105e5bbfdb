"""The time of a step as a vector (Vaswani et al. 2017, on real numbers)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor, nn


@lru_cache(maxsize=16)
def frequencies(features: int, scale: float, device: torch.device) -> Tensor:
    """(features / 2,) float32, in the published order of rounding: phases reach `scale` radians."""
    with torch.inference_mode(False):
        return (scale * (1.0 / (10_000 ** (torch.arange(0, features, 2, dtype=torch.float32) / features)))).to(device)


class TimeEmbedding(nn.Module):
    """(batch,) times from 0 to 1 → (batch, width) float32.

    Its weights stay in float32 when the network around it goes to a shorter type: an error of a phase or of this
    vector is in every layer. Source: hkchengrex/MMAudio, mmaudio/model/embeddings.py.
    """

    def __init__(self, width: int, features: int, scale: float) -> None:
        super().__init__()
        self.features, self.scale = features, scale
        self.mlp = nn.Sequential(nn.Linear(features, width), nn.SiLU(), nn.Linear(width, width))

    def forward(self, t: Tensor) -> Tensor:
        phases = t.float()[:, None] * frequencies(self.features, self.scale, t.device)
        embedded: Tensor = self.mlp(torch.cat([phases.cos(), phases.sin()], dim=-1))
        return embedded

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Any:
        def kept(tensor: Tensor) -> Tensor:
            other = fn(tensor)
            return other if other.dtype == torch.float32 else tensor.to(other.device, torch.float32)

        return super()._apply(kept, recurse)

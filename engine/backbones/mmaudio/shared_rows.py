"""Which frames of a batch are conditioned alike: what is computed for one of them serves all.

Several frames hear the same token of Synchformer, an empty picture repeats a few, and candidates share one picture.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

WORDS = {2: torch.int16, 4: torch.int32, 8: torch.int64}


class Shared(NamedTuple):
    """rows: (rows, width), each once; places: (batch, frames), which of them each frame has."""

    rows: Tensor
    places: Tensor


def shared(frames: Tensor) -> Shared:
    """(batch, frames, width) → its different rows, told apart by a 64-bit sum over their bits."""
    flat = frames.flatten(0, 1).contiguous()
    factors = torch.randint(-(2**62), 2**62, flat.shape[-1:], generator=torch.Generator().manual_seed(1))
    sums = (flat.view(WORDS[flat.element_size()]).long() * factors.to(flat.device)).sum(-1)
    different, places = torch.unique(sums, return_inverse=True)
    first = places.new_empty(len(different)).scatter_(0, places, torch.arange(len(flat), device=flat.device))
    return Shared(flat[first], places.view(frames.shape[:2]))

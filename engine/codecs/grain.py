"""Fine structure by example: what a small latent cannot hold is taken from a sound whose latent is like it.

A sound and what the codec makes of it are a pair; a generated mel, which is only ever what the codec makes of
something, is the second half of another. For each latent frame of the generated sound the frame of the example that
looks most like it is found, through the codec on both sides, and its own mel is put there. What the two differ in over
many bands and frames, how loud it is, how bright, how long it rings, stays the generated sound's.

Source: Hertzmann et al. 2001, "Image analogies" (A is to A' as B is to B'); the frames are chosen as units are in
concatenative speech (Hunt & Black 1996): each should look right, and come after the one before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from engine.audio.mel import BANDS, FLOOR
from engine.codecs.autoencoder import STRIDE

AROUND = 1
"""Latent frames on either side that are compared too."""
BANDS_AT_ONCE = 4
"""Bands that are averaged before they are compared."""
LEVEL = 0.05
"""What a difference in level costs, beside one in shape: most blows of an example are as loud as each other."""
JUMP = 2.0
"""What it costs to go on with another frame of the example than the next: a frame that repeats itself buzzes."""
BROAD_BANDS, BROAD_FRAMES = 17, 3
"""Over so many bands and mel frames (35 ms) the level is the generated sound's."""
DIPS = 0.5
"""What is filled up of a frame's dip below the generated level. A rise above it is taken away whole: it would be heard
as an onset where there is none."""


@dataclass(frozen=True)
class Example:
    """mel: (128, 4m) of a sound; middle: (128, 4m), what is left of it after the codec."""

    mel: Tensor
    middle: Tensor


def followed(middle: Tensor, example: Example) -> Tensor:
    """Which frame of an example each latent frame of a mel (128, 4n) is to be like: (n,), by the cheapest path."""
    (shape, level), (its_shape, its_level) = _looks(middle), _looks(example.middle)
    unlike = torch.cdist(shape, its_shape) / math.sqrt(shape.shape[1]) + LEVEL * (level[:, None] - its_level).abs()
    return torch.from_numpy(_cheapest(unlike.double().cpu().numpy()))


def grained(middle: Tensor, example: Example, path: Tensor) -> Tensor:
    """A mel (128, 4n) with the fine structure of the example's frames (n,)."""
    mel, its_middle = (_along(one, path.to(one.device)) for one in (example.mel, example.middle))
    made = mel + _broad(middle - its_middle)
    short = (middle - made).mean(dim=0)
    return made + short.clamp(max=0) + DIPS * short.clamp(min=0)


def _along(mel: Tensor, path: Tensor) -> Tensor:
    """(128, 4m) → (128, 4n), the latent frames that a path (n,) names."""
    return mel.unflatten(1, (-1, STRIDE))[:, path].flatten(1)


def _broad(difference: Tensor) -> Tensor:
    """(128, frames), averaged over BROAD_BANDS and BROAD_FRAMES."""
    bands, frames = BROAD_BANDS // 2, BROAD_FRAMES // 2
    padded = F.pad(difference[None, None], (frames, frames, bands, bands), mode="replicate")
    return F.avg_pool2d(padded, (BROAD_BANDS, BROAD_FRAMES), stride=1)[0, 0]


def _looks(mel: Tensor) -> tuple[Tensor, Tensor]:
    """(128, 4n) → what each latent frame looks like with its neighbours (n, features), level taken out, and its
    level (n,)."""
    few = mel.clamp(min=math.log(FLOOR)).unflatten(0, (BANDS // BANDS_AT_ONCE, BANDS_AT_ONCE)).mean(1)
    wide = F.pad(few[None], (AROUND * STRIDE, AROUND * STRIDE), mode="replicate")[0]
    near = wide.unfold(1, (2 * AROUND + 1) * STRIDE, STRIDE).transpose(0, 1).flatten(1)
    level = near.mean(dim=1)
    return near - level[:, None], level


def _cheapest(unlike: NDArray[np.float64]) -> NDArray[np.int64]:
    """(n, m) costs → (n,), the path with the least sum of costs and of JUMP for each step that is not to the next
    (Viterbi)."""
    n, m = unlike.shape
    best, before = unlike[0].copy(), np.zeros((n, m), np.int64)
    for i in range(1, n):
        cheapest = int(best.argmin())
        on = np.concatenate([[np.inf], best[:-1]])
        goes_on = on <= best[cheapest] + JUMP
        before[i] = np.where(goes_on, np.arange(m) - 1, cheapest)
        best = np.where(goes_on, on, best[cheapest] + JUMP) + unlike[i]
    path = np.zeros(n, np.int64)
    path[-1] = int(best.argmin())
    for i in range(n - 1, 0, -1):
        path[i - 1] = before[i, path[i]]
    return path

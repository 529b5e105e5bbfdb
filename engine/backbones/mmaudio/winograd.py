"""Convolution with a kernel of three in half the multiplications (Winograd 1980; Lavin & Gray 2016, F(4, 3)).

Four outputs are taken from six inputs by six products instead of twelve. It is the same function, to rounding: the
error in float32 is about four times a plain convolution's. Shorter types would lose too much.
"""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional as F

OUTPUTS, TAPS = 4, 3
TILE = OUTPUTS + TAPS - 1
POINTS = (0.0, 2 / 3, -2 / 3, 3 / 2, -3 / 2)
"""Where the polynomials are evaluated, and at infinity; of the usual choices the one with the smallest error."""


@lru_cache(maxsize=1)
def matrices() -> tuple[Tensor, Tensor, Tensor]:
    """float64 (4, 6), (6, 3) and (6, 6): y = A · ((G · taps) * (B · inputs)), by Toom's and Cook's construction."""
    points = torch.tensor(POINTS, dtype=torch.float64)
    gaps = points[:, None] - points + torch.eye(len(points), dtype=torch.float64)
    a, g = torch.zeros(OUTPUTS, TILE, dtype=torch.float64), torch.zeros(TILE, TAPS, dtype=torch.float64)
    a[:, :-1] = points ** torch.arange(OUTPUTS)[:, None]
    g[:-1] = points[:, None] ** torch.arange(TAPS) / gaps.prod(1)[:, None]
    a[-1, -1] = g[-1, -1] = 1.0
    # B follows from what is wanted: output i takes from input i + k the tap k.
    products = (a[:, None] * g.T).flatten(0, 1)
    wanted = torch.zeros(OUTPUTS, TAPS, TILE, dtype=torch.float64)
    for i in range(OUTPUTS):
        for k in range(TAPS):
            wanted[i, k, i + k] = 1.0
    return a, g, torch.linalg.lstsq(products, wanted.flatten(0, 1)).solution


def transformed(weight: Tensor) -> Tensor:
    """A kernel (out, channels, 3) → (6, channels, out) float32, twice its size."""
    _, g, _ = matrices()
    found = torch.empty(TILE, weight.shape[1], weight.shape[0])
    for i, row in enumerate(g):
        found[i] = (weight.detach().double() @ row).T
    return found


def correlated(x: Tensor, kernel: Tensor) -> Tensor:
    """x: (batch, frames, channels), `kernel` from `transformed` → (batch, frames, out), zeros beyond both ends."""
    a, _, b = (matrix.float() for matrix in matrices())
    batch, frames, channels = x.shape
    tiles = -(-frames // OUTPUTS)
    length = tiles * OUTPUTS + TAPS - 1
    padded = F.pad(x, (0, 0, 1, length - frames - 1))
    overlapping = padded.as_strided((batch, tiles, TILE, channels),
                                    (length * channels, OUTPUTS * channels, channels, 1))
    inputs = (b @ overlapping.reshape(batch * tiles, TILE, channels)).transpose(0, 1)
    outputs = a @ torch.bmm(inputs, kernel).transpose(0, 1)
    return outputs.view(batch, tiles * OUTPUTS, -1)[:, :frames]

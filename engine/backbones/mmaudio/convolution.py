"""Convolution over time for tensors whose channels stand last."""

from __future__ import annotations

from torch import Tensor, nn


class Conv(nn.Conv1d):
    """(batch, frames, channels) → (batch, frames, out); an odd kernel, zeros beyond the ends."""

    def __init__(self, channels: int, out: int, kernel: int, bias: bool = True) -> None:
        super().__init__(channels, out, kernel, padding=kernel // 2, bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x.transpose(1, 2)).transpose(1, 2)

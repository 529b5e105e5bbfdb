"""Convolution over time for tensors whose channels stand last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.backbones.mmaudio import winograd


def over_time(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """(batch, frames, channels), (out, channels, kernel) → (batch, frames, out), zeros beyond both ends.

    On a CPU as one product over each frame's neighbours: as fast as the kernel for images and two or three times more
    exact. Elsewhere as an image of one row: those kernels take channels that stand last without moving a number.
    """
    reach = weight.shape[-1] // 2
    if x.device.type != "cpu":
        row = x.transpose(1, 2).unsqueeze(2)
        return F.conv2d(row, weight.unsqueeze(2), bias, padding=(0, reach)).squeeze(2).transpose(1, 2)
    batch, frames, channels = x.shape
    padded = F.pad(x, (0, 0, reach, reach))
    around = padded.as_strided((batch, frames, weight.shape[-1] * channels), (padded.stride(0), channels, 1))
    return F.linear(around, weight.transpose(1, 2).flatten(1), bias)


def channels_last(weight: Tensor) -> Tensor:
    """The same weight, laid out as `over_time` reads it."""
    return weight.permute(0, 2, 1).contiguous().permute(0, 2, 1)


def halves(weight: Tensor) -> bool:
    """Whether half the multiplications do: kernels of three, in single precision on a CPU."""
    return weight.shape[-1] == winograd.TAPS and weight.device.type == "cpu" and weight.dtype == torch.float32


class Conv(nn.Conv1d):
    """(batch, frames, channels) → (batch, frames, out); an odd kernel, zeros beyond the ends."""

    quick: Tensor | None = None

    def __init__(self, channels: int, out: int, kernel: int, bias: bool = True) -> None:
        super().__init__(channels, out, kernel, padding=kernel // 2, bias=bias)

    def quicken(self) -> None:
        """Lay the weights out for use without gradients, until they change."""
        self.weight.data = channels_last(self.weight.data)
        self.quick = winograd.transformed(self.weight) if halves(self.weight) else None

    def forward(self, x: Tensor) -> Tensor:
        if self.quick is None or torch.is_grad_enabled():
            return over_time(x, self.weight, self.bias)
        made = winograd.correlated(x, self.quick)
        return made if self.bias is None else made + self.bias

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Any:
        self.quick = None
        return super()._apply(fn, recurse)

    def _load_from_state_dict(self, *args: Any, **kwargs: Any) -> None:
        self.quick = None
        super()._load_from_state_dict(*args, **kwargs)

"""Feed-forward layers with a gate (SwiGLU, Shazeer 2020): on each token, or over neighbouring ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.backbones.mmaudio import winograd
from engine.backbones.mmaudio.convolution import Conv, channels_last, halves, over_time


class Gated(nn.Module):
    """w2(silu(w1 x) · w3 x), (batch, tokens, width) → the same shape."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.w1, self.w2, self.w3 = self.layer(width, inner), self.layer(inner, width), self.layer(width, inner)

    def layer(self, channels: int, out: int) -> nn.Module:
        return nn.Linear(channels, out, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.w2(F.silu(self.w1(x)) * self.w3(x))
        return out


class GatedConv(Gated):
    """The same with convolutions of one kernel size."""

    w1: Conv
    w2: Conv
    w3: Conv
    pair: Tensor | None = None
    """w1's and w3's weights as one, of which they are views."""
    quick: Tensor | None = None

    def __init__(self, width: int, inner: int, kernel: int) -> None:
        self.kernel = kernel
        super().__init__(width, inner)

    def layer(self, channels: int, out: int) -> nn.Module:
        return Conv(channels, out, self.kernel, bias=False)

    def quicken(self) -> None:
        """Lay the weights out for use without gradients, until they change; both that read x as one."""
        self.w2.quicken()
        pair = channels_last(torch.cat([self.w1.weight.data, self.w3.weight.data]))
        self.w1.weight.data, self.w3.weight.data = pair.chunk(2)
        self.pair = pair
        self.quick = winograd.transformed(pair) if halves(pair) else None

    def forward(self, x: Tensor) -> Tensor:
        if self.pair is None or torch.is_grad_enabled():
            return super().forward(x)
        both = over_time(x, self.pair) if self.quick is None else winograd.correlated(x, self.quick)
        gate, value = both.chunk(2, dim=-1)
        return self.w2(F.silu(gate) * value)

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Any:
        self.pair = self.quick = None
        return super()._apply(fn, recurse)

    def _load_from_state_dict(self, *args: Any, **kwargs: Any) -> None:
        self.pair = self.quick = None
        super()._load_from_state_dict(*args, **kwargs)

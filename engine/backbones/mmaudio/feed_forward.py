"""Feed-forward layers with a gate (SwiGLU, Shazeer 2020): on each token, or over neighbouring ones."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from engine.backbones.mmaudio.convolution import Conv


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

    def __init__(self, width: int, inner: int, kernel: int) -> None:
        self.kernel = kernel
        super().__init__(width, inner)

    def layer(self, channels: int, out: int) -> nn.Module:
        return Conv(channels, out, self.kernel, bias=False)

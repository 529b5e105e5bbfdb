"""Linear layers in whole numbers, for processors that multiply bytes faster than floats.

Weights are rounded once, with a scale for each output channel; inputs at each call, with a scale for each row, so that
one loud token does not cost the others their precision (the token-wise scheme of ZeroQuant, Yao et al. 2022). Products
are summed exactly, in 32 bits.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

STEPS = 127
"""The greatest whole number on either side of zero."""
ZERO = 128
"""What stands for zero among the inputs: unsigned bytes times signed ones is what processors have an order for."""
SMALLEST = 1e-12
ROWS = 256
"""Of a weight, rounded at a time."""


def vnni() -> bool:
    """Whether this processor multiplies bytes fast and without overflow (AVX512-VNNI and its followers)."""
    return bool(torch.cpu._is_vnni_supported())


class Int8Linear(nn.Module):
    """What `layer` computes, nearly: (…, in) float32 → (…, out) float32, on a CPU."""

    scale: Tensor
    bias: Tensor
    zeros: Tensor

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        weight = layer.weight.detach()
        whole, scale = torch.empty(weight.shape, dtype=torch.int8), torch.empty(len(weight))
        # A few rows at a time: whole layers' worth of passing arrays would leave the memory full of holes.
        for place in range(0, len(weight), ROWS):
            rows = weight[place : place + ROWS].float()
            step = rows.abs().amax(dim=1).clamp_(min=SMALLEST).div_(STEPS)
            scale[place : place + ROWS] = step
            whole[place : place + ROWS] = rows.div(step[:, None]).round_().to(torch.int8)
        self.register_buffer("scale", scale)
        bias = torch.zeros(len(weight)) if layer.bias is None else layer.bias.detach().to(torch.float32, copy=True)
        self.register_buffer("bias", bias)
        self.register_buffer("zeros", torch.zeros(len(weight), dtype=torch.int64))
        self.packed = torch.ops.onednn.qlinear_prepack(whole, None)

    def forward(self, x: Tensor) -> Tensor:
        rows = x.flatten(0, -2)
        # Two searches, and signed bytes turned into unsigned ones, take half of the time of one for both ends and of
        # making unsigned bytes from floats.
        greatest = torch.maximum(rows.amin(dim=1, keepdim=True).neg_(), rows.amax(dim=1, keepdim=True))
        step = greatest.clamp_(min=SMALLEST).div_(STEPS)
        whole = torch.div(rows, step).round_().to(torch.int8).view(torch.uint8).add_(ZERO)
        out = torch.ops.onednn.qlinear_pointwise(
            whole, 1.0, ZERO, self.packed, self.scale, self.zeros, None, 1.0, 0, torch.float32, "none", [], ""
        )
        return torch.addcmul(self.bias, out, step, out=out).view(*x.shape[:-1], -1)


def on_its_own(module: nn.Module) -> None:
    """Copy what is left in floats, so that nothing holds the file whose pages they lay in."""
    for parameter in module.parameters():
        parameter.data = parameter.data.to(torch.float32, copy=True)


def quantised(module: nn.Module) -> None:
    """Put an `Int8Linear` in the place of every linear layer inside `module`."""
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear):
            setattr(module, name, Int8Linear(child))
        else:
            quantised(child)

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
SMALLEST = 1e-12


def vnni() -> bool:
    """Whether this processor multiplies bytes fast and without overflow (AVX512-VNNI and its followers)."""
    return bool(torch.cpu._is_vnni_supported())


class Int8Linear(nn.Module):
    """What `layer` computes, nearly: (…, in) float32 → (…, out) float32, on a CPU."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        weight = layer.weight.detach().float()
        self.scale = weight.abs().amax(dim=1).clamp(min=SMALLEST) / STEPS
        # Laid out as torch._int_mm reads it fastest: (in, out), stored by output.
        self.weight = torch.round(weight / self.scale[:, None]).to(torch.int8).t()
        self.bias = None if layer.bias is None else layer.bias.detach().float()

    def forward(self, x: Tensor) -> Tensor:
        rows = x.flatten(0, -2)
        low, high = torch.aminmax(rows, dim=1, keepdim=True)
        step = torch.maximum(-low, high).clamp_(min=SMALLEST).div_(STEPS)
        whole = torch.div(rows, step).round_().to(torch.int8)
        out = torch._int_mm(whole, self.weight).float().mul_(step)
        out = out.mul_(self.scale) if self.bias is None else torch.addcmul(self.bias, out, self.scale, out=out)
        return out.view(*x.shape[:-1], -1)


def quantised(module: nn.Module) -> None:
    """Put an `Int8Linear` in the place of every linear layer inside `module`."""
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear):
            setattr(module, name, Int8Linear(child))
        else:
            quantised(child)

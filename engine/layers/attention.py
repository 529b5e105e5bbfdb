"""Attention's small parts: heads, and tokens from elsewhere that are attended to through a gate."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

FAR_BELOW = -1e4
"""What is added to a score so that its token is not heard; within half precision's range."""


def split(x: Tensor, heads: int) -> Tensor:
    """(batch, tokens, width) → (batch, heads, tokens, width / heads)."""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def unheard(heard: Tensor) -> Tensor:
    """A mask (batch, tokens) of those that are there → what is added to scores, (batch, tokens)."""
    return torch.where(heard, 0.0, FAR_BELOW)


def attended(q: Tensor, k: Tensor, v: Tensor, added: Tensor | None = None) -> Tensor:
    """Heads in, (batch, tokens, width) out; `added`: (batch, keys) onto the scores.

    On a CPU the products are written out: in bfloat16 that takes half the time of the fused kernel, its gradient a
    quarter.
    """
    mask = None if added is None else added[:, None, None].to(q.dtype)
    if q.device.type != "cpu":
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2)
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
    chances = (scores if mask is None else scores + mask).softmax(-1)
    return (chances.to(v.dtype) @ v).transpose(1, 2).flatten(2)


class Recall(nn.Module):
    """Keys and values of tokens that stand outside the sound, behind a gate that starts shut."""

    def __init__(self, given: int, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.kv = nn.Linear(given, 2 * width)
        self.norm = nn.LayerNorm(width // heads, elementwise_affine=False)
        self.gate = nn.Parameter(torch.zeros(width))

    def known(self, tokens: Tensor) -> Tensor:
        """tokens: (batch, m, given) → keys and values, (batch, 2, heads, m, width / heads): the same at every step."""
        k, v = self.kv(tokens).chunk(2, dim=-1)
        return torch.stack([self.norm(split(k, self.heads)), split(v * self.gate.to(v.dtype), self.heads)], dim=1)

    def forward(self, q: Tensor, known: Tensor, added: Tensor) -> Tensor:
        """q: (batch, heads, n, width / heads); added: (batch, m) onto the scores → (batch, n, width)."""
        keys, values = known.to(q.dtype).unbind(1)
        return attended(q, keys, values, added)

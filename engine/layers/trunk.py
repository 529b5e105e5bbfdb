"""A few plain transformer layers over a prompt's tokens: what a frozen encoder says, put the network's own way."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from engine.layers.attention import attended, split

WIDEN = 3


class Layer(nn.Module):
    """Attention and a feed-forward, each around a skip, normalised going in."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, WIDEN * width), nn.Linear(WIDEN * width, width)

    def forward(self, x: Tensor, added: Tensor) -> Tensor:
        q, k, v = (split(part, self.heads) for part in self.qkv(self.norm1(x)).chunk(3, dim=-1))
        x = x + self.out(attended(q, k, v, added))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Trunk(nn.Module):
    """(batch, tokens, width), and (batch, tokens) onto the scores of each → the same shape."""

    def __init__(self, width: int, heads: int, layers: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)

    def forward(self, tokens: Tensor, added: Tensor) -> Tensor:
        for layer in self.layers:
            tokens = layer(tokens, added)
        out: Tensor = self.norm(tokens)
        return out

"""Frieren's network: a rectified flow over a mel autoencoder's latent, picture and sound joined by channels.

The network and its embedder of picture alone; there is no codec here. Tensors have the published names. Source: Wang
et al. 2024, "Frieren: Efficient Video-to-Audio Generation with Rectified Flow Matching"; Frieren-V2A,
cfm/modules/diffusionmodules/concatDiT.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

TIME_FEATURES = 256
TIME_STEPS = 1000
"""The network hears whole thousandths of the way."""
PER_FEATURE = 8
"""Latent frames to a frame of picture features."""
WIDEN = 4


@dataclass(frozen=True)
class FrierenConfig:
    """channels: of the latent; features: of a frame of picture (CAVP), which the embedder makes `context` of."""

    channels: int = 20
    features: int = 512
    context: int = 768
    width: int = 576
    depth: int = 4
    heads: int = 8
    longest: int = 1000


class Embedder(nn.Sequential):
    """Picture features (batch, m, 512) → (batch, m, 768). Without a picture it is given zeros, and says its bias."""

    def __init__(self, config: FrierenConfig) -> None:
        super().__init__(nn.Linear(config.features, config.context))


class Time(nn.Module):
    """(batch,) whole thousandths → (batch, width)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(TIME_FEATURES, width), nn.SiLU(), nn.Linear(width, width))

    def forward(self, t: Tensor) -> Tensor:
        half = TIME_FEATURES // 2
        rates = torch.exp(-math.log(10_000) * torch.arange(half, dtype=torch.float32) / half).to(t.device)
        phases = t[:, None].float() * rates
        embedded: Tensor = self.mlp(torch.cat([phases.cos(), phases.sin()], dim=-1))
        return embedded


class Context(nn.Module):
    """(batch, m, context) → (batch, m, width)."""

    def __init__(self, context: int, width: int) -> None:
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(context, width), nn.GELU("tanh"), nn.Linear(width, width),
                                 nn.LayerNorm(width))

    def forward(self, context: Tensor) -> Tensor:
        made: Tensor = self.mlp(context)
        return made


class Positions(nn.Module):
    """Adds a learned vector for each place."""

    def __init__(self, longest: int, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(longest, width))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.weight[: x.shape[1]]


class SelfAttention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.to_q, self.to_k, self.to_v = (nn.Linear(width, width, bias=False) for _ in range(3))
        self.to_out = nn.Sequential(nn.Linear(width, width))

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = (layer(x).unflatten(-1, (self.heads, -1)).transpose(1, 2)
                   for layer in (self.to_q, self.to_k, self.to_v))
        out: Tensor = self.to_out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))
        return out


class GatedGelu(nn.Module):
    """(batch, channels, frames): a convolution's first half, gated by the GELU of its second (Shazeer 2020)."""

    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.proj = nn.Conv1d(channels, 2 * out, 9, padding=4)

    def forward(self, x: Tensor) -> Tensor:
        value, gate = self.proj(x).chunk(2, dim=1)
        return value * F.gelu(gate)


class FeedForward(nn.Module):
    """(batch, frames, width) → the same shape; neighbours are mixed."""

    def __init__(self, width: int) -> None:
        super().__init__()
        inner = WIDEN * width
        self.net = nn.Sequential(GatedGelu(width, inner), nn.Identity(), nn.Conv1d(inner, width, 9, padding=4))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.net(x.transpose(1, 2)).transpose(1, 2)
        return out


class Layer(nn.Module):
    """Attention twice, then the feed-forward, each around a skip."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.attn1, self.attn2 = SelfAttention(width, heads), SelfAttention(width, heads)
        self.ff = FeedForward(width)
        self.norm1, self.norm2, self.norm3 = (nn.LayerNorm(width) for _ in range(3))

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attn1(self.norm1(x))
        x = x + self.attn2(self.norm2(x))
        return x + self.ff(self.norm3(x))


class Block(nn.Module):
    """(batch, width, frames) → the same shape: a layer between two projections, around a skip."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(32, width, eps=1e-6)
        self.proj_in, self.proj_out = nn.Conv1d(width, width, 1), nn.Conv1d(width, width, 1)
        self.transformer_blocks = nn.ModuleList([Layer(width, heads)])

    def forward(self, x: Tensor) -> Tensor:
        inside = self.proj_in(self.norm(x)).transpose(1, 2)
        for layer in self.transformer_blocks:
            inside = layer(inside)
        return x + self.proj_out(inside.transpose(1, 2))


class FinalLayer(nn.Module):
    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        self.norm_final = nn.GroupNorm(16, width)
        self.conv1d = nn.Conv1d(width, out, 1)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.conv1d(self.norm_final(x))
        return out


class Frieren(nn.Module):
    """x: (batch, channels, frames), t: (batch,) whole thousandths, 0 noise; context: (batch, frames / 8, 768) from
    the embedder → velocity, like x."""

    def __init__(self, config: FrierenConfig) -> None:
        super().__init__()
        width = config.width
        self.t_embedder = Time(width)
        self.c_embedder = Context(config.context, width)
        self.proj_in = nn.Conv1d(config.channels, width, 5, padding=2)
        self.x_proj, self.c_proj = nn.Linear(width, width // 2), nn.Linear(width, width // 2)
        self.pos_emb = Positions(config.longest, width)
        self.blocks = nn.ModuleList(Block(width, config.heads) for _ in range(config.depth))
        self.final_layer = FinalLayer(width, config.channels)

    def forward(self, x: Tensor, t: Tensor, context: Tensor) -> Tensor:
        time = self.t_embedder(t)[:, None]
        seen = self.c_proj(self.c_embedder(context).repeat_interleave(PER_FEATURE, dim=1))
        sound = self.x_proj(self.proj_in(x).transpose(1, 2))
        tokens = self.pos_emb(torch.cat([time, torch.cat([sound, seen], dim=2)], dim=1)).transpose(1, 2)
        for block in self.blocks:
            tokens = block(tokens)
        velocity: Tensor = self.final_layer(tokens[..., 1:])
        return velocity


def times(points: int) -> list[float]:
    """`points` times from 0 to 1, each reached by adding up steps in float32, as the published sampler does."""
    even = torch.linspace(0, 1, points)
    found = [even[0]]
    for following in even[1:]:
        found.append(found[-1] + (following - found[-1]))
    return [float(t) for t in found]


def thousandths(t: float) -> int:
    """The time as the network hears it: whole, and never rounded up."""
    return int(TIME_STEPS * torch.tensor(t, dtype=torch.float32))

"""The first generation of this network, for cards that were made with it: words hashed, three conditions.

Source: VisioSonic (CVPR 2026): rectified flow; co-attention block with a zero-initialised text gate; modulation from
global video and text, time and per-frame conditions. Here the per-frame condition also carries the event curve.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.backbones.base import Conditions, Prepared
from engine.backbones.visiosonic.backbone import VisioSonicBackbone
from engine.backbones.visiosonic.network import time_waves
from engine.conditioning.text import WordEmbedding


@dataclass(frozen=True)
class FirstConfig:
    """The sizes on such a card."""

    channels: int = 32
    width: int = 256
    heads: int = 4
    blocks: int = 8
    widen: int = 3
    picture: int = 32
    text_width: int = 192
    text_rows: int = 8192
    longest_text: int = 24
    fusion: Literal["channels", "sequence"] = "channels"


def angles(positions: Tensor, width: int, base: float = 10_000.0) -> tuple[Tensor, Tensor]:
    """positions: (frames,) in any unit → cosine and sine, (frames, width // 2) each."""
    rates = base ** (-torch.arange(0, width, 2, device=positions.device, dtype=torch.float32) / width)
    turns = positions[:, None].float() * rates
    return turns.cos(), turns.sin()


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """x: (batch, heads, frames, width) → the same, neighbouring channels turned by their position's angle."""
    even, odd = x.float().unflatten(-1, (-1, 2)).unbind(-1)
    turned = torch.stack([even * cosine - odd * sine, even * sine + odd * cosine], dim=-1)
    return turned.flatten(-2).to(x.dtype)


class CoAttention(nn.Module):
    """Tokens attend to each other and, through a gate that starts shut, to the words of the prompt."""

    def __init__(self, config: FirstConfig) -> None:
        super().__init__()
        width, self.heads = config.width, config.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.words = nn.Linear(config.text_width, 2 * width)
        self.q_norm = nn.RMSNorm(width // self.heads)
        self.k_norm = nn.RMSNorm(width // self.heads)
        self.gate = nn.Parameter(torch.zeros(width))
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, turn: tuple[Tensor, Tensor], text: Tensor, heard: Tensor) -> Tensor:
        """x: (batch, tokens, width), text: (batch, words, text width), heard: (batch, words) mask."""
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in self.qkv(x).chunk(3, dim=-1))
        q, k = self.q_norm(q), self.k_norm(k)
        mixed = F.scaled_dot_product_attention(rotate(q, *turn).to(v.dtype), rotate(k, *turn).to(v.dtype), v)
        tk, tv = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in self.words(text).chunk(2, dim=-1))
        said = F.scaled_dot_product_attention(q.to(tv.dtype), tk, tv, attn_mask=heard[:, None, None])
        joined = mixed.transpose(1, 2).flatten(2) + self.gate * said.transpose(1, 2).flatten(2)
        return self.out(joined)


class Block(nn.Module):
    """Co-attention and a feed-forward, each scaled going in and gated going out by the modulation."""

    def __init__(self, config: FirstConfig) -> None:
        super().__init__()
        width = config.width
        self.norm1 = nn.LayerNorm(width, elementwise_affine=False)
        self.norm2 = nn.LayerNorm(width, elementwise_affine=False)
        self.attention = CoAttention(config)
        self.up = nn.Linear(width, config.widen * width)
        self.down = nn.Linear(config.widen * width, width)
        self.offset = nn.Parameter(torch.zeros(6, width))

    def forward(self, x: Tensor, shared: Tensor, turn: tuple[Tensor, Tensor], text: Tensor, heard: Tensor) -> Tensor:
        """shared: (batch, tokens, 6, width), the modulation that all blocks share; each adds an offset of its own."""
        scale1, shift1, gate1, scale2, shift2, gate2 = (shared + self.offset).unbind(2)
        x = x + gate1 * self.attention(self.norm1(x) * (1 + scale1) + shift1, turn, text, heard)
        return x + gate2 * self.down(F.gelu(self.up(self.norm2(x) * (1 + scale2) + shift2)))


class FirstVisioSonic(nn.Module):
    """Velocity of the flow at (x_t, t) under text, picture and event curve, each of which may be missing."""

    def __init__(self, config: FirstConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or FirstConfig()
        part = c.width // 2 if c.fusion == "channels" else c.width
        self.sound_in = nn.Linear(c.channels, part)
        self.picture_in = nn.Linear(c.picture + 2, part)
        self.text = WordEmbedding(c.text_rows, c.text_width, c.longest_text)
        self.no_text = nn.Parameter(torch.randn(c.text_width) * 0.02)
        self.no_picture = nn.Parameter(torch.zeros(c.picture))
        self.text_global = nn.Linear(c.text_width, c.width)
        self.picture_global = nn.Linear(c.picture, c.width)
        self.global_mlp = nn.Sequential(nn.Linear(c.width, c.width), nn.SiLU(), nn.Linear(c.width, c.width))
        self.time_mlp = nn.Sequential(nn.Linear(c.width, c.width), nn.SiLU(), nn.Linear(c.width, c.width))
        self.frame_mlp = nn.Sequential(
            nn.Conv1d(c.picture + 2, c.width, 5, padding=2), nn.SiLU(), nn.Conv1d(c.width, c.width, 3, padding=1)
        )
        self.modulation = nn.Linear(c.width, 6 * c.width)
        self.blocks = nn.ModuleList(Block(c) for _ in range(c.blocks))
        self.last = nn.LayerNorm(c.width, elementwise_affine=False)
        self.last_modulation = nn.Linear(c.width, 2 * c.width)
        self.leave = nn.Linear(c.width, c.channels)
        for layer in (self.modulation, self.last_modulation, self.leave):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def prepare(self, batch: int, frames: int, text: tuple[str, ...] | None, picture: Tensor | None,
                events: Tensor | None) -> Prepared:
        """What does not depend on the step. picture: (batch, frames, 32), events: (batch, frames), or None.

        An empty prompt is a missing one. Raises ValueError when lengths do not agree.
        """
        device = self.no_text.device
        if picture is not None and picture.shape[:2] != (batch, frames):
            raise ValueError(f"picture features are {tuple(picture.shape)}, wanted ({batch}, {frames}, …)")
        if events is not None and events.shape != (batch, frames):
            raise ValueError(f"the event curve is {tuple(events.shape)}, wanted ({batch}, {frames})")
        words, heard = self.words(text if text is not None else ("",) * batch)
        seen = self.no_picture.expand(batch, frames, -1) if picture is None else picture
        curve = torch.zeros(batch, frames, device=device) if events is None else events
        known = torch.full((batch, frames), 0.0 if events is None else 1.0, device=device)
        return self.joined(words, heard, seen, curve, known)

    def words(self, prompts: tuple[str, ...]) -> tuple[Tensor, Tensor]:
        """(batch, words, text width) and a mask (batch, words); an empty prompt is one learned word."""
        words, heard = self.text(prompts)
        silent = ~heard.any(dim=1, keepdim=True) & (torch.arange(heard.shape[1], device=heard.device) == 0)
        return torch.where(silent[..., None], self.no_text.to(words.dtype), words), heard | silent

    def joined(self, words: Tensor, heard: Tensor, seen: Tensor, curve: Tensor, known: Tensor) -> Prepared:
        """words (b, w, text width), heard (b, w), seen (b, n, 32), curve and known (b, n) → Prepared."""
        weight = heard[..., None].to(words.dtype)
        said = (words * weight).sum(1) / weight.sum(1).clamp(min=1)
        whole = self.global_mlp(self.text_global(said) + self.picture_global(seen.mean(1)))
        frame = torch.cat([seen, curve[..., None], known[..., None]], dim=-1)
        local = self.frame_mlp(frame.transpose(1, 2)).transpose(1, 2)
        return Prepared({"words": words, "heard": heard, "modulation": whole[:, None] + local,
                         "picture": self.picture_in(frame)})

    def forward(self, x: Tensor, t: Tensor, prepared: Prepared) -> Tensor:
        """x: (batch, frames, 32), t: (batch,) → velocity (batch, frames, 32)."""
        given = prepared.tensors
        frames = x.shape[1]
        steps = self.time_mlp(time_waves(t, self.config.width).to(x.dtype))[:, None]
        shared_in = F.silu(given["modulation"] + steps)
        sound, picture = self.sound_in(x), given["picture"]
        positions = torch.arange(frames, device=x.device)
        if self.config.fusion == "channels":
            h = torch.cat([sound, picture], dim=-1)
        else:
            h, positions = torch.cat([sound, picture], dim=1), positions.repeat(2)
            shared_in = shared_in.repeat(1, 2, 1)
        turn = angles(positions, self.config.width // self.config.heads)
        shared = self.modulation(shared_in).unflatten(-1, (6, -1))
        for block in self.blocks:
            h = block(h, shared, turn, given["words"], given["heard"])
        h, shared_in = h[:, :frames], shared_in[:, :frames]
        scale, shift = self.last_modulation(shared_in).chunk(2, dim=-1)
        return self.leave(self.last(h) * (1 + scale) + shift)


class FirstBackbone(VisioSonicBackbone):
    """The backbone around such a network."""

    def prepare(self, conditions: Conditions) -> Prepared:
        frames, _ = self.latent_shape(conditions.seconds)
        sizes = {len(part) for part in (conditions.text, conditions.picture, conditions.events) if part is not None}
        prepared: Prepared = self.module.prepare(  # type: ignore[call-arg]
            sizes.pop() if sizes else 1, frames, conditions.text, conditions.picture, conditions.events)  # type: ignore[arg-type]
        return prepared


def network(sizes: dict[str, Any]) -> Any:
    return FirstVisioSonic(FirstConfig(**sizes))

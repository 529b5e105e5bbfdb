"""MMAudio's transformer blocks: three streams that attend together, then the sound's alone.

Source: Cheng et al. 2024 (MMAudio, section 3); hkchengrex/MMAudio, mmaudio/model/transformer_layers.py.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.backbones.mmaudio.convolution import Conv
from engine.backbones.mmaudio.feed_forward import Gated, GatedConv
from engine.backbones.mmaudio.rotary import turned

LAYER_EPS = 1e-5
RMS_EPS = 1.19e-7
KERNEL = 3


class Heads(NamedTuple):
    """Queries, keys and values: (batch, heads, tokens, channels)."""

    q: Tensor
    k: Tensor
    v: Tensor


class Streams(NamedTuple):
    """The three kinds of token: (batch, tokens, width) each."""

    latent: Tensor
    clip: Tensor
    text: Tensor


class Condition(NamedTuple):
    """What modulates a stream, after its SiLU. rows: (batch, tokens or 1, width), or (rows, width) of which `places`,
    (batch, tokens), takes one for each token."""

    rows: Tensor
    places: Tensor | None = None


def modulation(layer: nn.Module, condition: Condition, parts: int) -> tuple[Tensor, ...]:
    """What an adaptive layer norm's linear layer makes of a condition, in `parts` of the network's width."""
    made: Tensor = layer(condition.rows)
    if condition.places is not None:
        made = F.embedding(condition.places, made)
    return made.chunk(parts, dim=-1)


def modulated(x: Tensor, shift: Tensor, scale: Tensor) -> Tensor:
    """Layer normalisation whose gain and offset come from the condition."""
    return torch.addcmul(shift, F.layer_norm(x, x.shape[-1:], eps=LAYER_EPS), 1 + scale)


def attended(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """(batch, heads, tokens, channels) → (batch, tokens, heads · channels)."""
    return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)


class Attention(nn.Module):
    """Only its way in; its way out belongs to the block, since streams attend together."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.q_norm, self.k_norm = (nn.RMSNorm(width // heads, eps=RMS_EPS) for _ in range(2))

    def forward(self, x: Tensor, turns: Tensor | None) -> Heads:
        """The published layout has query, key and value as the innermost of (heads, channels, 3)."""
        q, k, v = self.qkv(x).unflatten(-1, (self.heads, -1, 3)).unbind(-1)
        q, k = self.q_norm(q), self.k_norm(k)
        if turns is not None:
            q, k = turned(q, turns), turned(k, turns)
        return Heads(q.transpose(1, 2), k.transpose(1, 2), v.contiguous().transpose(1, 2))


class SingleBlock(nn.Module):
    """One stream's attention and feed-forward, both modulated by its condition.

    conv: neighbouring tokens are mixed (sound and picture), or not (text); last: nothing comes after attention, which
    only its keys and values serve.
    """

    def __init__(self, width: int, inner: int, heads: int, conv: bool, last: bool = False) -> None:
        super().__init__()
        self.last = last
        self.attn = Attention(width, heads)
        self.adaLN_modulation = nn.Sequential(nn.SiLU(), nn.Linear(width, (2 if last else 6) * width))
        if not last:
            self.linear1 = Conv(width, width, KERNEL) if conv else nn.Linear(width, width)
            self.ffn = GatedConv(width, inner, KERNEL) if conv else Gated(width, inner)

    def modulation(self, condition: Condition) -> tuple[Tensor, ...]:
        """shift, scale, gate of attention, then of the feed-forward; the SiLU is the condition's."""
        return modulation(self.adaLN_modulation[1], condition, 2 if self.last else 6)

    def heads(self, x: Tensor, parts: tuple[Tensor, ...], turns: Tensor | None) -> Heads:
        heads: Heads = self.attn(modulated(x, parts[0], parts[1]), turns)
        return heads

    def after(self, x: Tensor, heard: Tensor, parts: tuple[Tensor, ...]) -> Tensor:
        _, _, gate, shift, scale, gate_ffn = parts
        x = torch.addcmul(x, gate, self.linear1(heard))
        return torch.addcmul(x, gate_ffn, self.ffn(modulated(x, shift, scale)))

    def forward(self, x: Tensor, condition: Condition, turns: Tensor) -> Tensor:
        """The stream by itself."""
        parts = self.modulation(condition)
        return self.after(x, attended(*self.heads(x, parts, turns)), parts)


class JointBlock(nn.Module):
    """Sound, picture and text, each with weights of its own, in one attention."""

    def __init__(self, width: int, inner: int, heads: int, last: bool) -> None:
        super().__init__()
        self.last = last
        self.latent_block = SingleBlock(width, inner, heads, conv=True)
        self.clip_block = SingleBlock(width, inner, heads, conv=True, last=last)
        self.text_block = SingleBlock(width, inner, heads, conv=False, last=last)

    def forward(self, streams: Streams, frames: Condition, whole: Condition, turns: Tensor,
                clip_turns: Tensor) -> Streams:
        """`frames`: the sound's condition; `whole`: that of picture and text."""
        blocks = self.latent_block, self.clip_block, self.text_block
        parts = [block.modulation(frames if i == 0 else whole) for i, block in enumerate(blocks)]
        heads = [block.heads(x, part, by) for block, x, part, by in
                 zip(blocks, streams, parts, (turns, clip_turns, None), strict=True)]
        keys, values = (torch.cat([part[i] for part in heads], dim=2) for i in (1, 2))
        queries = heads[0].q if self.last else torch.cat([part.q for part in heads], dim=2)
        heard = attended(queries, keys, values)
        if self.last:
            return Streams(self.latent_block.after(streams.latent, heard, parts[0]), streams.clip, streams.text)
        each = heard.split([x.shape[1] for x in streams], dim=1)
        return Streams(*(block.after(x, one, part)
                         for block, x, one, part in zip(blocks, streams, each, parts, strict=True)))


class FinalLayer(nn.Module):
    """To the latent's channels. It is modulated by the whole's condition, not by each frame's, as published."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        self.adaLN_modulation = nn.Sequential(nn.SiLU(), nn.Linear(width, 2 * width))
        self.conv = Conv(width, out, 7)

    def forward(self, x: Tensor, whole: Condition) -> Tensor:
        shift, scale = modulation(self.adaLN_modulation[1], whole, 2)
        out: Tensor = self.conv(modulated(x, shift, scale))
        return out

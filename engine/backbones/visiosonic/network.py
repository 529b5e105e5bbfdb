"""VisioSonic's transformer: video and audio tokens aligned in time and fused, text joined by gated co-attention.

Source: VisioSonic (CVPR 2026): rectified flow; co-attention block with a zero-initialised text gate; modulation from
global video and text, time and per-frame conditions. Here the per-frame condition also carries the event curve, what
the picture shows stands beside the words, and a reference sound's latents are attended to through a gate of their own
(AvSyncDiff's prompt-audio attention, there over EnCodec's embeddings).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.backbones.base import Prepared
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.layers.attention import Recall, attended, split, unheard
from engine.layers.rope import angles, rotate
from engine.layers.trunk import Trunk

REFERENCE_FRAMES = 64
"""Most latent frames kept of a reference sound: 3 s."""

QUERY_GAIN = 1.5
"""How sharply attention starts out, where queries and keys are normalised."""


@dataclass(frozen=True)
class Given:
    """The conditions of a batch, each with a mask of the rows (b,) or tokens that have it; what has not is zero.

    words (b, w, 384) with heard (b, w); whole (b, 384); picture (b, n, 32); seen (b, 384); curve (b, n);
    reference (b, m, 32) with reference_heard (b, m). A row without a word heard has no text, and so on.
    """

    words: Tensor
    heard: Tensor
    whole: Tensor
    picture: Tensor
    has_picture: Tensor
    seen: Tensor
    has_seen: Tensor
    curve: Tensor
    has_events: Tensor
    reference: Tensor
    reference_heard: Tensor


@dataclass(frozen=True)
class Outside:
    """What a block's tokens attend to beside the sound: what it knows of words and of the reference
    (`Recall.known`), each with what is added to the scores of those that are not there."""

    words: Tensor
    unheard: Tensor
    reference: Tensor
    reference_unheard: Tensor


def time_waves(t: Tensor, width: int) -> Tensor:
    """(batch,) in 0..1 → (batch, width) cosines and sines."""
    rates = torch.exp(-math.log(10_000) * torch.arange(width // 2, device=t.device) / (width // 2))
    turns = 1000 * t[:, None].float() * rates
    return torch.cat([turns.cos(), turns.sin()], dim=-1)


class CoAttention(nn.Module):
    """Tokens attend to each other and, through gates that start shut, to the words and to the reference sound."""

    def __init__(self, config: VisioSonicConfig) -> None:
        super().__init__()
        width, self.heads = config.width, config.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.norm = nn.LayerNorm(width // self.heads, elementwise_affine=False)
        self.sharpness = nn.Parameter(torch.full((self.heads, 1), QUERY_GAIN))
        self.words = Recall(config.sentence, width, self.heads) if config.text_attention == "co" else None
        self.reference = Recall(width, width, self.heads)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, turn: tuple[Tensor, Tensor], outside: Outside) -> Tensor:
        """x: (batch, tokens, width) → the same shape."""
        asked = self.qkv(x).unflatten(-1, (3, self.heads, -1))
        asking = self.norm(asked[:, :, :2])
        turned = rotate(asking, *turn)
        q, k, v = (part.transpose(1, 2) for part in (turned[:, :, 0], turned[:, :, 1], asked[:, :, 2]))
        sharpness = self.sharpness[:, :, None].to(q.dtype)
        mixed = attended(q * sharpness, k, v)
        alone = asking[:, :, 0].transpose(1, 2) * sharpness
        mixed = mixed + self.reference(alone, outside.reference, outside.reference_unheard)
        if self.words is not None:
            mixed = mixed + self.words(alone, outside.words, outside.unheard)
        out: Tensor = self.out(mixed)
        return out


class WordAttention(nn.Module):
    """The plain way for text: an attention layer of its own. (batch, tokens, width) → what is added to it."""

    def __init__(self, config: VisioSonicConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.norm = nn.LayerNorm(config.width)
        self.ask = nn.Linear(config.width, config.width)
        self.words = Recall(config.sentence, config.width, config.heads)
        self.out = nn.Linear(config.width, config.width)
        nn.init.ones_(self.words.gate)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor, outside: Outside) -> Tensor:
        asking = split(self.ask(self.norm(x)), self.heads)
        out: Tensor = self.out(self.words(asking, outside.words, outside.unheard))
        return out


class Block(nn.Module):
    """Co-attention and a feed-forward, each scaled going in and gated going out by the modulation."""

    def __init__(self, config: VisioSonicConfig) -> None:
        super().__init__()
        width = config.width
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = CoAttention(config)
        self.cross = WordAttention(config) if config.text_attention == "cross" else None
        self.up = nn.Linear(width, config.widen * width)
        self.down = nn.Linear(config.widen * width, width)

    def forward(self, x: Tensor, shared: tuple[Tensor, ...], turn: tuple[Tensor, Tensor],
                outside: Outside) -> Tensor:
        """x: (batch, tokens, width); shared: two scales and two gates of that shape, the same for all blocks."""
        scale1, gate1, scale2, gate2 = shared
        x = torch.addcmul(x, gate1, self.attention(self.norm1(x) * scale1, turn, outside))
        if self.cross is not None:
            x = x + self.cross(x, outside)
        return torch.addcmul(x, gate2, self.down(F.gelu(self.up(self.norm2(x) * scale2))))

    def known(self, words: Tensor, reference: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of words (b, w, 384) and of a reference (b, m, width)."""
        said = self.cross.words if self.cross is not None else self.attention.words
        assert said is not None, "words are attended to in one place or the other"
        return said.known(words), self.attention.reference.known(reference)


class VisioSonic(nn.Module):
    """Velocity of the flow at (x_t, t) under text, picture, event curve and reference, each of which may be missing."""

    def __init__(self, config: VisioSonicConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or VisioSonicConfig()
        part = c.width // 2 if c.fusion == "channels" else c.width
        self.sound_in = nn.Linear(c.channels, part)
        self.picture_in = nn.Linear(c.picture + 2, part)
        self.trunk = Trunk(c.sentence, c.trunk_heads, c.trunk)
        self.seen_token = nn.Linear(c.sentence, c.sentence)
        self.reference_in = nn.Linear(c.channels, c.width)
        self.reference_place = nn.Parameter(torch.randn(REFERENCE_FRAMES, c.width) * 0.02)
        self.kinds = nn.Parameter(torch.randn(2, c.sentence) * 0.02)
        self.no_words = nn.Parameter(torch.randn(c.sentence) * 0.02)
        self.no_whole = nn.Parameter(torch.zeros(c.sentence))
        self.no_picture = nn.Parameter(torch.zeros(c.picture))
        self.no_seen = nn.Parameter(torch.zeros(c.sentence))
        self.no_reference = nn.Parameter(torch.randn(c.width) * 0.02)
        self.no_timbre = nn.Parameter(torch.zeros(2 * c.channels))
        self.text_global = nn.Linear(c.sentence, c.width)
        self.seen_global = nn.Linear(c.sentence, c.width)
        self.picture_global = nn.Linear(c.picture, c.width)
        self.timbre_global = nn.Linear(2 * c.channels, c.width)
        self.global_mlp = nn.Sequential(nn.Linear(c.width, c.width), nn.SiLU(), nn.Linear(c.width, c.width))
        self.time_mlp = nn.Sequential(nn.Linear(c.width, c.width), nn.SiLU(), nn.Linear(c.width, c.width))
        self.frame_mlp = nn.Sequential(
            nn.Conv1d(c.picture + 2, c.width, 5, padding=2), nn.SiLU(), nn.Conv1d(c.width, c.width, 3, padding=1)
        )
        self.modulation = nn.Linear(c.width, 4 * c.width)
        self.blocks = nn.ModuleList(Block(c) for _ in range(c.blocks))
        self.last = nn.LayerNorm(c.width, elementwise_affine=False)
        self.last_modulation = nn.Linear(c.width, 2 * c.width)
        self.leave = nn.Linear(c.width, c.channels)
        for layer in (self.modulation, self.last_modulation, self.leave):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def prepare(self, given: Given) -> Prepared:
        """What does not depend on the step."""
        batch, frames = given.curve.shape
        words, heard = self._words(given)
        reference, reference_heard = self._reference(given)
        picture = torch.where(given.has_picture[:, None, None], given.picture, self.no_picture)
        told = given.has_events[:, None].to(picture.dtype).expand(batch, frames)
        frame = torch.cat([picture, (given.curve * told)[..., None], told[..., None]], dim=-1)
        local = self.frame_mlp(frame.transpose(1, 2)).transpose(1, 2)
        known = [block.known(words, reference) for block in self.blocks]  # type: ignore[operator]
        return Prepared({"words": torch.stack([said for said, _ in known], dim=1), "heard": heard,
                         "reference": torch.stack([like for _, like in known], dim=1),
                         "reference_heard": reference_heard,
                         "modulation": self._whole(given, picture)[:, None] + local, "picture": self.picture_in(frame)})

    def _words(self, given: Given) -> tuple[Tensor, Tensor]:
        """Tokens (b, 1 + w, 384) of what is seen and said, and which of them are there; one learned word at least."""
        said = given.heard.any(dim=1)
        first = torch.where(said[:, None], given.words[:, 0], self.no_words)
        words = torch.cat([first[:, None], given.words[:, 1:]], dim=1) + self.kinds[0]
        seen = torch.where(given.has_seen[:, None], self.seen_token(given.seen), self.no_seen) + self.kinds[1]
        heard = torch.cat([torch.ones_like(said)[:, None], given.heard | _first(given.heard)], dim=1)
        return self.trunk(torch.cat([seen[:, None], words], dim=1), unheard(heard)), heard

    def _reference(self, given: Given) -> tuple[Tensor, Tensor]:
        """Tokens (b, 1 + m, width) of the reference sound behind a learned one that stands for none."""
        batch, frames = given.reference_heard.shape
        tokens = self.reference_in(given.reference) + self.reference_place[:frames]
        nothing = self.no_reference.to(tokens.dtype).expand(batch, 1, -1)
        always = given.reference_heard.new_ones(batch, 1)
        return torch.cat([nothing, tokens], dim=1), torch.cat([always, given.reference_heard], dim=1)

    def _whole(self, given: Given, picture: Tensor) -> Tensor:
        """(b, width): what is said and seen, how it moves, and what the reference sounds like on the whole."""
        said = torch.where(given.heard.any(dim=1)[:, None], given.whole, self.no_whole)
        seen = torch.where(given.has_seen[:, None], given.seen, self.no_seen)
        timbre = torch.where(given.reference_heard.any(dim=1)[:, None], _mean_and_spread(given), self.no_timbre)
        whole: Tensor = self.global_mlp(self.text_global(said) + self.seen_global(seen)
                                        + self.picture_global(picture.mean(1)) + self.timbre_global(timbre))
        return whole

    def forward(self, x: Tensor, t: Tensor, prepared: Prepared) -> Tensor:
        """x: (batch, frames, 32), t: (batch,) → velocity (batch, frames, 32)."""
        given, frames = prepared.tensors, x.shape[1]
        no_word, no_reference = unheard(given["heard"]), unheard(given["reference_heard"])
        with torch.autocast(x.device.type, enabled=False):
            steps = self.time_mlp(time_waves(t, self.config.width).to(x.dtype))[:, None]
            shared_in = F.silu(given["modulation"] + steps)
        sound, picture = self.sound_in(x), given["picture"]
        h = torch.cat([sound, picture.to(sound.dtype)], dim=-1 if self.config.fusion == "channels" else 1)
        positions = torch.arange(frames, device=x.device).repeat(h.shape[1] // frames)
        turn = angles(positions, self.config.width // self.config.heads)
        shared = self._shared(shared_in.repeat(1, h.shape[1] // frames, 1))
        for i, block in enumerate(self.blocks):
            outside = Outside(given["words"][:, i], no_word, given["reference"][:, i], no_reference)
            h = block(h, shared, turn, outside)
        scale, shift = self.last_modulation(shared_in).chunk(2, dim=-1)
        with torch.autocast(x.device.type, enabled=False):
            velocity: Tensor = self.leave((self.last(h[:, :frames]) * (1 + scale) + shift).to(x.dtype))
        return velocity

    def _shared(self, modulation: Tensor) -> tuple[Tensor, ...]:
        """Scales around 1 and gates around 0, (b, tokens, width) each."""
        scale1, gate1, scale2, gate2 = self.modulation(modulation).chunk(4, dim=-1)
        return 1 + scale1, gate1.contiguous(), 1 + scale2, gate2.contiguous()


def _first(heard: Tensor) -> Tensor:
    """The mask (w,) of the first token alone."""
    return torch.arange(heard.shape[1], device=heard.device) == 0


def _mean_and_spread(given: Given) -> Tensor:
    """(b, 64): mean and standard deviation of the reference's channels over its frames."""
    there = given.reference_heard[..., None].to(given.reference.dtype)
    count = there.sum(1).clamp(min=1)
    mean = (given.reference * there).sum(1) / count
    spread = ((given.reference - mean[:, None]).square() * there).sum(1) / count
    return torch.cat([mean, (spread + 1e-6).sqrt()], dim=-1)

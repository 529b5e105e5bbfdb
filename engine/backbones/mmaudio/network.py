"""MMAudio's network: a rectified flow over an audio autoencoder's latent, given picture, its motion, and words.

Source: Cheng et al. 2024, "Taming Multimodal Joint Training for High-Quality Video-to-Audio Synthesis";
hkchengrex/MMAudio, mmaudio/model/networks.py. Tensors have the published names.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.weak import WeakTensorKeyDictionary

from engine.backbones.mmaudio.blocks import Condition, FinalLayer, JointBlock, SingleBlock, Streams
from engine.backbones.mmaudio.config import SEGMENT_TOKENS, MMAudioConfig
from engine.backbones.mmaudio.convolution import Conv
from engine.backbones.mmaudio.feed_forward import Gated, GatedConv
from engine.backbones.mmaudio.rotary import turns
from engine.backbones.mmaudio.shared_rows import shared
from engine.backbones.mmaudio.time_embedding import TimeEmbedding


class MMAudio(nn.Module):
    """`prepare` once for each set of conditions, then `forward` at each step."""

    latent_mean: Tensor
    latent_std: Tensor

    def __init__(self, config: MMAudioConfig) -> None:
        super().__init__()
        self.config = config
        width, inner, heads = config.width, config.inner, config.heads
        self._shared: WeakTensorKeyDictionary = WeakTensorKeyDictionary()
        middle: list[nn.Module] = [nn.SiLU()] if config.v2 else []
        bent = nn.SiLU if config.v2 else nn.SELU
        self.sync_pos_emb = nn.Parameter(torch.zeros(1, 1, SEGMENT_TOKENS, config.sync_dim))
        self.register_buffer("latent_mean", torch.zeros(1, 1, config.latent_dim))
        self.register_buffer("latent_std", torch.ones(1, 1, config.latent_dim))
        self.empty_string_feat = nn.Parameter(torch.zeros(config.text_tokens, config.text_dim))
        self.empty_clip_feat = nn.Parameter(torch.zeros(1, config.clip_dim))
        self.empty_sync_feat = nn.Parameter(torch.zeros(1, config.sync_dim))
        self.audio_input_proj = nn.Sequential(Conv(config.latent_dim, width, 7), bent(), GatedConv(width, inner, 7))
        self.clip_input_proj = nn.Sequential(nn.Linear(config.clip_dim, width), *middle, GatedConv(width, inner, 3))
        self.sync_input_proj = nn.Sequential(Conv(config.sync_dim, width, 7), bent(), GatedConv(width, inner, 3))
        self.text_input_proj = nn.Sequential(nn.Linear(config.text_dim, width), *middle, Gated(width, inner))
        self.clip_cond_proj = nn.Linear(width, width)
        self.text_cond_proj = nn.Linear(width, width)
        self.global_cond_mlp = Gated(width, inner)
        self.final_layer = FinalLayer(width, config.latent_dim)
        self.t_embed = TimeEmbedding(width, config.time_features, config.time_scale)
        self.joint_blocks = nn.ModuleList(JointBlock(width, inner, heads, last=i == config.joint_depth - 1)
                                          for i in range(config.joint_depth))
        self.fused_blocks = nn.ModuleList(SingleBlock(width, inner, heads, conv=True)
                                          for _ in range(config.fused_depth))

    @property
    def quickened(self) -> bool:
        return all(module.pair is not None for module in self.clip_input_proj if isinstance(module, GatedConv))

    def quicken(self) -> MMAudio:
        """Lay the weights out for use without gradients; the same to rounding. Returns itself.

        Moving the network or loading into it undoes this. On a CPU in float32 it takes about one and a half times the
        weights' memory more, and halves the time of a step.
        """
        for module in self.modules():
            if isinstance(module, GatedConv):
                module.quicken()
        for block in self.modules():
            if isinstance(block, SingleBlock) and not block.last and isinstance(block.linear1, Conv):
                block.linear1.quicken()
        return self

    def prepare(self, clip: Tensor | None, sync: Tensor | None, text: Tensor | None, frames: int, batch: int,
                clip_frames: int | None = None, segments: int | None = None) -> dict[str, Tensor]:
        """Everything that does not depend on the step; all tensors batch first.

        clip: (b, frames of picture, 1024) of CLIP; sync: (b, segments, 8, 768) of Synchformer; text: (b, 77, 1024);
        b is `batch` or 1. None stands for the learned empty features, of `clip_frames` and `segments` where they are
        named, else of as many as the other condition's or so many latent frames' sound would have.
        """
        seconds = frames / self.config.latent_rate
        if clip is None:
            count = clip_frames if clip_frames is not None else max(1, self.config.clip_frames(seconds))
            clip = self.empty_clip_feat.expand(1, count, -1)
        if sync is None:
            count = segments if segments is not None else max(1, self.config.sync_segments(seconds))
            sync = self.empty_sync_feat.expand(1, count, SEGMENT_TOKENS, -1)
        if text is None:
            text = self.empty_string_feat[None]
        clip, sync, text = (part.to(self.sync_pos_emb) for part in (clip, sync, text))
        in_clip = self.clip_input_proj(clip)
        in_text = self.text_input_proj(text)
        in_sync = self.sync_input_proj((sync + self.sync_pos_emb).flatten(1, 2))
        whole = self.global_cond_mlp(self.clip_cond_proj(in_clip.mean(1)) + self.text_cond_proj(in_text.mean(1)))
        in_sync = in_sync[:, _nearest(in_sync.shape[1], frames).to(in_sync.device)]
        prepared = {"clip": in_clip, "text": in_text, "sync": in_sync, "whole": whole}
        return {name: part.expand(batch, *part.shape[1:]) for name, part in prepared.items()}

    def forward(self, x: Tensor, t: Tensor, prepared: dict[str, Tensor]) -> Tensor:
        """x: (batch, frames, channels), normalised; t: (batch,), 0 is noise and 1 data → velocity, like x."""
        kind, width = x.dtype, self.config.head
        x = self.audio_input_proj(x.to(self.sync_pos_emb.dtype))
        time = self.t_embed(t).to(x.dtype)
        of_whole = Condition(F.silu(time + prepared["whole"])[:, None])
        of_frames = self._of_frames(time, t, prepared)
        streams = Streams(x, prepared["clip"], prepared["text"])
        frames, pictures = x.shape[1], streams.clip.shape[1]
        around = turns(frames, width, 1.0, x.device)
        clip_around = turns(pictures, width, frames / pictures, x.device)
        for block in self.joint_blocks:
            streams = block(streams, of_frames, of_whole, around, clip_around)
        x = streams.latent
        for block in self.fused_blocks:
            x = block(x, of_frames, around)
        velocity: Tensor = self.final_layer(x, of_whole)
        return velocity.to(kind)

    def _of_frames(self, time: Tensor, t: Tensor, prepared: dict[str, Tensor]) -> Condition:
        """The condition of each frame; once for all that are alike, where every row is at the same time."""
        if torch.is_grad_enabled() or not _one_time(t):
            return Condition(F.silu((time + prepared["whole"])[:, None] + prepared["sync"]))
        known = self._shared.get(prepared["sync"])
        if known is None or known[0] is not prepared["whole"]:
            known = prepared["whole"], shared(prepared["whole"][:, None] + prepared["sync"])
            self._shared[prepared["sync"]] = known
        rows, places = known[1]
        return Condition(F.silu(time[:1] + rows), places)

    def to_sound_space(self, latent: Tensor) -> Tensor:
        """(batch, frames, channels) as the network speaks of it → as the autoencoder does."""
        return latent * self.latent_std.to(latent) + self.latent_mean.to(latent)

    def to_network_space(self, latent: Tensor) -> Tensor:
        """The way back: of mean 0 and deviation 1."""
        return (latent - self.latent_mean.to(latent)) / self.latent_std.to(latent)


def _one_time(t: Tensor) -> bool:
    """Whether all of a batch is at one time, as far as can be told without waiting for a device."""
    return len(t) == 1 or t.stride(0) == 0 or (t.device.type == "cpu" and bool((t == t[0]).all()))


def _nearest(count: int, frames: int) -> Tensor:
    """(frames,) which of `count` tokens each frame takes: the nearest.

    Ties are broken as PyTorch's CPU kernel does in float32, on whatever device the network is.
    """
    places = torch.arange(count, dtype=torch.float32)[None, None]
    return F.interpolate(places, size=frames, mode="nearest-exact")[0, 0].long()

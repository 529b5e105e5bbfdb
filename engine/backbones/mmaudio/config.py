"""The sizes of MMAudio's networks, and the lengths that follow from a sound's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

HEAD = 64
"""Channels of one attention head."""
CLIP_RATE, SYNC_RATE = 8, 25
"""Frames of picture a second that CLIP and Synchformer look at."""
SEGMENT, STRIDE = 16, 8
"""Synchformer's segments, in frames: their length, and from one to the next."""
SEGMENT_TOKENS = 8
STRETCH = 2
"""Mel frames to a latent frame."""
LONGEST_S = 8.0
"""What the networks were trained on."""
SHORTEST_S = 0.64
"""One segment of Synchformer."""


@dataclass(frozen=True)
class MMAudioConfig:
    """One network. `hop`: samples to a mel frame; `v2`: the later generation, whose time is embedded 10000 times
    finer and whose input layers use SiLU. The sizes are free, so that tests can build a tiny one.

    Source: hkchengrex/MMAudio, mmaudio/model/networks.py and sequence_config.py.
    """

    name: str
    latent_dim: int
    heads: int
    depth: int
    fused_depth: int
    v2: bool
    sample_rate: int
    hop: int
    head: int = HEAD
    clip_dim: int = 1024
    sync_dim: int = 768
    text_dim: int = 1024
    text_tokens: int = 77

    @property
    def width(self) -> int:
        return self.heads * self.head

    @property
    def joint_depth(self) -> int:
        return self.depth - self.fused_depth

    @property
    def inner(self) -> int:
        """Channels inside a feed-forward: two thirds of four times the width, up to a multiple of 256."""
        return 256 * math.ceil(int(2 * 4 * self.width / 3) / 256)

    @property
    def time_features(self) -> int:
        return self.width if self.v2 else 256

    @property
    def time_scale(self) -> float:
        return 10_000.0 if self.v2 else 1.0

    @property
    def latent_rate(self) -> float:
        """Latent frames a second."""
        return self.sample_rate / self.hop / STRETCH

    def latent_frames(self, seconds: float) -> int:
        return math.ceil(seconds * self.sample_rate / self.hop / STRETCH)

    def samples(self, frames: int) -> int:
        """Samples that so many latent frames decode to."""
        return frames * self.hop * STRETCH

    def clip_frames(self, seconds: float) -> int:
        return int(seconds * CLIP_RATE)

    def sync_segments(self, seconds: float) -> int:
        return max(0, int((seconds * SYNC_RATE - SEGMENT) // STRIDE + 1))


VARIANTS = {
    config.name: config
    for config in (
        MMAudioConfig("small_16k", 20, 7, 12, 8, False, 16_000, 256),
        MMAudioConfig("small_44k", 40, 7, 12, 8, False, 44_100, 512),
        MMAudioConfig("medium_44k", 40, 14, 12, 8, False, 44_100, 512),
        MMAudioConfig("large_44k", 40, 14, 21, 14, False, 44_100, 512),
        MMAudioConfig("large_44k_v2", 40, 14, 21, 14, True, 44_100, 512),
    )
}


def recognise(shapes: Mapping[str, tuple[int, ...]]) -> MMAudioConfig | None:
    """Which variant tensors of these names and shapes are, None when they are none."""
    width = shapes.get("audio_input_proj.0.bias", ())
    latent = shapes.get("final_layer.conv.weight", ())
    time = shapes.get("t_embed.mlp.0.weight", ())
    joint, fused = (len({name.split(".")[1] for name in shapes if name.startswith(f"{kind}_blocks.")})
                    for kind in ("joint", "fused"))
    v2 = "clip_input_proj.2.w1.weight" in shapes
    for config in VARIANTS.values():
        if ((config.width,), (config.joint_depth, config.fused_depth), config.v2) == (width, (joint, fused), v2) and (
                latent[:1] == (config.latent_dim,) and time[1:] == (config.time_features,)):
            return config
    return None

"""The spotter of the first bundled models, which pools over the picture before it looks along time."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIDE = 48
"""Pixels that it looks at; larger frames are made smaller."""
MOTIONS = 7


@dataclass(frozen=True)
class FirstConfig:
    widths: tuple[int, int, int] = (24, 48, 64)
    temporal: int = 96
    dilations: tuple[int, ...] = (1, 2, 4, 8)
    features: int = 32


def differences(frames: Tensor) -> Tensor:
    """(batch, n, 48, 48) in 0..1 → (batch, n, 4, 48, 48): to the last frame, to the next, and how they differ."""
    before = F.pad(frames[:, 1:] - frames[:, :-1], (0, 0, 0, 0, 1, 0))
    after = F.pad(frames[:, 1:] - frames[:, :-1], (0, 0, 0, 0, 0, 1))
    channels = torch.stack([before, after, after - before, after.abs() - before.abs()], dim=2)
    # A clip's own contrast is divided out; the floor keeps a still clip's grain from counting as motion.
    return channels / (before.square().mean(dim=(1, 2, 3))[:, None, None, None, None].sqrt() + 0.01)


class FirstSpotterNet(nn.Module):
    """Frames to a logit, a motion and features for each frame."""

    def __init__(self, config: FirstConfig | None = None) -> None:
        super().__init__()
        self.config = config or FirstConfig()
        a, b, c = self.config.widths
        self.look1 = nn.Conv2d(4, a, 5, stride=2, padding=2)
        self.look2 = nn.Conv2d(a, b, 3, stride=2, padding=1)
        self.look3 = nn.Conv2d(b, c, 3, stride=2, padding=1)
        width = self.config.temporal
        self.pooled = nn.LayerNorm(2 * c)
        self.enter = nn.Linear(2 * c, width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in self.config.dilations)
        self.time = nn.ModuleList(nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in self.config.dilations)
        self.features = nn.Linear(width, self.config.features)
        self.event = nn.Linear(self.config.features, 1)
        self.motion = nn.Linear(self.config.features, MOTIONS)

    def forward(self, frames: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """frames: (batch, n, side, side) in 0..1 → logits (batch, n), motions (batch, n, 7), features (batch, n, f)."""
        batch, n = frames.shape[:2]
        frames = F.adaptive_avg_pool2d(frames, SIDE)
        x = differences(frames).flatten(0, 1)
        x = F.relu(self.look1(x))
        x = F.relu(self.look2(x))
        x = F.relu(self.look3(x))
        pooled = torch.cat([x.mean(dim=(2, 3)), x.amax(dim=(2, 3))], dim=1)
        h = F.relu(self.enter(self.pooled(pooled))).view(batch, n, -1)
        for norm, layer in zip(self.norms, self.time, strict=True):
            h = h + F.gelu(layer(norm(h).transpose(1, 2))).transpose(1, 2)
        features = torch.tanh(self.features(h))
        return self.event(features).squeeze(-1), self.motion(features), features

"""The autoencoder of the first bundled weights: convolutions at three rates. Only cards of that time name it."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.audio.mel import BANDS
from engine.codecs.autoencoder import Autoencoder


@dataclass(frozen=True)
class FirstAutoencoderConfig:
    width: int = 224
    channels: int = 32
    blocks: int = 2
    mel_mean: float = -6.0
    mel_scale: float = 3.0


class Residual(nn.Module):
    """Two convolutions along time around a skip. (batch, width, frames) → the same."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(8, width)
        self.conv1 = nn.Conv1d(width, width, 5, padding=2)
        self.conv2 = nn.Conv1d(width, width, 1)
        nn.init.zeros_(self.conv2.weight)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.conv2(F.gelu(self.conv1(self.norm(x))))


class FirstAutoencoder(Autoencoder):
    """Mel (batch, 128, 4n) ↔ latent (batch, n, 32)."""

    def __init__(self, config: FirstAutoencoderConfig | None = None) -> None:
        super().__init__()
        c = config or FirstAutoencoderConfig()
        self.config = c  # type: ignore[assignment]
        self.encoder = nn.Sequential(
            nn.Conv1d(BANDS, c.width, 3, padding=1), *(Residual(c.width) for _ in range(c.blocks)),
            nn.Conv1d(c.width, c.width, 4, stride=2, padding=1), *(Residual(c.width) for _ in range(c.blocks)),
            nn.Conv1d(c.width, c.width, 4, stride=2, padding=1), *(Residual(c.width) for _ in range(c.blocks)),
            nn.Conv1d(c.width, 2 * c.channels, 1),
        )
        self.decoder = nn.Sequential(
            nn.Conv1d(c.channels, c.width, 3, padding=1), *(Residual(c.width) for _ in range(c.blocks)),
            nn.ConvTranspose1d(c.width, c.width, 4, stride=2, padding=1), *(Residual(c.width) for _ in range(c.blocks)),
            nn.ConvTranspose1d(c.width, c.width, 4, stride=2, padding=1), *(Residual(c.width) for _ in range(c.blocks)),
            nn.Conv1d(c.width, BANDS, 3, padding=1),
        )
        self.register_buffer("shift", torch.zeros(c.channels))
        self.register_buffer("scale", torch.ones(c.channels))

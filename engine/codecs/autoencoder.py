"""A small variational autoencoder over mel frames: four mel frames (46 ms) become one latent frame of 32 channels.

Nearly all of the work is done at the latent's rate, by ConvNeXt blocks that each see 0.3 s, so that a long tone is
carried on and an attack is still placed within its four frames. There is no attention: far from its ends a part of a
sound becomes what it would within the whole, so long sounds can be decoded by windows.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.audio.mel import BANDS, HOP, SAMPLE_RATE
from engine.codecs.vocoder import Block


@dataclass(frozen=True)
class AutoencoderConfig:
    width: int = 384
    inner: int = 1024
    channels: int = 32
    encoder_blocks: int = 4
    decoder_blocks: int = 6
    mel_mean: float = -6.0
    mel_scale: float = 3.0


STRIDE = 4
"""Mel frames in one latent frame."""
LATENT_RATE = SAMPLE_RATE / HOP / STRIDE
"""Latent frames a second: 21.53."""


class Fine(nn.Module):
    """Two convolutions along mel frames around a skip: smooths over the edges of latent frames."""

    def __init__(self, bands: int) -> None:
        super().__init__()
        self.near = nn.Conv1d(bands, bands, 5, padding=2)
        self.mix = nn.Conv1d(bands, bands, 1)
        nn.init.zeros_(self.mix.weight)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.mix(F.gelu(self.near(x)))


class Autoencoder(nn.Module):
    """Mel (batch, 128, 4n) ↔ latent (batch, n, 32)."""

    shift: Tensor
    scale: Tensor

    def __init__(self, config: AutoencoderConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or AutoencoderConfig()
        self.encoder = nn.Sequential(
            nn.Conv1d(BANDS, c.width, 3 * STRIDE, stride=STRIDE, padding=STRIDE),
            *(Block(c.width, c.inner) for _ in range(c.encoder_blocks)),
            nn.Conv1d(c.width, 2 * c.channels, 1),
        )
        self.decoder = nn.Sequential(
            nn.Conv1d(c.channels, c.width, 3, padding=1),
            *(Block(c.width, c.inner) for _ in range(c.decoder_blocks)),
            nn.ConvTranspose1d(c.width, BANDS, 3 * STRIDE, stride=STRIDE, padding=STRIDE),
            Fine(BANDS), Fine(BANDS),
        )
        self.register_buffer("shift", torch.zeros(c.channels))
        self.register_buffer("scale", torch.ones(c.channels))

    def distribution(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """mel: (batch, 128, 4n) → mean and log variance, (batch, n, 32) each, not normalised."""
        x = (mel - self.config.mel_mean) / self.config.mel_scale
        mean, log_variance = self.encoder(x).transpose(1, 2).chunk(2, dim=-1)
        return mean, log_variance.clamp(-20, 5)

    def reconstruct(self, latent: Tensor) -> Tensor:
        """(batch, n, 32), not normalised → mel (batch, 128, 4n)."""
        return self.decoder(latent.transpose(1, 2)) * self.config.mel_scale + self.config.mel_mean

    def encode(self, mel: Tensor) -> Tensor:
        """mel: (batch, 128, frames), padded to whole latent frames → (batch, n, 32) with unit variance."""
        short = -mel.shape[-1] % STRIDE
        mean, _ = self.distribution(F.pad(mel, (0, short), mode="replicate"))
        return (mean - self.shift) / self.scale

    def decode(self, latent: Tensor) -> Tensor:
        """(batch, n, 32) with unit variance → mel (batch, 128, 4n)."""
        return self.reconstruct(latent * self.scale + self.shift)

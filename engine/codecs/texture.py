"""Puts back what no small latent can hold: how noise flickers, band by band and frame by frame.

An autoencoder gives the mel that is likely in the middle; played so, rain hums like a synthesiser. White noise has a
mel that flickers as every steady noise's does. This network says, for each band and frame, how much of that flicker to
add, and where the middle was off.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.audio.mel import BANDS, Mel
from engine.codecs.autoencoder import STRIDE
from engine.codecs.noise import white
from engine.codecs.vocoder import Block

LEVEL = 0.1
"""Of the noise whose mel is taken: far from the mel's floor and from full scale."""
MOST = 1.2


@dataclass(frozen=True)
class TextureConfig:
    width: int = 224
    inner: int = 512
    channels: int = 32
    far_blocks: int = 2
    near_blocks: int = 3
    mel_mean: float = -6.0
    mel_scale: float = 3.0
    temperature: float = 0.8


class Texture(nn.Module):
    """(latent (batch, n, 32), mel (batch, 128, 4n)) → a mel with texture, (batch, 128, 4n)."""

    steady: Tensor

    def __init__(self, config: TextureConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or TextureConfig()
        self.far = nn.Sequential(
            nn.Conv1d(c.channels, c.width, 3, padding=1), *(Block(c.width, c.inner) for _ in range(c.far_blocks)),
            nn.ConvTranspose1d(c.width, c.width, 3 * STRIDE, stride=STRIDE, padding=STRIDE),
        )
        self.enter = nn.Conv1d(BANDS, c.width, 5, padding=2)
        self.near = nn.Sequential(*(Block(c.width, c.inner) for _ in range(c.near_blocks)))
        self.leave = nn.Conv1d(c.width, 2 * BANDS, 1)
        nn.init.zeros_(self.leave.weight)
        self.mel = Mel()
        self.register_buffer("steady", self.mel(LEVEL * white(0, 0, 1000)).mean(dim=-1, keepdim=True), persistent=False)

    def spread(self, latent: Tensor, mel: Tensor) -> tuple[Tensor, Tensor]:
        """The middle and how much it flickers, (batch, 128, 4n) each; the same for every draw."""
        entered = self.enter((mel - self.config.mel_mean) / self.config.mel_scale)
        change, share = self.leave(self.near(self.far(latent.transpose(1, 2)) + entered)).float().chunk(2, dim=1)
        return mel + change, MOST * torch.sigmoid(share)

    def flicker(self, noise: Tensor) -> Tensor:
        """White noise of variance 1 (batch or 1, 512 n) → its log mel without what is steady in it, (…, 128, n)."""
        with torch.autocast(noise.device.type, enabled=False):
            heard: Tensor = self.mel(LEVEL * noise)
        return heard - self.steady

    def forward(self, latent: Tensor, mel: Tensor, seed: int = 0, start: int = 0) -> Tensor:
        """`start`: the latent frame of a whole sound at which this part begins; chance belongs to the place.

        The noise is the one that the vocoder shapes, so what flickers here flickers there. The temperature was chosen
        on recordings kept for validation, by what a tagger still hears.
        """
        middle, share = self.spread(latent, mel)
        noise = white(seed, start * STRIDE, mel.shape[-1]).to(mel.device)
        return middle + self.config.temperature * share * self.flicker(noise)

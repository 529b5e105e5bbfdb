"""Puts back what no small latent can hold: how noise flickers, band by band and frame by frame.

An autoencoder gives the mel that is likely in the middle; played so, rain hums like a synthesiser. From the latent,
that mel and seeded noise this network draws one of the mels that could have been.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from engine.audio.mel import BANDS
from engine.codecs.autoencoder import STRIDE
from engine.codecs.noise import noise_along
from engine.codecs.vocoder import Block


@dataclass(frozen=True)
class TextureConfig:
    width: int = 224
    inner: int = 512
    channels: int = 32
    far_blocks: int = 2
    near_blocks: int = 3
    mel_mean: float = -6.0
    mel_scale: float = 3.0


class Texture(nn.Module):
    """(latent (batch, n, 32), mel (batch, 128, 4n)) → a mel with texture, (batch, 128, 4n)."""

    def __init__(self, config: TextureConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or TextureConfig()
        self.far = nn.Sequential(
            nn.Conv1d(c.channels, c.width, 3, padding=1), *(Block(c.width, c.inner) for _ in range(c.far_blocks)),
            nn.ConvTranspose1d(c.width, c.width, 3 * STRIDE, stride=STRIDE, padding=STRIDE),
        )
        self.enter = nn.Conv1d(BANDS, c.width, 5, padding=2)
        self.chance = nn.Conv1d(BANDS, c.width, 1, bias=False)
        self.near = nn.Sequential(*(Block(c.width, c.inner) for _ in range(c.near_blocks)))
        self.leave = nn.Conv1d(c.width, BANDS, 1)
        nn.init.zeros_(self.leave.weight)

    def context(self, latent: Tensor, mel: Tensor) -> Tensor:
        """(batch, width, 4n): what is the same for every draw."""
        entered: Tensor = self.enter((mel - self.config.mel_mean) / self.config.mel_scale)
        return self.far(latent.transpose(1, 2)) + entered

    def draw(self, context: Tensor, mel: Tensor, noise: Tensor) -> Tensor:
        """One mel of many; noise (batch or 1, 128, 4n) is white."""
        change: Tensor = self.leave(self.near(context + self.chance(noise)))
        return mel + self.config.mel_scale * change

    def forward(self, latent: Tensor, mel: Tensor, seed: int = 0, start: int = 0) -> Tensor:
        """`start`: the latent frame of a whole sound at which this part begins; chance belongs to the place."""
        noise = noise_along(seed, BANDS, start * STRIDE, mel.shape[-1]).to(mel.device)
        return self.draw(self.context(latent, mel), mel, noise)

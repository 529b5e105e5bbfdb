"""A vocoder of two voices: a spectrum with phase for what rings, shaped noise for what rustles.

ConvNeXt blocks at the mel's frame rate write two short-time spectra a frame (as Vocos does, Siuzdak 2023); beside it
a gain for each bin shapes the spectrum of white noise, so that noise stays noise whatever the loss averages over.
A few steps then draw the sound towards the mel that it was made for.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.audio.mel import BANDS, HOP
from engine.codecs.agreement import Agreement
from engine.codecs.noise import white

N_FFT = 1024
SYNTHESIS_HOP = 256
BINS = N_FFT // 2 + 1
PER_FRAME = HOP // SYNTHESIS_HOP


@dataclass(frozen=True)
class VocoderConfig:
    width: int = 256
    inner: int = 640
    blocks: int = 6
    mel_mean: float = -6.0
    mel_scale: float = 3.0
    agreement_steps: int = 24


class Block(nn.Module):
    """ConvNeXt along time. (batch, width, frames) → the same."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.near = nn.Conv1d(width, width, 7, padding=3, groups=width)
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.gain = nn.Parameter(torch.full((width,), 0.15))

    def forward(self, x: Tensor) -> Tensor:
        h = self.norm(self.near(x).transpose(1, 2))
        return x + (self.gain * self.down(F.gelu(self.up(h)))).transpose(1, 2)


class Vocoder(nn.Module):
    """Log mel (batch, 128, n) → waveform (batch, 512 n) at 44.1 kHz."""

    window: Tensor

    def __init__(self, config: VocoderConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or VocoderConfig()
        self.enter = nn.Conv1d(BANDS, c.width, 7, padding=3)
        self.blocks = nn.ModuleList(Block(c.width, c.inner) for _ in range(c.blocks))
        self.norm = nn.LayerNorm(c.width)
        self.leave = nn.Linear(c.width, PER_FRAME * 4 * BINS)
        self.register_buffer("window", torch.hann_window(N_FFT), persistent=False)
        self.agreement = Agreement()

    def spectra(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """The ringing spectrum and the noise's gain, (batch, 513, 2 n) each, complex and real."""
        x = self.enter((mel - self.config.mel_mean) / self.config.mel_scale)
        for block in self.blocks:
            x = block(x)
        out = self.leave(self.norm(x.transpose(1, 2))).float()
        batch, n = out.shape[:2]
        level, real, imaginary, noise = out.view(batch, n * PER_FRAME, 4, BINS).transpose(1, 3).unbind(2)
        ringing = torch.exp(level.clamp(max=6)) * torch.complex(real, imaginary) / (
            torch.sqrt(real**2 + imaginary**2 + 1e-6)
        )
        return ringing, torch.exp((noise - 2).clamp(max=6))

    def sound(self, ringing: Tensor, gain: Tensor, noise: Tensor) -> Tensor:
        """One waveform (batch, 512 n) of the spectra and white noise (batch or 1, 512 n)."""
        # One frame more than there are hops closes the inverse transform at the end.
        spectrum = torch.stft(noise, N_FFT, SYNTHESIS_HOP, window=self.window, return_complex=True) / N_FFT**0.5
        ringing, gain = F.pad(torch.view_as_real(ringing), (0, 0, 0, 1)), F.pad(gain, (0, 1))
        whole = torch.view_as_complex(ringing.contiguous()) + gain * spectrum
        return torch.istft(whole, N_FFT, SYNTHESIS_HOP, window=self.window, length=noise.shape[-1])

    def forward(self, mel: Tensor, seed: int = 0, start: int = 0) -> Tensor:
        """The noise is the seed's: takes with seeds of their own can be layered without combing.

        `start`: the mel frame of a whole sound at which this part begins. Noise belongs to the place, so that parts of
        one sound are the same where they overlap, away from their ends.
        """
        ringing, gain = self.spectra(mel)
        noise = white(seed, start, mel.shape[-1]).to(mel.device)
        return self.agreement.drawn_near(self.sound(ringing, gain, noise), mel, self.config.agreement_steps)

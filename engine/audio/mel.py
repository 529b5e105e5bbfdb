"""The mel front ends of MMAudio's models: Slaney bands, natural log at 44.1 kHz, decimal log at 16 kHz.

Facts: waveform clamped to ±1, reflect-padded by (n_fft − hop) / 2, Hann window, magnitude sqrt(re² + im² + 1e-9),
log of at least 1e-5. Source: hkchengrex/MMAudio (MIT), its mel converter.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torchaudio.functional import melscale_fbanks

SAMPLE_RATE = 44_100
N_FFT = 2048
HOP = 512
BANDS = 128
FLOOR = 1e-5
PIECE = 4096
"""Frames whose spectra are in memory at once."""


@dataclass(frozen=True)
class MelConfig:
    """Rates in Hz, `n_fft` and `hop` in samples. `decimal`: log10 in place of ln."""

    sample_rate: int
    n_fft: int
    hop: int
    bands: int
    decimal: bool = False


MEL_16K = MelConfig(16_000, 1024, 256, 80, decimal=True)
MEL_44K = MelConfig(SAMPLE_RATE, N_FFT, HOP, BANDS)


class Mel(nn.Module):
    """(batch, samples) → (batch, bands, samples // hop); 44.1 kHz and natural log unless told otherwise.

    A waveform must be longer than (n_fft − hop) / 2 samples, which are mirrored at its ends.
    """

    window: Tensor
    filters: Tensor

    def __init__(self, config: MelConfig = MEL_44K) -> None:
        super().__init__()
        self.config = c = config
        bins, top = c.n_fft // 2 + 1, c.sample_rate / 2
        filters = melscale_fbanks(bins, 0.0, top, c.bands, c.sample_rate, "slaney", "slaney")
        self.register_buffer("window", torch.hann_window(c.n_fft), persistent=False)
        self.register_buffer("filters", filters.T.contiguous(), persistent=False)

    def forward(self, waveform: Tensor) -> Tensor:
        c = self.config
        pad = (c.n_fft - c.hop) // 2
        padded = F.pad(waveform.clamp(-1, 1)[:, None], (pad, pad), mode="reflect")[:, 0]
        frames = (padded.shape[-1] - c.n_fft) // c.hop + 1
        pieces = [
            self._levels(padded[:, at * c.hop : (min(at + PIECE, frames) - 1) * c.hop + c.n_fft])
            for at in range(0, frames, PIECE)
        ]
        return pieces[0] if len(pieces) == 1 else torch.cat(pieces, dim=-1)

    def _levels(self, padded: Tensor) -> Tensor:
        """(batch, n_fft + (n − 1) · hop) → (batch, bands, n)."""
        c = self.config
        spectrum = torch.stft(padded, c.n_fft, c.hop, window=self.window, center=False, return_complex=True)
        magnitude = torch.sqrt(spectrum.real**2 + spectrum.imag**2 + 1e-9)
        level = (self.filters @ magnitude).clamp(min=FLOOR)
        return level.log10() if c.decimal else torch.log(level)

"""The 44.1 kHz mel front end of MMAudio's 44k models: 128 Slaney bands, hop 512, natural log.

Facts: waveform clamped to ±1, reflect-padded by (n_fft − hop) / 2, Hann window, magnitude sqrt(re² + im² + 1e-9),
log of at least 1e-5. Source: hkchengrex/MMAudio (MIT), its 44k mel converter.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torchaudio.functional import melscale_fbanks

SAMPLE_RATE = 44_100
N_FFT = 2048
HOP = 512
BANDS = 128
FLOOR = 1e-5


class Mel(nn.Module):
    """(batch, samples) → (batch, 128, samples // 512), natural log."""

    window: Tensor
    filters: Tensor

    def __init__(self) -> None:
        super().__init__()
        filters = melscale_fbanks(N_FFT // 2 + 1, 0.0, SAMPLE_RATE / 2, BANDS, SAMPLE_RATE, "slaney", "slaney")
        self.register_buffer("window", torch.hann_window(N_FFT), persistent=False)
        self.register_buffer("filters", filters.T.contiguous(), persistent=False)

    def forward(self, waveform: Tensor) -> Tensor:
        pad = (N_FFT - HOP) // 2
        padded = F.pad(waveform.clamp(-1, 1)[:, None], (pad, pad), mode="reflect")[:, 0]
        spectrum = torch.stft(padded, N_FFT, HOP, window=self.window, center=False, return_complex=True)
        magnitude = torch.sqrt(spectrum.real**2 + spectrum.imag**2 + 1e-9)
        return torch.log((self.filters @ magnitude).clamp(min=FLOOR))

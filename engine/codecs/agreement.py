"""Draw a sound towards the mel that it was made for, as Griffin and Lim draw a spectrum towards its magnitudes.

The phase stays the sound's own. One step costs two short-time transforms; a few of them mend what a small vocoder
gets wrong about level, and leave noise as noisy as the mel says it was.
Source: Griffin & Lim 1984, "Signal estimation from modified short-time Fourier transform", with a gain a mel band in
place of known magnitudes.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torchaudio.functional import melscale_fbanks

from engine.audio.mel import BANDS, FLOOR, HOP, N_FFT, SAMPLE_RATE

MOST = 2.0
"""The most that a step changes a band, in nepers (17 dB)."""
MARGIN = (N_FFT + HOP) // 2
"""Silence in front of a sound and behind it that puts frames where the mel's are, with one more at each end."""
BEYOND = 0.9
"""How far beyond a step's result the next one begins, as a share of the way between the last two."""


class Agreement(nn.Module):
    """(waveform (batch, 512 n), log mel (batch, 128, n)) → a waveform whose mel is nearer. It has no weights."""

    window: Tensor
    filters: Tensor
    shares: Tensor

    def __init__(self) -> None:
        super().__init__()
        filters = melscale_fbanks(N_FFT // 2 + 1, 0.0, SAMPLE_RATE / 2, BANDS, SAMPLE_RATE, "slaney", "slaney")
        self.register_buffer("window", torch.hann_window(N_FFT), persistent=False)
        shares = (filters / (filters.sum(dim=1, keepdim=True) + 1e-9)).T.contiguous()
        self.register_buffer("filters", filters, persistent=False)
        self.register_buffer("shares", shares, persistent=False)

    def forward(self, waveform: Tensor, mel: Tensor) -> Tensor:
        with torch.autocast(waveform.device.type, enabled=False):
            return self._drawn(waveform.float(), mel.float())

    def drawn_near(self, waveform: Tensor, mel: Tensor, steps: int) -> Tensor:
        """`steps` of it, each begun a little beyond where the last one led (Perraudin et al. 2013)."""
        before = waveform
        for step in range(steps):
            after = self(waveform, mel)
            waveform, before = (after if step in (0, steps - 1) else after + BEYOND * (after - before)), after
        return waveform

    def _drawn(self, waveform: Tensor, mel: Tensor) -> Tensor:
        # Transforms of frames side by side, bins last, cost half of what `torch.stft` and its inverse do on a CPU.
        spectrum = torch.fft.rfft(F.pad(waveform, (MARGIN, MARGIN)).unfold(-1, N_FFT, HOP) * self.window)
        real, imaginary = spectrum.real, spectrum.imag
        magnitude = torch.sqrt(torch.addcmul(real**2, imaginary, imaginary) + 1e-9)
        heard = torch.log((magnitude @ self.filters).clamp(min=FLOOR))
        wanted = F.pad(mel, (1, 1), mode="replicate").transpose(1, 2)
        gain = torch.exp((wanted - heard).clamp(-MOST, MOST) @ self.shares)
        frames = torch.fft.irfft(torch.complex(real * gain, imaginary * gain), N_FFT) * self.window
        weight = _laid_over((self.window**2).expand(1, frames.shape[1], -1))
        return (_laid_over(frames) / weight.clamp(min=1e-6))[:, MARGIN:-MARGIN]


def _laid_over(frames: Tensor) -> Tensor:
    """(batch, n, 2048) a hop apart → (batch, 512 (n + 3)), their sum."""
    parts = frames.unflatten(-1, (-1, HOP)).unbind(dim=2)
    n = frames.shape[1]
    whole = frames.new_zeros(len(frames), n + len(parts) - 1, HOP)
    for at, part in enumerate(parts):
        whole[:, at : at + n] += part
    return whole.flatten(1)

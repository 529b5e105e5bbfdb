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
BEYOND = 0.6
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
        self.register_buffer("filters", filters.T.contiguous(), persistent=False)
        self.register_buffer("shares", filters / (filters.sum(dim=1, keepdim=True) + 1e-9), persistent=False)

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
        # Half a hop in front puts the centred transform's frames where the mel's are, with one more at each end.
        spectrum = torch.stft(F.pad(waveform, (HOP // 2, HOP // 2)), N_FFT, HOP, window=self.window,
                              pad_mode="constant", return_complex=True)
        heard = torch.log((self.filters @ spectrum.abs()).clamp(min=FLOOR))
        wanted = F.pad(mel, (1, 1), mode="replicate")
        gain = torch.exp(self.shares @ (wanted - heard).clamp(-MOST, MOST))
        drawn = torch.istft(spectrum * gain, N_FFT, HOP, window=self.window, length=waveform.shape[-1] + HOP)
        return drawn[..., HOP // 2 : -(HOP // 2)]

"""Judges that tell recorded sound from made sound by its short-time spectra, and what a maker learns from them.

Three small convolutional networks look at complex spectra of three resolutions, so that both the smear of an attack and
the wobble of a tone show. Sources: Jang et al. 2021 (UnivNet, multi-resolution spectrogram discriminator); Défossez et
al. 2022 (EnCodec, complex spectra); Mao et al. 2017 (least squares).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

RESOLUTIONS = (2048, 512, 128)
"""Window lengths in samples; hops are a quarter."""
WIDTHS = (12, 16, 24, 24)

Verdict = tuple[Tensor, list[Tensor]]
"""Scores (batch, 1, frames, bins), 1 for recorded and 0 for made; and the features that led to them."""


class Judge(nn.Module):
    """One resolution. (batch, samples) → a score for each part of the spectrum, and features."""

    window: Tensor

    def __init__(self, n_fft: int, widths: Sequence[int] = WIDTHS) -> None:
        super().__init__()
        self.n_fft = n_fft
        ins = (2, *widths[:-1])
        self.layers = nn.ModuleList(
            nn.utils.parametrizations.weight_norm(
                nn.Conv2d(a, b, (3, 7), stride=(1, 2 if i < 3 else 1), padding=(1, 3)))
            for i, (a, b) in enumerate(zip(ins, widths, strict=True)))
        self.leave = nn.Conv2d(widths[-1], 1, (3, 3), padding=1)
        self.register_buffer("window", torch.hann_window(n_fft), persistent=False)

    def forward(self, wave: Tensor) -> Verdict:
        spectrum = torch.stft(wave.float(), self.n_fft, self.n_fft // 4, window=self.window, return_complex=True)
        spectrum = spectrum / self.window.square().sum().sqrt()
        # Quiet parts are brought up: the magnitude's power 0.3 keeps its phase.
        loud = (spectrum.real.square() + spectrum.imag.square() + 1e-8) ** -0.35
        x = torch.stack([spectrum.real * loud, spectrum.imag * loud], 1).transpose(2, 3)
        features = []
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.1)
            features.append(x)
        return self.leave(x), features


class Judges(nn.Module):
    """(batch, samples) → a verdict for each resolution."""

    def __init__(self, widths: Sequence[int] = WIDTHS) -> None:
        super().__init__()
        self.each = nn.ModuleList(Judge(n, widths) for n in RESOLUTIONS)

    def forward(self, wave: Tensor) -> list[Verdict]:
        return [judge(wave) for judge in self.each]


def judging_loss(real: list[Verdict], made: list[Verdict]) -> Tensor:
    """What the judges lower: recorded sound scores 1, made sound 0 (least squares)."""
    each = [(1 - a).float().square().mean() + b.float().square().mean()
            for (a, _), (b, _) in zip(real, made, strict=True)]
    return torch.stack(each).mean()


def fooling_loss(made: list[Verdict]) -> Tensor:
    """What the maker lowers: made sound scores 1."""
    return torch.stack([(1 - score).float().square().mean() for score, _ in made]).mean()


def feature_distance(real: list[Verdict], made: list[Verdict]) -> Tensor:
    """Mean absolute difference of the judges' features, each relative to its size for recorded sound."""
    each = [(a.detach() - b).abs().float().mean() / (a.detach().abs().float().mean() + 1e-4)
            for (_, of_real), (_, of_made) in zip(real, made, strict=True)
            for a, b in zip(of_real, of_made, strict=True)]
    return torch.stack(each).mean()

"""Judges that tell recorded sound from made sound by its short-time spectra, and what a maker learns from them.

Three small convolutional networks look at complex spectra of three resolutions, so that both the smear of an attack and
the wobble of a tone show. Sources: Jang et al. 2021 (UnivNet, multi-resolution spectrogram discriminator); Défossez et
al. 2022 (EnCodec, complex spectra); Mao et al. 2017 (least squares).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

RESOLUTIONS = (2048, 512, 128)
"""Window lengths in samples; hops are a quarter."""
WIDTHS = (12, 16, 24, 24)

QUIETEST = 0.05
"""What silence counts, beside the 1 of an average part: there is nothing to tell there."""


@dataclass(frozen=True)
class Verdict:
    """scores: (batch, 1, frames, bins), 1 for recorded and 0 for made; weights: how much each counts, by loudness,
    1 on average; features: the layers that led there."""

    scores: Tensor
    weights: Tensor
    features: list[Tensor]

    def short_of(self, wanted: float) -> Tensor:
        """Mean squared distance of the scores from `wanted`."""
        return (self.weights * (wanted - self.scores.float()).square()).mean()


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
        scores = self.leave(x)
        return Verdict(scores, weighed(spectrum.abs().detach(), scores), features)


def weighed(magnitude: Tensor, scores: Tensor) -> Tensor:
    """(batch, bins, frames) → the loudness of the part of the spectrum that each score is of."""
    compressed = (magnitude + 1e-4).pow(0.3).transpose(1, 2)[:, None]
    loud = F.adaptive_avg_pool2d(compressed, (scores.shape[2], scores.shape[3])) - 1e-4**0.3
    return (loud / (loud.mean(dim=(1, 2, 3), keepdim=True) + 1e-4) + QUIETEST) / (1 + QUIETEST)


class Judges(nn.Module):
    """(batch, samples) → a verdict for each resolution."""

    def __init__(self, widths: Sequence[int] = WIDTHS) -> None:
        super().__init__()
        self.each = nn.ModuleList(Judge(n, widths) for n in RESOLUTIONS)

    def forward(self, wave: Tensor) -> list[Verdict]:
        return [judge(wave) for judge in self.each]


def judging_loss(real: list[Verdict], made: list[Verdict]) -> Tensor:
    """What the judges lower: recorded sound scores 1, made sound 0 (least squares)."""
    return torch.stack([a.short_of(1) + b.short_of(0) for a, b in zip(real, made, strict=True)]).mean()


def fooling_loss(made: list[Verdict]) -> Tensor:
    """What the maker lowers: made sound scores 1."""
    return torch.stack([verdict.short_of(1) for verdict in made]).mean()


def feature_distance(real: list[Verdict], made: list[Verdict]) -> Tensor:
    """Mean absolute difference of the judges' features, each relative to its size for recorded sound, over the sounds
    of `real`, which are the first of `made`."""
    each = [(a.detach() - b[: len(a)]).abs().float().mean() / (a.detach().abs().float().mean() + 1e-4)
            for of_real, of_made in zip(real, made, strict=True)
            for a, b in zip(of_real.features, of_made.features, strict=True)]
    return torch.stack(each).mean()

"""BigVGAN: a mel-spectrogram to a waveform, for the published weights of both of MMAudio's sample rates.

Each stage raises the rate and adds three residual blocks of dilated convolutions with aliasing-free snakes.
Source: Lee et al. 2023 (BigVGAN, arXiv 2206.04658); NVIDIA/BigVGAN (MIT), its configuration
"bigvgan_v2_44khz_128band_512x", and the 16 kHz vocoder of hkchengrex/MMAudio (MIT).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import torch
from torch import Tensor, nn

from engine.checkpoints import folded
from engine.codecs.fast_convolution import FastConvolution
from engine.codecs.snake import REACH, Activation, kaiser_sinc
from engine.spec import Refused

PIECE = 1024
"""Mel frames that are made into sound at once; with it memory does not grow with the sound."""


@dataclass(frozen=True)
class BigVGANConfig:
    """Sizes. `squashed`: the published 16 kHz weights end with a bias and tanh, the 44.1 kHz ones are cut at ±1."""

    bands: int
    rates: tuple[int, ...]
    kernels: tuple[int, ...]
    squashed: bool
    width: int = 1536
    block_kernels: tuple[int, ...] = (3, 7, 11)
    dilations: tuple[int, ...] = (1, 3, 5)

    @property
    def hop(self) -> int:
        """Samples that a mel frame becomes."""
        return prod(self.rates)

    @property
    def reach(self) -> int:
        """Mel frames on either side that a sample can depend on, rounded up."""
        widest = max(self.block_kernels)
        block = sum((widest // 2) * (dilation + 1) + 2 * (REACH + 1) for dilation in self.dilations)
        needed = 3.0 + REACH + 1
        for rate, kernel in zip(reversed(self.rates), reversed(self.kernels), strict=True):
            needed = (needed + block + kernel) / rate + 1
        return int(needed) + 4


CONFIG_16K = BigVGANConfig(80, (4, 4, 2, 2, 2, 2), (8, 8, 4, 4, 4, 4), squashed=True)
CONFIG_44K = BigVGANConfig(128, (8, 4, 2, 2, 2, 2), (16, 8, 4, 4, 4, 4), squashed=False)


class Block(nn.Module):
    """Residual pairs of convolutions, the first of each dilated. (batch, channels, samples) → the same."""

    def __init__(self, channels: int, kernel: int, dilations: tuple[int, ...]) -> None:
        super().__init__()
        self.convs1 = nn.ModuleList(FastConvolution(channels, kernel, dilation) for dilation in dilations)
        self.convs2 = nn.ModuleList(FastConvolution(channels, kernel) for _ in dilations)
        self.activations = nn.ModuleList(Activation(channels) for _ in range(2 * len(dilations)))

    def forward(self, x: Tensor) -> Tensor:
        for number, (dilated, plain) in enumerate(zip(self.convs1, self.convs2, strict=True)):
            inner = dilated(self.activations[2 * number](x))
            x = plain(self.activations[2 * number + 1](inner)).add_(x)
        return x


class BigVGAN(nn.Module):
    """Log mel (batch, bands, frames) → waveform (batch, frames · hop) within ±1."""

    def __init__(self, config: BigVGANConfig) -> None:
        super().__init__()
        self.config = c = config
        widths = [c.width >> stage for stage in range(len(c.rates) + 1)]
        self.conv_pre = nn.Conv1d(c.bands, c.width, 7, padding=3)
        self.ups = nn.ModuleList(
            nn.Sequential(nn.ConvTranspose1d(wide, narrow, kernel, rate, (kernel - rate) // 2))
            for wide, narrow, kernel, rate in zip(widths, widths[1:], c.kernels, c.rates, strict=False)
        )
        self.resblocks = nn.ModuleList(
            Block(width, kernel, c.dilations) for width in widths[1:] for kernel in c.block_kernels)
        self.activation_post = Activation(widths[-1])
        self.conv_post = nn.Conv1d(widths[-1], 1, 7, padding=3, bias=c.squashed)

    def forward(self, mel: Tensor) -> Tensor:
        """The whole sound. Long ones are made piece by piece, each with all the frames that it depends on."""
        frames, hop, reach = mel.shape[-1], self.config.hop, self.config.reach
        if frames <= PIECE + reach or torch.is_grad_enabled():
            return self.piece(mel)
        out = mel.new_empty(mel.shape[0], frames * hop)
        for start in range(0, frames, PIECE):
            end = min(start + PIECE, frames)
            first, last = max(0, start - reach), min(frames, end + reach)
            made = self.piece(mel[..., first:last])
            out[:, start * hop : end * hop] = made[:, (start - first) * hop : (end - first) * hop]
        return out

    def piece(self, mel: Tensor) -> Tensor:
        """All frames at once."""
        x = self.conv_pre(mel)
        kinds = len(self.config.block_kernels)
        for stage, up in enumerate(self.ups):
            x = up(x)
            blocks = self.resblocks[stage * kinds : (stage + 1) * kinds]
            total = blocks[0](x)
            for block in list(blocks)[1:]:
                total += block(x)
            x = total.div_(kinds)
        x = self.conv_post(self.activation_post(x))[:, 0]
        return x.tanh() if self.config.squashed else x.clamp(-1, 1)


def load(tensors: Mapping[str, Tensor], config: BigVGANConfig) -> BigVGAN:
    """The vocoder with published tensors, float32, on the CPU, for inference.

    Weight normalisation may be folded or not, in both namings; filters of the activations are taken where the file
    has them and computed where it has not. Raises Refused when tensors are missing, too many or of another shape.
    """
    plain = folded(tensors)
    with torch.device("meta"):
        empty = BigVGAN(config)
    wanted = empty.state_dict()
    for name, tensor in wanted.items():
        if name.endswith(".filter") and name not in plain:
            plain[name] = kaiser_sinc()
        if name not in plain or plain[name].shape != tensor.shape:
            found = f"has {tuple(plain[name].shape)} there" if name in plain else "lacks it"
            raise Refused(f"This is not the vocoder that was asked for: {name} should be {tuple(tensor.shape)}, the "
                          f"file {found}; choose the vocoder that belongs to the model.")
    strangers = sorted(plain.keys() - wanted.keys())
    if strangers:
        raise Refused(f"This is not the vocoder that was asked for: it has {strangers[0]}, which that one lacks; "
                      f"choose the vocoder that belongs to the model.")
    empty.load_state_dict({name: tensor.float() for name, tensor in plain.items()}, assign=True)
    return empty.eval().requires_grad_(False)


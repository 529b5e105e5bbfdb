"""MMAudio's autoencoder over mel frames: two frames become one latent frame. Convolutions keep magnitudes as they are.

Every weight is scaled so that a convolution keeps the variance of what it is given, sums are scaled back, and there are
no biases. The scaling depends on the weights alone, so it is done once, when they are loaded, in float32.
Source: Karras et al. 2024 (EDM2, arXiv 2312.02696), section 2.4: weights, SiLU, sums; which
blocks there are and their names: hkchengrex/MMAudio (MIT), its checkpoints v1-16 and v1-44.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.spec import Refused

EPSILON = 1e-4
LOUDEST = 256.0
"""Activations are cut here after each block."""
SILU_GAIN = 1 / 0.596
"""SiLU of unit normal numbers has a mean square of 0.596² (EDM2)."""
SHARE = 0.3
"""Of a residual block in the sum with what it was given."""


@dataclass(frozen=True)
class MagnitudeAutoencoderConfig:
    """Sizes. Stages go from fine to coarse; time is halved once, after the first."""

    bands: int
    channels: int
    width: int
    widths: tuple[int, ...] = (1, 2, 4)
    encoder_blocks: int = 2
    decoder_blocks: int = 3


CONFIG_16K = MagnitudeAutoencoderConfig(bands=80, channels=20, width=384)
CONFIG_44K = MagnitudeAutoencoderConfig(bands=128, channels=40, width=512)


def level(x: Tensor) -> Tensor:
    """Every place in time (or every vector along axis 1) brought to a mean square of 1."""
    return x / (x.square().mean(dim=1, keepdim=True).sqrt() + EPSILON)


def silu(x: Tensor) -> Tensor:
    return F.silu(x) * SILU_GAIN


def blend(x: Tensor, y: Tensor) -> Tensor:
    """A weighted sum with the variance of its parts, were they independent (EDM2)."""
    return torch.lerp(x, y, SHARE) / math.hypot(1 - SHARE, SHARE)


def normalised(weight: Tensor) -> Tensor:
    """(out, in, taps), as published → as convolved with: a norm of about 1 for every output (EDM2)."""
    fan_in = weight[0].numel()
    weight = weight.float()
    norm = torch.linalg.vector_norm(weight, dim=(1, 2), keepdim=True)
    return weight / (EPSILON * math.sqrt(fan_in) + norm)


class Residual(nn.Module):
    """(batch, channels, frames) → (batch, channels out, frames)."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.conv1 = _convolution(before, after, 3)
        self.conv2 = _convolution(after, after, 3)
        self.nin_shortcut = _convolution(before, after, 1) if before != after else None

    def forward(self, x: Tensor) -> Tensor:
        x = level(x)
        added = self.conv2(silu(self.conv1(silu(x))))
        x = blend(x if self.nin_shortcut is None else self.nin_shortcut(x), added)
        return x.clamp(-LOUDEST, LOUDEST)


class Attention(nn.Module):
    """One head over all frames; queries, keys and values lie in turns along the channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.qkv = _convolution(channels, 3 * channels, 1)
        self.proj_out = _convolution(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        query, key, value = level(self.qkv(x).unflatten(1, (-1, 3))).transpose(1, 3).unbind(2)
        heard = F.scaled_dot_product_attention(query, key, value).transpose(1, 2)
        return blend(x, self.proj_out(heard)).clamp(-LOUDEST, LOUDEST)


class Middle(nn.Module):
    """Residual, attention, residual, at the coarsest width."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.block_1 = Residual(width, width)
        self.attn_1 = Attention(width)
        self.block_2 = Residual(width, width)

    def forward(self, x: Tensor) -> Tensor:
        return self.block_2(self.attn_1(self.block_1(x)))


class Halving(nn.Module):
    """Two frames become their mean, between two convolutions; an odd last frame is left out."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = _convolution(width, width, 1)
        self.conv2 = _convolution(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv2(F.avg_pool1d(self.conv1(x), 2))


class Doubling(nn.Module):
    """Every frame twice, then a convolution."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = _convolution(width, width, 3)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x.repeat_interleave(2, dim=-1))


class Stage(nn.Module):
    """Residual blocks of one width, and a change of rate before or after them."""

    def __init__(self, before: int, after: int, blocks: int, halving: bool = False, doubling: bool = False) -> None:
        super().__init__()
        self.block = nn.ModuleList(Residual(before if number == 0 else after, after) for number in range(blocks))
        self.downsample = Halving(after) if halving else None
        self.upsample = Doubling(after) if doubling else None

    def forward(self, x: Tensor) -> Tensor:
        for block in self.block:
            x = block(x)
        if self.downsample is not None:
            x = self.downsample(x)
        return x if self.upsample is None else self.upsample(x)


class Encoder(nn.Module):
    """Normalised mel (batch, bands, frames) → mean and log variance along the channels, (batch, 2 C, frames // 2)."""

    def __init__(self, config: MagnitudeAutoencoderConfig) -> None:
        super().__init__()
        widths = [config.width * factor for factor in config.widths]
        self.conv_in = _convolution(config.bands, widths[0], 3)
        self.down = nn.ModuleList(
            Stage(before, after, config.encoder_blocks, halving=number == 0)
            for number, (before, after) in enumerate(zip([widths[0], *widths], widths, strict=False)))
        self.mid = Middle(widths[-1])
        self.conv_out = _convolution(widths[-1], 2 * config.channels, 3)
        self.learnable_gain = nn.Parameter(torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv_in(x)
        for stage in self.down:
            x = stage(x)
        return self.conv_out(silu(self.mid(x))) * (self.learnable_gain + 1)


class Decoder(nn.Module):
    """Latent (batch, C, n) → normalised mel (batch, bands, 2 n)."""

    def __init__(self, config: MagnitudeAutoencoderConfig) -> None:
        super().__init__()
        widths = [config.width * factor for factor in config.widths]
        self.conv_in = _convolution(config.channels, widths[-1], 3)
        self.mid = Middle(widths[-1])
        self.up = nn.ModuleList(
            Stage(before, after, config.decoder_blocks, doubling=number == 1)
            for number, (before, after) in enumerate(zip([*widths[1:], widths[-1]], widths, strict=True)))
        self.conv_out = _convolution(widths[0], config.bands, 3)
        self.learnable_gain = nn.Parameter(torch.zeros(()))

    def forward(self, latent: Tensor) -> Tensor:
        x = self.mid(self.conv_in(latent))
        for stage in reversed(self.up):
            x = stage(x)
        return self.conv_out(silu(x)) * (self.learnable_gain + 1)


class MagnitudeAutoencoder(nn.Module):
    """Log mel (batch, bands, T) ↔ latent (batch, C, T // 2). Its weights are normalised already: see `load`."""

    data_mean: Tensor
    data_std: Tensor

    def __init__(self, config: MagnitudeAutoencoderConfig, encoder: bool = True) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config) if encoder else None
        self.decoder = Decoder(config)
        self.register_buffer("data_mean", torch.zeros(1, config.bands, 1))
        self.register_buffer("data_std", torch.ones(1, config.bands, 1))

    def encode(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """Log mel → mean and log variance of the latent, (batch, C, T // 2) each."""
        if self.encoder is None:
            raise Refused("This autoencoder was loaded to decode only; load it with its encoder.")
        mean, log_variance = self.encoder((mel - self.data_mean) / self.data_std).chunk(2, dim=1)
        return mean, log_variance.clamp(-30, 20)

    def decode(self, latent: Tensor) -> Tensor:
        """(batch, C, n) → log mel (batch, bands, 2 n)."""
        return self.decoder(latent) * self.data_std + self.data_mean


def load(tensors: Mapping[str, Tensor], config: MagnitudeAutoencoderConfig,
         encoder: bool = True) -> MagnitudeAutoencoder:
    """The autoencoder with published tensors, float32, on the CPU, for inference; without its encoder if not asked for.

    Raises Refused when tensors are missing, too many or of another shape.
    """
    with torch.device("meta"):
        empty = MagnitudeAutoencoder(config, encoder)
    wanted = empty.state_dict()
    for name, tensor in wanted.items():
        if name not in tensors or tensors[name].shape != tensor.shape:
            found = f"has {tuple(tensors[name].shape)} there" if name in tensors else "lacks it"
            raise Refused(f"This is not the autoencoder that was asked for: {name} should be {tuple(tensor.shape)}, "
                          f"the file {found}; choose the autoencoder that belongs to the model.")
    strangers = sorted(name for name in tensors if name not in wanted and (encoder or not name.startswith("encoder.")))
    if strangers:
        raise Refused(f"This is not the autoencoder that was asked for: it has {strangers[0]}, which that one lacks; "
                      f"choose the autoencoder that belongs to the model.")
    empty.load_state_dict({name: normalised(tensors[name]) if name.endswith(".weight") else tensors[name].float()
                           for name in wanted}, assign=True)
    return empty.eval().requires_grad_(False)


def _convolution(before: int, after: int, taps: int) -> nn.Conv1d:
    return nn.Conv1d(before, after, taps, padding=taps // 2, bias=False)

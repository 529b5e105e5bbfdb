"""The periodic activation of BigVGAN, kept free of aliases: twice the rate, snake, low-pass, back to the rate.

Source: Lee et al. 2023 (BigVGAN, arXiv 2206.04658), section 3; filters as in Karras et al. 2021 (arXiv 2106.12423),
appendix C, with 12 taps. Both filters and the doubling of the rate are one small matrix each, applied to short windows
that overlap: no zeros are stuffed in, and a window stays in the cache until the activation is done with it.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

TAPS = 12
REACH = TAPS // 2 - 1
"""Samples on either side that an output depends on."""
TILE = 16
"""Samples of the output that one window gives."""
AT_ONCE = 1 << 17
"""Samples that a processor's cache holds together with their doubled windows."""


def kaiser_sinc(cutoff: float = 0.25, half_width: float = 0.3, taps: int = TAPS) -> Tensor:
    """(1, 1, taps) low-pass of an even number of taps, summing to 1; `cutoff` and `half_width` in cycles a sample.

    The window's shape follows from the width of the slope (Kaiser 1974, as scipy.signal.kaiser_atten and kaiser_beta).
    """
    attenuation = 2.285 * (taps // 2 - 1) * math.pi * 4 * half_width + 7.95
    if attenuation > 50:
        beta = 0.1102 * (attenuation - 8.7)
    elif attenuation >= 21:
        beta = 0.5842 * (attenuation - 21) ** 0.4 + 0.07886 * (attenuation - 21)
    else:
        beta = 0.0
    time = torch.arange(taps) - taps // 2 + 0.5
    low_pass = 2 * cutoff * torch.kaiser_window(taps, periodic=False, beta=beta) * torch.sinc(2 * cutoff * time)
    return (low_pass / low_pass.sum()).view(1, 1, taps)


class SnakeBeta(nn.Module):
    """x + sin²(x e^alpha) / (e^beta + 1e-9), both learned for each channel (Lee et al. 2023, eq. 1)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.alpha = nn.Parameter(torch.zeros(channels))
        self.beta = nn.Parameter(torch.zeros(channels))


class Lowpass(nn.Module):
    """Holds a filter under the name that published files give it."""

    filter: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("filter", kaiser_sinc())


class Downsample(nn.Module):
    """Holds the filter on the way back to the rate."""

    def __init__(self) -> None:
        super().__init__()
        self.lowpass = Lowpass()


class Activation(nn.Module):
    """(batch, channels, samples) → the same shape, at least one sample long."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.act = SnakeBeta(channels)
        self.upsample = Lowpass()
        self.downsample = Downsample()
        self._matrices: tuple[Tensor, Tensor] | None = None

    def forward(self, x: Tensor) -> Tensor:
        up, down = self._both(x)
        frequency = self.act.alpha.float().exp().to(x.dtype)[:, None, None]
        strength = (1.0 / (self.act.beta.float().exp() + 1e-9)).to(x.dtype)[:, None, None]
        if x.device.type == "cpu" and not torch.is_grad_enabled():
            made = [_in_the_cache(item, up, down, frequency, strength) for item in x]
            return made[0][None] if len(made) == 1 else torch.stack(made)
        samples = x.shape[-1]
        padded = F.pad(x, (REACH, REACH + -samples % TILE), mode="replicate")
        doubled = padded.unfold(-1, len(up), TILE) @ up
        _hold_the_ends(doubled, samples)
        snake = torch.addcmul(doubled, (doubled * frequency).sin().square(), strength)
        return (snake @ down).flatten(-2)[..., :samples]

    def _both(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The two filters as matrices for one window, made once for each device and precision."""
        if self._matrices is None or self._matrices[0].device != x.device or self._matrices[0].dtype != x.dtype:
            with torch.inference_mode(False), torch.no_grad():
                up, down = doubling(self.upsample.filter), halving(self.downsample.lowpass.filter)
                self._matrices = up.to(x.device, x.dtype), down.to(x.device, x.dtype)
        return self._matrices


def doubling(taps: Tensor) -> Tensor:
    """(TILE + 10, 2 TILE + 10): a window of samples to one at twice the rate, 5 of its samples further at each end."""
    matrix = torch.zeros(TILE + 2 * REACH, 2 * TILE + 2 * REACH)
    kernel = 2 * taps.detach().float().flatten().cpu()
    for column in range(matrix.shape[1]):
        near, odd = divmod(column - REACH, 2)
        for tap in range(TAPS // 2):
            matrix[near - 3 + odd + tap + REACH, column] = kernel[TAPS - 1 - odd - 2 * tap]
    return matrix


def halving(taps: Tensor) -> Tensor:
    """(2 TILE + 10, TILE): every second sample of the low-pass over a window at twice the rate."""
    matrix = torch.zeros(2 * TILE + 2 * REACH, TILE)
    kernel = taps.detach().float().flatten().cpu()
    for column in range(TILE):
        matrix[2 * column : 2 * column + TAPS, column] = kernel
    return matrix


def _in_the_cache(x: Tensor, up: Tensor, down: Tensor, frequency: Tensor, strength: Tensor) -> Tensor:
    """(channels, samples) → the same, a few channels at a time, in buffers that stay in the processor's cache."""
    channels, samples = x.shape
    tiles = -(-samples // TILE)
    rows = min(channels, max(1, AT_ONCE // (tiles * TILE)))
    padded = x.new_empty(rows, tiles * TILE + 2 * REACH)
    windows = x.new_empty(rows, tiles, len(up))
    doubled, bent = x.new_empty(2, rows, tiles, len(down)).unbind()
    halved = x.new_empty(rows, tiles * TILE)
    out = torch.empty_like(x)
    for row in range(0, channels, rows):
        some = slice(row, min(row + rows, channels))
        count = some.stop - row
        padded[:count, REACH : REACH + samples] = x[some]
        padded[:count, :REACH] = x[some, :1]
        padded[:count, REACH + samples :] = x[some, -1:]
        windows[:count] = padded[:count].unfold(-1, len(up), TILE)
        z, sine = doubled[:count], bent[:count]
        torch.mm(windows[:count].view(-1, len(up)), up, out=z.view(-1, len(down)))
        _hold_the_ends(z, samples)
        torch.mul(z, frequency[some], out=sine)
        z.addcmul_(sine.sin_().square_(), strength[some])
        torch.mm(z.view(-1, len(down)), down, out=halved[:count].view(-1, TILE))
        out[some] = halved[:count, :samples]
    return out


def _hold_the_ends(doubled: Tensor, samples: int) -> None:
    """The low-pass sees the first and the last sample of the doubled sound held beyond its ends."""
    doubled[..., 0, :REACH] = doubled[..., 0, REACH, None]
    tiles, width = doubled.shape[-2:]
    for tile in range(max(0, tiles - 2), tiles):
        last = 2 * (samples - tile * TILE) - 1 + REACH
        if last < width - 1:
            held = doubled[..., tiles - 1, 2 * (samples - (tiles - 1) * TILE) - 1 + REACH, None]
            doubled[..., tile, last + 1 :] = held

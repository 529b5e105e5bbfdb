"""Convolutions along time with a half to a quarter of the multiplications, on a processor.

Short windows that overlap are taken to points where a convolution is a product, multiplied there (a matrix over
channels for each point), and taken back: Winograd's scheme (Lavin & Gray 2016, arXiv 1509.09308) with the points of a
real Fourier transform, which keeps float32's precision at any length. A complex product costs three real ones (Gauss).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SPAN = {7: 16, 11: 32}
"""Samples in a window, by the taps of the kernel. With fewer taps there is little to save."""
LEAST_CHANNELS = 96
LEAST_SAMPLES = 1024
"""Below these the way there and back costs more than it saves."""
COLUMNS = 256
"""Windows that are held at once: enough that reading the weights hardly counts, few enough for a cache."""


@lru_cache
def transforms(span: int, taps: int) -> tuple[Tensor, Tensor, Tensor]:
    """Matrices of a window (span, points), of a kernel (taps, points), and back (points, span − taps + 1)."""
    time = torch.arange(span, dtype=torch.float64)
    kept = span - taps + 1
    window, kernel, back = [], [], []
    for number in range(span // 2 + 1):
        angle = 2 * math.pi * number * time / span
        cos, sin = angle.cos(), angle.sin()
        share = (1 if number in (0, span // 2) else 2) / span
        shown_cos, shown_sin = share * cos[:kept], share * sin[:kept]
        # The kernel is not turned round, so its transform is conjugated: (a − ib)(c + id).
        if number in (0, span // 2):
            window.append(cos)
            kernel.append(cos[:taps])
            back.append(shown_cos)
            continue
        real, imaginary = cos, -sin
        c, d = cos[:taps], sin[:taps]
        # a = window real, b = window imaginary; c + id = conjugate of the kernel's transform.
        # Products c (a + b), a (d − c), b (c + d): real = first − third, imaginary = first + second.
        window += [real + imaginary, real, imaginary]
        kernel += [c, d - c, c + d]
        back += [shown_cos - shown_sin, -shown_sin, -shown_cos]
    return torch.stack(window, 1).float(), torch.stack(kernel, 1).float(), torch.stack(back).float()


class FastConvolution(nn.Conv1d):
    """A Conv1d that keeps the length, with as many channels out as in. (batch, channels, samples) → the same.

    In inference on a CPU, in float32, with 7 or 11 taps and sounds that are worth it, it goes by way of points, which
    take three to four times the weights' memory and are made at the first such call. Otherwise it is a plain Conv1d.
    """

    def __init__(self, channels: int, taps: int, dilation: int = 1) -> None:
        super().__init__(channels, channels, taps, dilation=dilation, padding=taps // 2 * dilation)
        self._points: tuple[tuple[int, int], Tensor] | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self._pays(x):
            return super().forward(x)
        return self._by_points(x[0])[None] if len(x) == 1 else torch.stack([self._by_points(item) for item in x])

    def _pays(self, x: Tensor) -> bool:
        return (x.device.type == "cpu" and x.dtype == torch.float32 and not torch.is_grad_enabled()
                and self.kernel_size[0] in SPAN and self.in_channels >= LEAST_CHANNELS and x.shape[-1] >= LEAST_SAMPLES)

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> FastConvolution:
        self._points = None
        super()._apply(fn, recurse)
        return self

    def _weights(self) -> Tensor:
        """(points, channels out, channels in), made anew when the weights are others."""
        now = self.weight.data_ptr(), 0 if self.weight.is_inference() else self.weight._version
        if self._points is None or self._points[0] != now:
            taps = self.kernel_size[0]
            _, kernel, _ = transforms(SPAN[taps], taps)
            at_points = (kernel.T @ self.weight.detach().reshape(-1, taps).T).view(-1, *self.weight.shape[:2])
            self._points = now, at_points
        return self._points[1]

    def _by_points(self, x: Tensor) -> Tensor:
        taps, step = self.kernel_size[0], self.dilation[0]
        span = SPAN[taps]
        window, _, back = transforms(span, taps)
        channels, samples = x.shape
        kept = back.shape[1]
        # A dilated convolution is `step` plain ones, each over every step-th sample.
        tiles = -(-samples // (kept * step))
        reach = taps // 2 * step
        padded = F.pad(x, (reach, reach + tiles * kept * step - samples))
        weights = self._weights()
        at_once = min(tiles, -(-COLUMNS // step))
        size = channels * at_once * step
        windows, parts = x.new_empty(size * span), x.new_empty(size * kept)
        there, made = x.new_empty(2, size * len(back)).unbind()
        out = x.new_empty(channels, tiles, kept, step)
        for tile in range(0, tiles, at_once):
            count = min(at_once, tiles - tile)
            size = channels * count * step
            taken = windows[: size * span].view(channels, count, step, span)
            taken.copy_(padded.as_strided(taken.shape, (padded.shape[1], kept * step, 1, step), tile * kept * step))
            at, by = there[: size * len(back)].view(len(back), -1), made[: size * len(back)].view(len(back), -1)
            torch.mm(window.T, taken.view(-1, span).T, out=at)
            torch.bmm(weights, at.view(len(back), channels, -1), out=by.view(len(back), channels, -1))
            some = parts[: size * kept].view(channels, count, step, kept)
            torch.mm(by.T, back, out=some.view(-1, kept))
            out[:, tile : tile + count] = some.transpose(2, 3)
        out = out.view(channels, -1)[:, :samples]
        return out.contiguous() if self.bias is None else out + self.bias[:, None]

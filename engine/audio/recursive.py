"""Recursive filters (IIR) with numpy alone: SciPy's take a second to be imported.

By overlap and save, with the filter's response cut off where nothing is left of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

BLOCK = 65536
"""Samples transformed at once."""

Section = tuple[tuple[float, float, float], tuple[float, float, float]]
"""A second-order filter: what weighs the input, and what weighs the output, now and one and two samples back."""
Samples = NDArray[np.float64]


class Recursive:
    """Filters a sound that comes in pieces, (samples, channels), by `sections` one after the other.

    `reach`: so many samples back they hear; less than half of `BLOCK`.
    """

    def __init__(self, sections: Sequence[Section], reach: int, channels: int) -> None:
        self._response, self._reach = _response(tuple(sections), reach), reach
        self._before = np.zeros((reach, channels))

    def __call__(self, piece: NDArray[np.floating]) -> Samples:
        """The piece filtered, as what follows on the pieces before it."""
        heard = np.concatenate([self._before, piece])
        self._before = heard[len(heard) - self._reach :]
        out = np.empty(piece.shape)
        step = BLOCK - self._reach
        for start in range(0, len(piece), step):
            block = heard[start : start + BLOCK]
            filtered = np.fft.irfft(np.fft.rfft(block, BLOCK, axis=0) * self._response[:, None], BLOCK, axis=0)
            n = min(step, len(piece) - start)
            out[start : start + n] = filtered[self._reach : self._reach + n]
        return out


@cache
def _response(sections: tuple[Section, ...], reach: int) -> NDArray[np.complex128]:
    """Of all sections together, cut off where nothing is left: (BLOCK // 2 + 1,)."""
    pulse = np.zeros(reach + 1)
    pulse[0] = 1.0
    for b, a in sections:
        pulse = _filtered(pulse, b, a)
    return np.fft.rfft(pulse, BLOCK)


def _filtered(signal: Samples, b: tuple[float, float, float], a: tuple[float, float, float]) -> Samples:
    """A second-order filter in direct form II transposed, sample by sample."""
    out, first, second = np.empty_like(signal), 0.0, 0.0
    for i, x in enumerate(signal.tolist()):
        y = b[0] * x + first
        first, second = b[1] * x - a[1] * y + second, b[2] * x - a[2] * y
        out[i] = y
    return out

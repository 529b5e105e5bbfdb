"""K-weighting (ITU-R BS.1770-4, tables 1 and 2) with numpy alone: SciPy's filters take a second to be imported."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""The two filters at 48 kHz."""
REACH = 8191
"""So many samples back the filters hear: what is left of a pulse by then is below 1e-15 of it."""
BLOCK = 65536

Samples = NDArray[np.float64]


class KWeighting:
    """Filters a sound that comes in pieces, by overlap and save; (samples, channels)."""

    def __init__(self, channels: int) -> None:
        self._before = np.zeros((REACH, channels))

    def __call__(self, piece: NDArray[np.floating]) -> Samples:
        """The piece weighted, as what follows on the pieces before it."""
        heard = np.concatenate([self._before, piece])
        self._before = heard[len(heard) - REACH :]
        out = np.empty(piece.shape)
        response = _response()[:, None]
        step = BLOCK - REACH
        for start in range(0, len(piece), step):
            block = heard[start : start + BLOCK]
            weighted = np.fft.irfft(np.fft.rfft(block, BLOCK, axis=0) * response, BLOCK, axis=0)
            n = min(step, len(piece) - start)
            out[start : start + n] = weighted[REACH : REACH + n]
        return out


@cache
def _response() -> NDArray[np.complex128]:
    """Of both filters together, cut off where nothing is left: (BLOCK // 2 + 1,)."""
    pulse = np.zeros(REACH + 1)
    pulse[0] = 1.0
    for b, a in (SHELF, HIGH_PASS):
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

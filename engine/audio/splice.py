"""A new sound put into a stretch of an old one, whose other samples stay as they are. Torch-free."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.audio.finish import CEILING_DBTP, FADE_IN_S, FADE_OUT_S, MARGIN_DB
from engine.audio.loudness import true_peak
from engine.spec import SAMPLE_RATE

CROSSFADE_S = 0.015
"""Inside the stretch, at each of its ends; an end of the whole sound fades as a new sound's does."""
TRIES = 8

Wave = NDArray[np.float32]


def spliced(base: Wave, new: Wave, start: int, end: int) -> Wave:
    """`new` in samples `start` to `end` of `base`, both (samples,) at 48 kHz and at the level that they have.

    The crossfades keep the power. The new part is turned down where the peak would pass the ceiling because of it.
    """
    out, falls = base.astype(np.float64), _weights(len(base), start, end)
    part = slice(start, end)
    ceiling = max(10 ** ((CEILING_DBTP - MARGIN_DB) / 20), true_peak(base))
    gain, fresh, rest = 1.0, new[part] * falls[1], out[part] * falls[0]
    for _ in range(TRIES):
        out[part] = rest + gain * fresh
        peak = true_peak(out.astype(np.float32))
        if peak <= ceiling:
            break
        gain *= 0.99 * ceiling / peak
    return np.concatenate([base[:start], out[part].astype(np.float32), base[end:]])


def _weights(length: int, start: int, end: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What remains of the old and what comes of the new in the stretch, (end − start,) each."""
    old, new = np.zeros(end - start), np.ones(end - start)
    for seconds, outermost, flip in ((FADE_IN_S, start == 0, False), (FADE_OUT_S, end == length, True)):
        n = min((end - start) // 4, round((seconds if outermost else CROSSFADE_S) * SAMPLE_RATE))
        rise = np.sin((np.arange(n) + 0.5) / max(1, n) * np.pi / 2)
        there = slice(len(new) - n, None) if flip else slice(0, n)
        new[there] *= rise[::-1] if flip else rise
        if not outermost:
            old[there] = np.sqrt(1 - (rise[::-1] if flip else rise) ** 2)
    return old, new

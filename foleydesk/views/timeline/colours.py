"""The colours of a spectrogram: dark through violet and orange to pale yellow, even in lightness."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

STOPS = (
    (0.0, 0x000004), (0.08, 0x0B0724), (0.2, 0x320A5E), (0.32, 0x5F136E), (0.44, 0x8A226A), (0.56, 0xB63458),
    (0.68, 0xDD513A), (0.8, 0xF37819), (0.9, 0xFBA60C), (1.0, 0xFCF4A0),
)  # fmt: skip
"""Share of the range, and its colour. Lightness rises all the way, so that it reads without hue as well."""


@lru_cache(maxsize=8)
def table(floor: int, ceiling: int) -> tuple[int, ...]:
    """256 colours (0xAARRGGBB) for levels in half decibels: `floor` and below black, `ceiling` and above brightest."""
    share = np.clip((np.arange(256) - floor) / max(1, ceiling - floor), 0, 1)
    places = [place for place, _ in STOPS]
    channels = [
        np.interp(share, places, [(colour >> shift) & 255 for _, colour in STOPS]).round().astype(int)
        for shift in (16, 8, 0)
    ]
    return tuple(int(0xFF000000 | (r << 16) | (g << 8) | b) for r, g, b in zip(*channels, strict=True))

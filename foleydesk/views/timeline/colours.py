"""The colours of a spectrogram. Lightness rises all the way in each map, so that it reads without hue as well."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

INFERNO = (
    (0.0, 0x000004), (0.08, 0x0B0724), (0.2, 0x320A5E), (0.32, 0x5F136E), (0.44, 0x8A226A), (0.56, 0xB63458),
    (0.68, 0xDD513A), (0.8, 0xF37819), (0.9, 0xFBA60C), (1.0, 0xFCF4A0),
)  # fmt: skip
"""Share of the range, and its colour: dark through violet and orange to pale yellow."""


def _even(*colours: int) -> tuple[tuple[float, int], ...]:
    return tuple((i / (len(colours) - 1), colour) for i, colour in enumerate(colours))


MAPS = {
    "inferno": INFERNO,
    "magma": _even(0x000004, 0x180F3D, 0x440F76, 0x721F81, 0x9E2F7F, 0xCD4071, 0xF1605D, 0xFD9668, 0xFECA8D, 0xFCFDBF),
    "viridis": _even(
        0x0A0012, 0x3A1860, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6ECE58, 0xB5DE2B, 0xFDE725
    ),
    "cividis": _even(
        0x000D1F, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55, 0xFEE838
    ),
    "grey": _even(0x000000, 0xFFFFFF),
}
"""All can be told apart by colour-blind eyes. viridis and cividis begin darker than published: rest is dark."""
_now = "inferno"


def use(name: str) -> None:
    """Colour spectrograms by this map from now on; an unknown one is the first."""
    global _now
    _now = name if name in MAPS else "inferno"


def in_force() -> str:
    return _now


def table(floor: int, ceiling: int) -> tuple[int, ...]:
    """256 colours (0xAARRGGBB) for levels in half decibels: `floor` and below black, `ceiling` and above brightest."""
    return coloured(floor, ceiling, _now)


@lru_cache(maxsize=8)
def coloured(floor: int, ceiling: int, name: str) -> tuple[int, ...]:
    """The same of the map `name`."""
    share = np.clip((np.arange(256) - floor) / max(1, ceiling - floor), 0, 1)
    stops = MAPS[name]
    places = [place for place, _ in stops]
    channels = [
        np.interp(share, places, [(colour >> shift) & 255 for _, colour in stops]).round().astype(int)
        for shift in (16, 8, 0)
    ]
    return tuple(int(0xFF000000 | (r << 16) | (g << 8) | b) for r, g, b in zip(*channels, strict=True))

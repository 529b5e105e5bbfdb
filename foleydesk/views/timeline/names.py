"""Where names stand that share a row: each has room up to where the next one begins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import inf

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from foleydesk.views.look import sans

Room = tuple[float, float]
"""From and to, in pixels of the lane; no name is shown where both are the same."""
KEPT = 2048
"""Words whose width is known: measuring them is most of what painting names costs."""


@cache
def label() -> tuple[QFont, QFontMetrics]:
    """What names on the timeline are written in."""
    font = sans(11)
    return font, QFontMetrics(font)


@lru_cache(maxsize=KEPT)
def width_of(words: str) -> int:
    """So many pixels, in that font."""
    return label()[1].horizontalAdvance(words)


@lru_cache(maxsize=KEPT)
def shortened(words: str, pixels: int) -> str:
    """With dots at the end of what there is room for."""
    return words if width_of(words) <= pixels else label()[1].elidedText(words, Qt.TextElideMode.ElideRight, pixels)


def rooms(stretches: Sequence[Room], first: float = -inf, last: float = inf) -> list[Room]:
    """What of each stretch its name may take between `first` and `last`, so that none lies over another.

    Where several begin at one place, or before `first`, the last of them is named.
    """
    places = [(max(first, left), min(last, right)) for left, right in stretches]
    order = sorted((i for i, (left, right) in enumerate(places) if right > left), key=lambda i: (places[i][0], i))
    ends = {before: places[after][0] for before, after in pairwise(order)}
    return [
        (left, max(left, min(right, ends.get(i, right)))) if right > left else (left, left)
        for i, (left, right) in enumerate(places)
    ]


def in_room(words: str, shorter: str, pixels: float, least: float) -> str:
    """`words` with dots at their end, in less than `least` only what is `shorter`; empty where nothing fits."""
    if pixels >= least:
        return shortened(words, int(pixels))
    return shorter if width_of(shorter) <= pixels else ""

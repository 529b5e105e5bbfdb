"""Where names stand that share a row: each has room up to where the next one begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

Room = tuple[float, float]
"""From and to, in pixels of the lane; no name is shown where both are the same."""


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


def in_room(metrics: QFontMetrics, words: str, shorter: str, pixels: float, least: float) -> str:
    """`words` with dots at their end, in less than `least` only what is `shorter`; empty where nothing fits."""
    if pixels >= least:
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(pixels))
    return shorter if metrics.horizontalAdvance(shorter) <= pixels else ""

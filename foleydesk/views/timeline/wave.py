"""A sound's wave as a picture: one column a pixel, drawn by numpy at once."""

from __future__ import annotations

from functools import cache

import numpy as np
from PySide6.QtGui import QColor, QImage

from foleydesk.workers.wave_thread import Wave

QUIET_POWER = 0.6
"""Waves are drawn with this power of their level, so that soft steps are seen beside loud hits."""


def columns(wave: Wave, first: float, scale: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(least, greatest) in each of `count` pixels of `scale` samples, the first of which begins at sample `first`.

    Where there is no sound, silence.
    """
    floor, block = wave.level(scale)
    most = floor.shape[1]
    low, high = np.zeros(count, np.float32), np.zeros(count, np.float32)
    edges = ((first + np.arange(count + 1) * scale) / block).astype(np.int64)
    a, b = np.searchsorted(edges[:-1], [0, most], side="left")
    if first < 0:
        a = max(a, int(-first // scale))
    if b <= a or most == 0:
        return low, high
    starts = np.clip(edges[a:b], 0, most - 1)
    last = min(most, int(edges[b]) + 1)
    part = floor[:, starts[0] : max(last, int(starts[-1]) + 1)]
    places = starts - starts[0]
    low[a:b] = np.minimum.reduceat(part[0], places)
    high[a:b] = np.maximum.reduceat(part[1], places)
    return low, high


def picture(low: np.ndarray, high: np.ndarray, height: int, colour: QColor, soften: bool = True) -> QImage:
    """The wave as an image with clear ground, `height` pixels high, its edges smooth. It owns its pixels."""
    if soften:
        low, high = -(np.abs(np.minimum(low, 0)) ** QUIET_POWER), np.maximum(high, 0) ** QUIET_POWER
    middle = height / 2
    top = middle - middle * np.minimum(high, 1.0) - 0.4
    bottom = middle - middle * np.maximum(low, -1.0) + 0.4
    rows = np.arange(height, dtype=np.float32)[:, None]
    cover = np.minimum(bottom.astype(np.float32) - rows, rows + 1 - top.astype(np.float32))
    shades = np.ascontiguousarray(np.clip(cover * 255, 0, 255), np.uint8)
    image = QImage(shades.data, len(low), height, len(low), QImage.Format.Format_Indexed8)
    image.setColorTable(_shades(colour.rgba()))
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


@cache
def _shades(colour: int) -> list[int]:
    """The colour from clear to as it is."""
    return [(colour & 0xFFFFFF) | (round((colour >> 24) * share / 255) << 24) for share in range(256)]

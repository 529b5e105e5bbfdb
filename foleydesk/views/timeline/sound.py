"""The mel-spectrogram of what plays, from a max-pyramid of which only the visible window is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from engine.audio.pyramid import HOP
from engine.spec import Span
from foleydesk.views.look import sans, tone
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.colours import table
from foleydesk.views.timeline.lane import MarkingLane, Wishes

ANEW = "made anew"
FLOOR, CEILING = 95, 225
"""Levels (half decibels) that are black and brightest."""


@dataclass(frozen=True)
class Sounding:
    """A stretch of sound to show: it begins at `start`; its pyramid's column 0 is `offset` samples earlier."""

    start: int
    length: int
    pyramid: Sequence[np.ndarray]
    offset: int = 0
    lone: bool = False
    """It replaces what lies under it instead of sounding along."""
    region: Span | None = None
    """The part of it that was made anew."""


def picture(levels: np.ndarray) -> QImage:
    """(bands, columns) levels as an image, low bands at the bottom."""
    upright = np.ascontiguousarray(levels[::-1])
    bands, columns = upright.shape
    image = QImage(upright.data, columns, bands, columns, QImage.Format.Format_Indexed8)
    image.setColorTable(table(FLOOR, CEILING))
    return image.convertToFormat(QImage.Format.Format_RGB32)


def window(pyramid: Sequence[np.ndarray], start: float, end: float, scale: float) -> tuple[np.ndarray, float, float]:
    """(levels, first sample, last sample) of the pyramid's level that suits `scale` (samples a pixel)."""
    depth = 0
    while depth + 1 < len(pyramid) and HOP << (depth + 1) <= scale:
        depth += 1
    hop = HOP << depth
    columns = pyramid[depth].shape[1]
    first = min(max(0, int(start // hop)), columns)
    last = min(columns, int(-(-end // hop)) + 1)
    return pyramid[depth][:, first : max(first, last)], first * hop, max(first, last) * hop


class SoundLane(MarkingLane):
    """Everything that sounds, over the time at which it sounds."""

    title = "Sound"
    note = "mel, 20 Hz – 20 kHz"
    least = 44
    share = 2.2
    most = 168

    def __init__(self, axis: TimeAxis, wishes: Wishes) -> None:
        super().__init__(axis, wishes)
        self.soundings: list[Sounding] = []

    def show(self, soundings: list[Sounding]) -> None:
        self.soundings = soundings
        self.again()

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        painter.fillRect(0, 0, width, height, tone("field"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for sounding in self.soundings:
            self._stretch(painter, sounding, height)
        painter.setClipping(False)
        painter.fillRect(0, height - 1, width, 1, tone("line"))

    def _stretch(self, painter: QPainter, sounding: Sounding, height: int) -> None:
        shown = self.axis.shown
        start = max(sounding.start, shown.start)
        end = min(sounding.start + sounding.length, shown.end)
        if end <= start:
            return
        zero = sounding.start - sounding.offset
        levels, first, last = window(sounding.pyramid, start - zero, end - zero, self.axis.scale)
        left, right = self.axis.x(start), self.axis.x(end)
        painter.setClipRect(QRectF(left, 0, right - left, height))
        if sounding.lone:
            painter.fillRect(QRectF(left, 0, right - left, height), tone("field"))
        if levels.shape[1] == 0:
            return
        mode = QPainter.CompositionMode
        painter.setCompositionMode(mode.CompositionMode_SourceOver if sounding.lone else mode.CompositionMode_Lighten)
        x = self.axis.x(zero + first)
        painter.drawImage(QRectF(x, 0, self.axis.x(zero + last) - x, height), picture(levels))
        painter.setCompositionMode(mode.CompositionMode_SourceOver)
        if sounding.region is not None:
            self._region(painter, sounding.region, height)

    def _region(self, painter: QPainter, region: Span, height: int) -> None:
        left, right = round(self.axis.x(region.start)), round(self.axis.x(region.end))
        for x in (left, right - 1):
            painter.fillRect(x, 0, 1, height, tone("text", 0.7))
        painter.setFont(sans(11))
        painter.setPen(tone("text"))
        if right - left > painter.fontMetrics().horizontalAdvance(ANEW) + 8:
            painter.drawText(left + 5, 14, ANEW)

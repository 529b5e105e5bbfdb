"""The mel-spectrogram of what plays, from a max-pyramid of which only the visible window is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from engine.audio.pyramid import HOP
from engine.spec import Span
from foleydesk.views.look import sans, tone
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.colours import table
from foleydesk.views.timeline.lane import MarkingLane, Wishes
from foleydesk.views.timeline.magnet import Magnet
from foleydesk.views.timeline.wave import columns
from foleydesk.views.timeline.wave import picture as wave_picture
from foleydesk.views.wording import later
from foleydesk.workers.wave_thread import Wave

ANEW = "made anew"
SEAM_PX = 4
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
    wave: Wave | None = None
    """Its wave, from the same sample on."""


def picture(levels: np.ndarray, floor: int = FLOOR, ceiling: int = CEILING) -> QImage:
    """(bands, columns) levels as an image, low bands at the bottom."""
    upright = np.ascontiguousarray(levels[::-1])
    bands, columns = upright.shape
    image = QImage(upright.data, columns, bands, columns, QImage.Format.Format_Indexed8)
    image.setColorTable(table(floor, ceiling))
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
    """Everything that sounds, over the time at which it sounds; its wave over that, where it is wanted."""

    title = later("LaneHead", "Sound")
    note = later("LaneHead", "mel, 20 Hz – 20 kHz")
    least = 44
    share = 2.2
    most = 168

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet | None = None) -> None:
        super().__init__(axis, wishes, magnet)
        self.soundings: list[Sounding] = []
        self.waves = False
        """Whether the wave is drawn over the spectrogram."""
        self.levels = (FLOOR, CEILING)
        """Levels (half decibels) that are black and brightest."""

    def show(self, soundings: list[Sounding]) -> None:
        self.soundings = soundings
        self.again()

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        part = self.wanted(width, height)
        painter.fillRect(part, tone("screen"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for sounding in self.soundings:
            self._stretch(painter, sounding, height, part)
        painter.fillRect(QRectF(part.left(), height - 1, part.width(), 1), tone("line"))

    def _stretch(self, painter: QPainter, sounding: Sounding, height: int, part: QRectF) -> None:
        left = max(self.axis.x(sounding.start), part.left())
        right = min(self.axis.x(sounding.start + sounding.length), part.right())
        if right <= left:
            return
        painter.save()
        painter.setClipRect(QRectF(left, 0, right - left, height))
        if sounding.lone:
            painter.fillRect(QRectF(left, 0, right - left, height), tone("screen"))
        self._spectrogram(painter, sounding, height, left, right)
        if self.waves and sounding.wave is not None:
            self._wave(painter, sounding, sounding.wave, height, left, right)
        if sounding.region is not None:
            self._region(painter, sounding.region, height)
        painter.restore()

    def _spectrogram(self, painter: QPainter, sounding: Sounding, height: int, left: float, right: float) -> None:
        zero = sounding.start - sounding.offset
        # Some pixels more on either side, so that parts painted one after the other join without a seam.
        start = self.axis.start + (left - SEAM_PX) * self.axis.scale - zero
        end = self.axis.start + (right + SEAM_PX) * self.axis.scale - zero
        levels, first, last = window(sounding.pyramid, start, end, self.axis.scale)
        if levels.shape[1] == 0:
            return
        mode = QPainter.CompositionMode
        painter.setCompositionMode(mode.CompositionMode_SourceOver if sounding.lone else mode.CompositionMode_Lighten)
        x = self.axis.x(zero + first)
        where = QRectF(x, 0, self.axis.x(zero + last) - x, height)
        painter.drawImage(where, picture(levels, *self.levels))
        painter.setCompositionMode(mode.CompositionMode_SourceOver)

    def _wave(self, painter: QPainter, sounding: Sounding, sound: Wave, height: int, left: float, right: float) -> None:
        ratio = painter.device().devicePixelRatio()
        first, count = int(left), round((int(right) + 1 - int(left)) * ratio)
        since = self.axis.start + first * self.axis.scale - (sounding.start - sounding.offset)
        low, high = columns(sound, since, self.axis.scale / ratio, count)
        image = wave_picture(low, high, round((height - 4) * ratio), tone("on-screen", 0.5))
        image.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(first, 2), image)

    def _region(self, painter: QPainter, region: Span, height: int) -> None:
        left, right = round(self.axis.x(region.start)), round(self.axis.x(region.end))
        for x in (left, right - 1):
            painter.fillRect(x, 0, 1, height, tone("on-screen", 0.7))
        painter.setFont(sans(11))
        painter.setPen(tone("on-screen"))
        if right - left > painter.fontMetrics().horizontalAdvance(ANEW) + 8:
            painter.drawText(left + 5, 14, ANEW)

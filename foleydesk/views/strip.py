"""A whole sound as a spectrogram, as wide as a card, and the bar of a score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from foleydesk.views.look import tone
from foleydesk.views.timeline.sound import picture

LOW_PX, HIGH_PX = 21, 30
"""How high a strip is where there is little room, and where there is enough."""
GOOD, FAIR = 0.66, 0.4
"""Levels from which a bar is good, and fair."""


class Strip(QWidget):
    """A whole sound as a spectrogram, with the playhead while it plays; what is not new in it stands back."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._region: tuple[float, float] | None = None
        self._share: float | None = None
        self.setFixedHeight(HIGH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, HIGH_PX)

    def show_pyramid(self, pyramid: Sequence[np.ndarray] | None) -> None:
        levels = next((level for level in pyramid if level.shape[1] <= 1200), pyramid[-1]) if pyramid else None
        self._image = picture(levels) if levels is not None and levels.shape[1] else None
        self.update()

    def show_region(self, region: tuple[float, float] | None) -> None:
        """The part that was made anew, as shares of the whole."""
        self._region = region
        self.update()

    def show_share(self, share: float | None) -> None:
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tone("screen"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), self._image)
        if self._region is not None:
            self._paint_region(painter, *self._region)
        if self._share is not None and 0 <= self._share <= 1:
            painter.fillRect(QRectF(self._share * self.width() - 1, 0, 2, self.height()), tone("playhead"))

    def _paint_region(self, painter: QPainter, start: float, end: float) -> None:
        left, right, high = round(start * self.width()), round(end * self.width()), self.height()
        for x, wide in ((0, left), (right, self.width() - right)):
            painter.fillRect(x, 0, wide, high, tone("screen", 0.55))
        for x in (left, right - 1):
            painter.fillRect(x, 0, 1, high, tone("screen-accent"))


class Bar(QWidget):
    """A level from 0 to 1; without one, an empty trough."""

    def __init__(self) -> None:
        super().__init__()
        self._level: float | None = None
        self.setFixedHeight(4)

    def show_level(self, level: float | None) -> None:
        self._level = level
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone("trough"))
        painter.drawRoundedRect(self.rect(), 2, 2)
        if self._level is not None:
            painter.setBrush(tone("good" if self._level >= GOOD else "fair" if self._level >= FAIR else "poor"))
            wide = max(4.0, self.width() * min(1.0, self._level))
            painter.drawRoundedRect(QRectF(0, 0, wide, self.height()), 2, 2)

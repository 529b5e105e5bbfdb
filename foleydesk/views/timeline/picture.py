"""A strip of picture frames, each at its own time."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from foleydesk.views.look import small, tone
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.lane import MarkingLane, Wishes
from foleydesk.views.timeline.magnet import Magnet
from foleydesk.views.wording import later


class PictureLane(MarkingLane):
    """Thumbnails side by side: each stands where its left edge's moment is."""

    title = later("LaneHead", "Picture")
    least = 36
    share = 1.0
    most = 64

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet | None = None) -> None:
        super().__init__(axis, wishes, magnet)
        self.images: list[QImage] = []
        self.times: list[int] = []
        self.length = 0
        self.aspect = 16 / 9
        self._tiles: dict[int, QPixmap] = {}
        self._sized: tuple[QSize, float] | None = None

    def show(self, images: list[QImage], times: list[int], length: int, aspect: float) -> None:
        """`times` ascending, in samples; `length` of the picture."""
        self.images, self.times, self.length, self.aspect = images, times, length, aspect
        self._tiles.clear()
        self.again()

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        part = self.wanted(width, height)
        painter.fillRect(part, tone("screen"))
        if self.length <= 0:
            return
        end = min(part.right(), round(self.axis.x(self.length)))
        step = max(8, round(height * self.aspect))
        painter.save()
        painter.setClipRect(QRectF(part.left(), 0, max(0.0, end - part.left()), height))
        tile = (self.axis.pixels + int(part.left())) // step
        while (left := tile * step - self.axis.pixels) < end:
            self._tile(painter, QRect(left, 0, step, height), round(max(0, tile) * step * self.axis.scale))
            tile += 1
        painter.restore()
        painter.fillRect(QRectF(part.left(), height - 1, part.width(), 1), tone("line"))

    def _tile(self, painter: QPainter, where: QRect, at: int) -> None:
        if not self.images:
            painter.fillRect(where.adjusted(0, 0, -1, 0), tone("card"))
            painter.setPen(tone("dim"))
            painter.setFont(small())
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, "…")
            return
        i = max(0, bisect_right(self.times, at) - 1)
        painter.drawPixmap(where.topLeft(), self._scaled(i, where.size(), painter.device().devicePixelRatio()))

    def _scaled(self, i: int, size: QSize, ratio: float) -> QPixmap:
        """The picture in the size in which it is shown, kept until that changes."""
        if self._sized != (size, ratio):
            self._tiles.clear()
            self._sized = (size, ratio)
        if i not in self._tiles:
            exact = (size.toSizeF() * ratio).toSize()
            mode = Qt.TransformationMode.SmoothTransformation
            scaled = self.images[i].scaled(exact, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
            self._tiles[i] = QPixmap.fromImage(scaled)
            self._tiles[i].setDevicePixelRatio(ratio)
        return self._tiles[i]

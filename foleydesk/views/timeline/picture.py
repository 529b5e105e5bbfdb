"""A strip of picture frames, each at its own time."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from foleydesk.views.look import small, tone
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.lane import MarkingLane, Wishes


class PictureLane(MarkingLane):
    """Thumbnails side by side: each stands where its left edge's moment is."""

    title = "Picture"
    least = 36
    share = 1.0
    most = 64

    def __init__(self, axis: TimeAxis, wishes: Wishes) -> None:
        super().__init__(axis, wishes)
        self.images: list[QImage] = []
        self.times: list[int] = []
        self.length = 0
        self.aspect = 16 / 9

    def show(self, images: list[QImage], times: list[int], length: int, aspect: float) -> None:
        """`times` ascending, in samples; `length` of the picture."""
        self.images, self.times, self.length, self.aspect = images, times, length, aspect
        self.again()

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        painter.fillRect(0, 0, width, height, tone("field"))
        if self.length <= 0:
            return
        end = min(width, round(self.axis.x(self.length)))
        step = max(8, round(height * self.aspect))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRect(0, 0, end, height)
        tile = round(self.axis.start / self.axis.scale) // step
        while (left := round(tile * step - self.axis.start / self.axis.scale)) < end:
            self._tile(painter, QRect(left, 0, step, height), self.axis.at(max(0, left)))
            tile += 1
        painter.setClipping(False)
        painter.fillRect(0, height - 1, width, 1, tone("line"))

    def _tile(self, painter: QPainter, where: QRect, at: int) -> None:
        if not self.images:
            painter.fillRect(where.adjusted(0, 0, -1, 0), tone("card"))
            painter.setPen(tone("dim"))
            painter.setFont(small())
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, "…")
            return
        painter.drawImage(where, self.images[max(0, bisect_right(self.times, at) - 1)])

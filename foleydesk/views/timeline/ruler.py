"""Time code over everything, and the markers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from foleydesk.document.project import Marker
from foleydesk.document.timebase import FIRST_HOUR, Rate
from foleydesk.views.look import mono, sans, tone
from foleydesk.views.timecode import code
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.lane import Lane, Wishes

LABEL_PX = 118
FLAG_PX = 8
SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)


def frames_between(rate: Rate, scale: float) -> tuple[int, int]:
    """(frames from label to label, short ticks between two) for so many samples a pixel."""
    nominal = round(float(rate.fraction))
    steps = [1, 2] + [nominal // part for part in (5, 4, 3, 2) if nominal % part == 0 and nominal // part > 2]
    steps += [nominal * seconds for seconds in SECONDS]
    per_frame = rate.samples_at(1000) / 1000 / scale
    step = next((step for step in steps if step * per_frame >= LABEL_PX), steps[-1])
    minor = next((n for n in (12, 10, 6, 5, 4, 3, 2) if step % n == 0 and step / n * per_frame >= 8), 1)
    return step, minor


class Ruler(Lane):
    """Time code; a drag scrubs."""

    least = 26
    shows_edges = True
    selects = False

    def __init__(self, axis: TimeAxis, wishes: Wishes) -> None:
        super().__init__(axis, wishes)
        self.rate: Rate | None = None
        self.start = FIRST_HOUR
        """What the picture's first frame is called."""
        self.markers: tuple[Marker, ...] = ()

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        painter.fillRect(0, 0, width, height, tone("panel"))
        painter.fillRect(0, height - 1, width, 1, tone("line"))
        if self.rate is None:
            return
        step, minor = frames_between(self.rate, self.axis.scale)
        painter.setFont(mono(12))
        shown = self.axis.shown
        frame = self.rate.frame_at(shown.start) // step * step
        while (at := self.rate.samples_at(frame)) <= shown.end:
            x = round(self.axis.x(at))
            painter.fillRect(x, height - 13, 1, 13, tone("edge"))
            painter.setPen(tone("dim"))
            painter.drawText(QPointF(x + 6, height - 9), code(self.rate, at, self.start))
            for i in range(1, minor):
                part = self.rate.samples_at(frame + step * i // minor)
                painter.fillRect(round(self.axis.x(part)), height - 5, 1, 5, tone("edge"))
            frame += step
        for marker in self.markers:
            if shown.start <= marker.at <= shown.end:
                self._flag(painter, round(self.axis.x(marker.at)), marker.name)

    @staticmethod
    def _flag(painter: QPainter, x: int, name: str) -> None:
        """A pole over the whole ruler with a pennant at its top, and the marker's name beside it."""
        painter.fillRect(x, 0, 1, Ruler.least, tone("blue"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone("blue"))
        painter.drawPolygon(QPolygonF([QPointF(x, 0), QPointF(x + FLAG_PX, FLAG_PX / 2), QPointF(x, FLAG_PX)]))
        if name:
            painter.setFont(sans(11))
            wide = painter.fontMetrics().horizontalAdvance(name)
            painter.fillRect(x + FLAG_PX + 1, 0, wide + 4, 13, tone("panel"))
            painter.setPen(tone("text"))
            painter.drawText(QPointF(x + FLAG_PX + 3, 10), name)

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self.wishes.seek.emit(self.axis.at(at.x()))

    def drag(self, at: QPointF) -> None:
        self.wishes.seek.emit(self.axis.at(at.x()))

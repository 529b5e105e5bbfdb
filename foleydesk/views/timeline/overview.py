"""The whole project in a strip, with what the lanes show as a box to drag. It is a scroll bar, and works as one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar

from engine.spec import Span
from foleydesk.document.project import Project
from foleydesk.views.look import tone, track_tones
from foleydesk.views.timeline.axis import TimeAxis

HIGH = 34
CUES_PX = 7
EDGE_PX = 5
LEAST_BOX_PX = 10
SCROLL_UNITS = 10_000
"""A scroll bar counts in int32; a long project has more samples than that."""


class Overview(QScrollBar):
    """Drag the box to scroll, its sides to zoom; a press beside it goes there; a double press shows everything."""

    def __init__(self, axis: TimeAxis) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.axis = axis
        self.project: Project | None = None
        self.at = 0
        self._picture: QPixmap | None = None
        self._grip: tuple[str, float] | None = None
        """What of the box is held, and how far from its left side."""
        self.setAccessibleName(self.tr("Scroll the timeline"))
        self.setToolTip(self.tr("The whole project. Drag the box to scroll, its sides to zoom."))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(HIGH)
        self.setMouseTracking(True)
        axis.changed.connect(self._follow)
        self.valueChanged.connect(self._scrolled)

    def show_project(self, project: Project | None) -> None:
        self.project, self._picture = project, None
        self.update()

    def move_to(self, at: int) -> None:
        if round(self._x(at)) != round(self._x(self.at)):
            self.update()
        self.at = at

    @property
    def _whole(self) -> float:
        """Samples from end to end."""
        return max(1.0, self.axis.farthest * self.axis.width)

    def _x(self, at: float) -> float:
        return at / self._whole * self.width()

    def _box(self) -> QRectF:
        left = self._x(self.axis.start)
        wide = max(float(LEAST_BOX_PX), self._x(self.axis.width * self.axis.scale))
        return QRectF(min(left, self.width() - wide), 0, wide, self.height())

    def _follow(self) -> None:
        page = min(SCROLL_UNITS, round(SCROLL_UNITS * self.axis.width * self.axis.scale / self._whole))
        self.blockSignals(True)
        self.setRange(0, SCROLL_UNITS - page)
        self.setPageStep(page)
        self.setValue(round(SCROLL_UNITS * self.axis.start / self._whole))
        self.blockSignals(False)
        self.update()

    def _scrolled(self, value: int) -> None:
        self.axis.look_from(value / SCROLL_UNITS * self._whole)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._picture is None or self._shown != (self.axis.length, self.axis.width):
            self._picture = self._painted()
        painter.drawPixmap(0, 0, self._picture)
        x = self._x(self.at)
        painter.fillRect(QRectF(x - 0.5, 0, 1, self.height()), tone("playhead"))
        box = self._box()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tone("soft"), 1))
        painter.setBrush(tone("text", 0.1))
        painter.drawRoundedRect(box.adjusted(0.5, 1.5, -0.5, -1.5), 3, 3)
        for side in (box.left() + 3, box.right() - 4):
            painter.fillRect(QRectF(side, self.height() / 2 - 4, 1, 8), tone("soft"))

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixels = QPixmap((self.size().toSizeF() * ratio).toSize())
        pixels.setDevicePixelRatio(ratio)
        self._shown = (self.axis.length, self.axis.width)
        painter = QPainter(pixels)
        painter.fillRect(self.rect(), tone("ground"))
        painter.fillRect(0, 0, self.width(), 1, tone("line"))
        end = self._x(self.axis.length)
        painter.fillRect(QRectF(0, 2, end, self.height() - 4), tone("panel"))
        if self.project is not None:
            self._paint_project(painter, self.project)
        painter.end()
        return pixels

    def _paint_project(self, painter: QPainter, project: Project) -> None:
        for cue in project.cues:
            painter.fillRect(self._bar(cue.span, 2, CUES_PX - 2), tone("accent", 0.45))
        tall = (self.height() - CUES_PX - 3) / max(1, len(project.tracks))
        rows = {track.id: (i, track_tones(track.colour)[1]) for i, track in enumerate(project.tracks)}
        for clip in project.clips:
            row, colour = rows[clip.track]
            painter.fillRect(self._bar(clip.span, CUES_PX + row * tall, max(1.0, tall - 1)), colour)
        for marker in project.markers:
            painter.fillRect(QRectF(round(self._x(marker.at)), 0, 1, self.height()), tone("blue"))

    def _bar(self, span: Span, top: float, high: float) -> QRectF:
        left = self._x(span.start)
        return QRectF(left, top, max(1.0, self._x(span.end) - left), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._picture = None
        super().changeEvent(event)

    # The hand

    def _grip_at(self, x: float) -> str:
        box = self._box()
        if abs(x - box.left()) <= EDGE_PX and box.width() > 3 * EDGE_PX:
            return "left"
        if abs(x - box.right()) <= EDGE_PX and box.width() > 3 * EDGE_PX:
            return "right"
        return "box" if box.left() <= x <= box.right() else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x, box = event.position().x(), self._box()
        grip = self._grip_at(x)
        self._grip = (grip or "box", x - box.left() if grip else box.width() / 2)
        if not grip:
            self._drag(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._drag(event.position().x())
            return
        shapes = {"left": Qt.CursorShape.SizeHorCursor, "right": Qt.CursorShape.SizeHorCursor}
        shapes["box"] = Qt.CursorShape.OpenHandCursor
        self.setCursor(shapes.get(self._grip_at(event.position().x()), Qt.CursorShape.ArrowCursor))

    def _drag(self, x: float) -> None:
        assert self._grip is not None
        what, away = self._grip
        at = min(max(0.0, x), self.width()) / max(1, self.width()) * self._whole
        start, end = self.axis.start, self.axis.start + self.axis.width * self.axis.scale
        if what == "box":
            self.axis.look_from((x - away) / max(1, self.width()) * self._whole)
        elif what == "left" and at < end:
            self.axis.show(at, end)
        elif what == "right" and at > start:
            self.axis.show(start, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.axis.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn: QPointF = QPointF(event.angleDelta())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.axis.zoom(1.25 ** (turn.y() / 120), self.axis.width / 2)
        else:
            self.axis.pan(-(turn.x() or turn.y()) * 0.6)
        event.accept()

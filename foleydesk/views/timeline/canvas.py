"""The lanes, each painted once into a picture of its own; span and playhead run over all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from engine.spec import Span
from foleydesk.views.look import tone
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.lane import Lane, Wishes

ZOOM_A_NOTCH = 1.25
HEAD_PX = 9
EDGE_PX = 5


def heights(lanes: list[Lane], free: int) -> list[int]:
    """How high each lane is when so much is free: what it needs, then by share, up to its most."""
    found = [lane.least for lane in lanes]
    spare = free - sum(found)
    growing = [i for i, lane in enumerate(lanes) if lane.share > 0]
    while spare > 0 and growing:
        total = sum(lanes[i].share for i in growing)
        given = {i: min(int(spare * lanes[i].share / total), lanes[i].most - found[i]) for i in growing}
        if not any(given.values()):
            break
        for i, more in given.items():
            found[i] += more
        spare -= sum(given.values())
        growing = [i for i in growing if found[i] < lanes[i].most]
    return found


class Playhead(QWidget):
    """A line through all lanes. Moving it repaints only the columns that it leaves, from the lanes' pictures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Playhead")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        painter.fillRect(QRectF(middle - 0.75, 0, 1.5, self.height()), tone("playhead"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone("playhead"))
        painter.drawPolygon(QPolygonF([QPointF(0, 0), QPointF(self.width(), 0), QPointF(middle, HEAD_PX - 2)]))


class Canvas(QWidget):
    """Paints lanes and hands them the mouse. It knows no project."""

    laid_out = Signal()

    def __init__(self, axis: TimeAxis, wishes: Wishes, lanes: list[Lane]) -> None:
        super().__init__()
        self.axis = axis
        self.wishes = wishes
        self.lanes = lanes
        self.span: Span | None = None
        self.region: Span | None = None
        """The part of the span that is selected."""
        self.at = 0
        self.lane_paints = 0
        """How many lanes have been painted so far: a playing timeline keeps this still."""
        self._pictures: dict[int, QPixmap] = {}
        self._held: Lane | None = None
        self._fixed: int | None = None
        """The end of the span that stays while the other one is dragged."""
        self._select_from: float | None = None
        """Where a selection began, while its other end is dragged."""
        self.playhead = Playhead(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Timeline")
        self.setAccessibleDescription(
            "Click to move the playhead, drag over the picture to mark in and out, with Shift to select part of a cue."
        )
        axis.changed.connect(self.again)

    def sizeHint(self) -> QSize:
        return QSize(900, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, sum(lane.least for lane in self.lanes))

    def again(self, *lanes: Lane) -> None:
        """Paint these lanes anew (all of them when none is named)."""
        for lane in lanes or self.lanes:
            lane.stale = True
            self.update(lane.rect)
        self._place_playhead()

    def refresh(self) -> None:
        """Paint anew the lanes that say they are stale."""
        for lane in self.lanes:
            if lane.stale:
                self.update(lane.rect)

    def show_span(self, span: Span | None) -> None:
        if span != self.span:
            self.span = span
            self.update()

    def show_region(self, region: Span | None) -> None:
        if region != self.region:
            self.region = region
            self.update()

    def move_to(self, at: int) -> None:
        """Put the playhead there; no lane is painted for it."""
        self.at = at
        self._place_playhead()

    def lay_out(self) -> None:
        top = 0
        for lane, height in zip(self.lanes, heights(self.lanes, self.height()), strict=True):
            lane.rect = QRect(0, top, self.width(), height)
            top += height
        self._pictures.clear()
        self.playhead.resize(HEAD_PX, self.height())
        self.again()
        self.laid_out.emit()

    def _place_playhead(self) -> None:
        x = round(self.axis.x(self.at) - HEAD_PX / 2)
        self.playhead.setVisible(-HEAD_PX < x < self.width())
        self.playhead.move(x, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.axis.resize(self.width())
        self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        exposed = event.rect()
        painter.fillRect(exposed, tone("ground"))
        for i, lane in enumerate(self.lanes):
            if lane.rect.intersects(exposed) and lane.rect.height() > 0:
                painter.drawPixmap(lane.rect.topLeft(), self._picture(i, lane))
        if self.span is not None:
            self._paint_span(painter, self.span)
        if self.region is not None:
            self._paint_region(painter, self.region)

    def _picture(self, i: int, lane: Lane) -> QPixmap:
        kept = self._pictures.get(i)
        if kept is not None and not lane.stale:
            return kept
        ratio = self.devicePixelRatioF()
        if kept is None:
            kept = QPixmap((lane.rect.size().toSizeF() * ratio).toSize())
            kept.setDevicePixelRatio(ratio)
            self._pictures[i] = kept
        painter = QPainter(kept)
        painter.fillRect(0, 0, lane.rect.width() + 1, lane.rect.height() + 1, tone("lane"))
        lane.paint(painter, lane.rect.width(), lane.rect.height())
        painter.end()
        lane.stale = False
        self.lane_paints += 1
        return kept

    def _paint_span(self, painter: QPainter, span: Span) -> None:
        left, right = self.axis.x(span.start), self.axis.x(span.end)
        painter.fillRect(QRectF(left, 0, right - left, self.height()), tone("accent", 0.09))
        for x in (left, right):
            painter.fillRect(QRectF(round(x), 0, 1, self.height()), tone("accent"))

    def _paint_region(self, painter: QPainter, region: Span) -> None:
        """A selection: brighter than the span, and its edges broken, so that it is told apart without colour."""
        left, right = self.axis.x(region.start), self.axis.x(region.end)
        painter.fillRect(QRectF(left, 0, right - left, self.height()), tone("accent", 0.16))
        painter.setPen(QPen(tone("text"), 1, Qt.PenStyle.DashLine))
        for x in (round(left), round(right)):
            painter.drawLine(x, 0, x, self.height())

    def _lane_at(self, y: float) -> Lane | None:
        return next((lane for lane in self.lanes if lane.rect.top() <= y < lane.rect.top() + lane.rect.height()), None)

    @staticmethod
    def _inside(lane: Lane, event: QMouseEvent) -> QPointF:
        return event.position() - QPointF(0, lane.rect.top())

    def _edge_at(self, at: QPointF) -> int | None:
        """The end of the span under the pointer; clips and events are held before it."""
        lane = self._lane_at(at.y())
        if self.span is None or lane is None or not lane.shows_edges:
            return None
        near = [(abs(self.axis.x(end) - at.x()), end) for end in (self.span.start, self.span.end)]
        distance, end = min(near)
        return end if distance <= EDGE_PX else None

    def _drag_edge(self, at: QPointF, fixed: int) -> Span:
        start, end = sorted((fixed, self.axis.at(at.x())))
        return Span(start, max(end, start + 1))

    def _selecting(self, at: QPointF) -> Span:
        start, end = sorted((self.axis.at(self._select_from or 0.0), self.axis.at(at.x())))
        return Span(start, end)

    def _begins_selection(self, event: QMouseEvent) -> bool:
        lane, shift = self._lane_at(event.position().y()), Qt.KeyboardModifier.ShiftModifier
        left = event.button() == Qt.MouseButton.LeftButton
        return left and bool(event.modifiers() & shift) and lane is not None and lane.selects

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._begins_selection(event):
            self._select_from = event.position().x()
            return
        end = self._edge_at(event.position())
        if end is not None and self.span is not None and event.button() == Qt.MouseButton.LeftButton:
            self._fixed = self.span.end if end == self.span.start else self.span.start
            return
        self._held = self._lane_at(event.position().y())
        for lane in self.lanes:
            if lane is not self._held:
                lane.let_go()
        if self._held is not None and event.button() == Qt.MouseButton.LeftButton:
            self._held.press(self._inside(self._held, event), event.modifiers())
        else:
            self._held = None
        self.wishes.chosen.emit()
        self.refresh()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._select_from is not None:
            self.show_region(self._selecting(event.position()))
            return
        if self._fixed is not None:
            self.show_span(self._drag_edge(event.position(), self._fixed))
            return
        if self._held is not None:
            self._held.drag(self._inside(self._held, event))
            self.refresh()
            return
        if self._edge_at(event.position()) is not None:
            self.setCursor(Qt.CursorShape.SplitHCursor)
            return
        lane = self._lane_at(event.position().y())
        self.setCursor(lane.cursor(self._inside(lane, event)) if lane else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._select_from is not None:
            region, self._select_from = self._selecting(event.position()), None
            self.wishes.select.emit(region.start, region.end)
            return
        fixed, self._fixed = self._fixed, None
        if fixed is not None:
            span = self._drag_edge(event.position(), fixed)
            self.wishes.reshape.emit(span.start, span.end)
            return
        held, self._held = self._held, None
        if held is not None:
            held.release(self._inside(held, event))
        self.refresh()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        lane = self._lane_at(event.position().y())
        if lane is not None:
            lane.double(self._inside(lane, event))
        self.refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.axis.zoom(ZOOM_A_NOTCH ** (turn.y() / 120), event.position().x())
        else:
            self.axis.pan(-(turn.x() or turn.y()) * 0.6)
        event.accept()

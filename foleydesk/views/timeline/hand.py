"""The mouse on the timeline: which lane it is for, ends of the span, selections, wheel and menus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from engine.spec import Span
from foleydesk.views.timeline.canvas import Canvas
from foleydesk.views.timeline.lane import Lane

ZOOM_A_NOTCH = 1.25
EDGE_PX = 5
PIXELS_A_NOTCH = 72
BEYOND_MS, BEYOND_PX = 30, 40
"""A drag at the side scrolls so often, by so much at most."""
SIDE_PX = 12
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Handed(Canvas):
    """The canvas under the hand."""

    def __init__(self, *given) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*given)
        self._held: Lane | None = None
        self._hovered: Lane | None = None
        self._fixed: int | None = None
        """The end of the span that stays while the other one is dragged."""
        self._select_from: int | None = None
        """Where a selection began, while its other end is dragged."""
        self._panned_from: QPointF | None = None
        self._beyond = QTimer(self)
        """Runs while something is dragged over the side, and scrolls."""
        self._beyond.setInterval(BEYOND_MS)
        self._beyond.timeout.connect(self._scroll_on)
        self._came_inside = False
        self._keys = Qt.KeyboardModifier.NoModifier

    @property
    def dragging(self) -> bool:
        return self._held is not None or self._fixed is not None or self._select_from is not None

    def _lane_at(self, y: float) -> Lane | None:
        return next((lane for lane in self.lanes if lane.rect.top() <= y < lane.rect.top() + lane.rect.height()), None)

    @staticmethod
    def _inside(lane: Lane, at: QPointF) -> QPointF:
        return at - QPointF(0, lane.rect.top())

    def _edge_at(self, at: QPointF) -> int | None:
        """The end of the span under the pointer; clips and events are held before it."""
        lane = self._lane_at(at.y())
        if self.span is None or lane is None or not lane.shows_edges:
            return None
        near = [(abs(self.axis.x(end) - at.x()), end) for end in (self.span.start, self.span.end)]
        distance, end = min(near)
        return end if distance <= EDGE_PX else None

    def _rested(self, event: QMouseEvent) -> int:
        return self.magnet.rest(self.axis.at(event.position().x()), event.modifiers())

    def _begins_selection(self, event: QMouseEvent) -> bool:
        lane = self._lane_at(event.position().y())
        return bool(event.modifiers() & SHIFT) and lane is not None and lane.selects

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointer = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if event.button() != LEFT or self.dragging:
            return
        end = self._edge_at(event.position())
        if self._begins_selection(event):
            self.magnet.begin()
            self._select_from = self._rested(event)
        elif end is not None and self.span is not None:
            self._fixed = self.span.end if end == self.span.start else self.span.start
            self.magnet.begin(places=(end,))
        else:
            self._press_lane(event)

    def _press_lane(self, event: QMouseEvent) -> None:
        self._held = self._lane_at(event.position().y())
        self._came_inside = False
        for lane in self.lanes:
            if lane is not self._held:
                lane.let_go()
        if self._held is not None:
            self._held.press(self._inside(self._held, event.position()), event.modifiers())
            self.setCursor(self._shape(self._held, event))
        self.wishes.chosen.emit()
        self.update()

    def _shape(self, lane: Lane, event: QMouseEvent) -> Qt.CursorShape:
        shape = lane.cursor(self._inside(lane, event.position()), event.modifiers())
        pressed = bool(event.buttons() & LEFT)
        return Qt.CursorShape.ClosedHandCursor if pressed and shape == Qt.CursorShape.OpenHandCursor else shape

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer = event.position()
        if self._panned_from is not None:
            self.axis.pan(self._panned_from.x() - event.position().x())
            self._panned_from = event.position()
        elif self._select_from is not None:
            self.show_region(Span(*sorted((self._select_from, self._rested(event)))))
            self.update()
        elif self._fixed is not None:
            start, end = sorted((self._fixed, self._rested(event)))
            self.show_span(Span(start, max(end, start + 1)))
            self.update()
        elif self._held is not None:
            self._keys = event.modifiers()
            self._held.drag(self._inside(self._held, event.position()), self._keys)
            self._watch_sides()
            self.update()
        else:
            self._hover(event)

    def _watch_sides(self) -> None:
        """Scroll when what is held comes to a side; what was pressed there has to leave it first."""
        beyond = self._held is not None and self._held.scrolls_along and any(self._way_beyond(self._held))
        self._came_inside |= not beyond
        if beyond and self._came_inside and not self._beyond.isActive():
            self._beyond.start()
        elif not beyond:
            self._beyond.stop()

    def _way_beyond(self, held: Lane) -> tuple[float, float]:
        """How far the pointer is over a side, and over the lane's top (negative) or foot; 0 within."""
        inside = self._inside(held, self.pointer)
        ways = ((inside.x(), self.width() - SIDE_PX), (inside.y(), held.rect.height() - SIDE_PX))
        across, down = (at - SIDE_PX if at < SIDE_PX else max(0.0, at - last) for at, last in ways)
        return across, down

    def _scroll_on(self) -> None:
        """What is held goes along with what comes into sight."""
        held, before = self._held, self.axis.pixels
        if held is None:
            return
        across, down = (max(-BEYOND_PX, min(BEYOND_PX, 2 * way)) for way in self._way_beyond(held))
        self.axis.pan(across)
        if held.scroll(round(down)):
            self.laid_out.emit()
        held.came_along(before - self.axis.pixels)
        held.drag(self._inside(held, self.pointer), self._keys)
        self.update()

    def _hover(self, event: QMouseEvent) -> None:
        lane = self._lane_at(event.position().y())
        if self._hovered is not None and self._hovered is not lane and self._hovered.hover(None):
            self.update(self._hovered.rect)
        self._hovered = lane
        if lane is not None and lane.hover(self._inside(lane, event.position())):
            self.update(lane.rect)
        if self._edge_at(event.position()) is not None:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.setCursor(self._shape(lane, event) if lane else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        if self._hovered is not None and self._hovered.hover(None):
            self.update(self._hovered.rect)
        self._hovered = None
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = None
            self._hover(event)
        if event.button() != LEFT:
            return
        self._beyond.stop()
        since, fixed, held = self._select_from, self._fixed, self._held
        self._select_from = self._fixed = self._held = None
        if since is not None:
            self.wishes.select.emit(*sorted((since, self._rested(event))))
        elif fixed is not None:
            start, end = sorted((fixed, self._rested(event)))
            self.wishes.reshape.emit(start, max(end, start + 1))
        elif held is not None:
            held.release(self._inside(held, event.position()))
        self.magnet.end()
        self._hover(event)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        lane = self._lane_at(event.position().y())
        if lane is not None and event.button() == LEFT:
            lane.double(self._inside(lane, event.position()))
        self.refresh()

    def event(self, event: QEvent) -> bool:
        """Escape ends a drag before it ends anything else; tooltips are the lanes'."""
        if event.type() == QEvent.Type.ShortcutOverride and self.dragging:
            key: QKeyEvent = event  # type: ignore[assignment]
            if key.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        if event.type() == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            lane = self._lane_at(help_event.pos().y())
            words = lane.tip(self._inside(lane, QPointF(help_event.pos()))) if lane else ""
            QToolTip.showText(help_event.globalPos(), words, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.dragging:
            self._give_up()
            return
        super().keyPressEvent(event)

    def _give_up(self) -> None:
        """What is dragged goes back to where it was."""
        held = self._held
        self._beyond.stop()
        self._select_from = self._fixed = self._held = None
        if held is not None:
            held.give_up()
        self.magnet.end()
        self.wishes.chosen.emit()
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            kinds = [kind for lane in self.lanes if (kind := lane.menu(None))]
            where = self.mapToGlobal(self.rect().center())
            if kinds:
                self.wishes.menu.emit(kinds[0], where)
            return
        lane = self._lane_at(event.pos().y())
        if lane is None:
            return
        kind = lane.menu(self._inside(lane, QPointF(event.pos())))
        if kind:
            for other in self.lanes:
                if other is not lane:
                    other.let_go()
            self.wishes.chosen.emit()
            self.update()
            self.wishes.menu.emit(kind, QPoint(event.globalPos()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Up and down over more tracks than are seen, else along; with Ctrl nearer and farther, about the pointer."""
        turn, fine = event.angleDelta(), event.pixelDelta()
        event.accept()
        if event.modifiers() & CONTROL:
            self.axis.zoom(ZOOM_A_NOTCH ** (turn.y() / 120), event.position().x())
            return
        across = fine.x() if not fine.isNull() else turn.x() / 120 * PIXELS_A_NOTCH
        down = fine.y() if not fine.isNull() else turn.y() / 120 * PIXELS_A_NOTCH
        lane = self._lane_at(event.position().y())
        if not event.modifiers() & SHIFT and lane is not None and down and lane.scroll(-round(down)):
            self.update(lane.rect)
            self.laid_out.emit()
            down = 0
        if across or down:
            self.axis.pan(-(across or down))

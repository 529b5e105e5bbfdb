"""What every lane of the timeline gives, and what it may ask for."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter

from foleydesk.views.timeline.axis import TimeAxis

CLICK_PX = 4
"""A press that moves less is a click."""


class Wishes(QObject):
    """What the hand asks for on the timeline. Positions in samples."""

    seek = Signal(int)
    marking = Signal(int, int)
    mark = Signal(int, int)
    reshape = Signal(int, int)
    """The span that is shown gets other ends."""
    select = Signal(int, int)
    """A part of the span is meant."""
    events = Signal(object)
    chosen = Signal()
    """A clip or an event was chosen, or none any more."""
    clip_moved = Signal(str, str, int)
    clip_trimmed = Signal(str, int, int)
    clip_faded = Signal(str, int, int)


class Lane:
    """One row of the timeline. Subclasses paint, and turn presses into wishes; `again` asks for a new painting."""

    title = ""
    note = ""
    least = 36
    share = 0.0
    """How much of the free height it takes, beside the other lanes' shares."""
    most = 120
    shows_edges = False
    """Whether the ends of the span can be dragged here."""
    selects = True
    """Whether a drag with Shift selects a part of the span here."""

    def __init__(self, axis: TimeAxis, wishes: Wishes) -> None:
        self.axis = axis
        self.wishes = wishes
        self.rect = QRect()
        self.stale = True

    def again(self) -> None:
        self.stale = True

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        """Paint the axis's stretch of time into (0, 0, width, height)."""

    def cursor(self, at: QPointF) -> Qt.CursorShape:
        return Qt.CursorShape.ArrowCursor

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None: ...

    def drag(self, at: QPointF) -> None: ...

    def release(self, at: QPointF) -> None: ...

    def double(self, at: QPointF) -> None: ...

    def let_go(self) -> None:
        """Nothing is chosen in this lane any more."""


class MarkingLane(Lane):
    """A click seeks, a drag marks in and out, or moves an end of the span."""

    shows_edges = True

    def __init__(self, axis: TimeAxis, wishes: Wishes) -> None:
        super().__init__(axis, wishes)
        self._from: float | None = None

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self._from = at.x()

    def drag(self, at: QPointF) -> None:
        if self._from is not None and abs(at.x() - self._from) >= CLICK_PX:
            self.wishes.marking.emit(*self._between(at))

    def release(self, at: QPointF) -> None:
        if self._from is None:
            return
        if abs(at.x() - self._from) < CLICK_PX:
            self.wishes.seek.emit(self.axis.at(at.x()))
        else:
            self.wishes.mark.emit(*self._between(at))
        self._from = None

    def _between(self, at: QPointF) -> list[int]:
        return sorted((self.axis.at(self._from or 0), self.axis.at(at.x())))

    def cursor(self, at: QPointF) -> Qt.CursorShape:
        return Qt.CursorShape.IBeamCursor

"""What every lane of the timeline gives, and what it may ask for."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.magnet import Magnet

CLICK_PX = 4
"""A press that moves less is a click."""
PLAIN = Qt.KeyboardModifier.NoModifier


class Wishes(QObject):
    """What the hand asks for on the timeline. Positions in samples."""

    seek = Signal(int)
    scrub = Signal(int)
    """The playhead is held there: each place is seen, and heard in passing."""
    let_go = Signal()
    """The playhead is held no longer."""
    marking = Signal(int, int)
    mark = Signal(int, int)
    reshape = Signal(int, int)
    """The span that is shown gets other ends."""
    select = Signal(int, int)
    """A part of the span is meant."""
    events = Signal(object)
    chosen = Signal()
    """A clip, a marker or an event was chosen, or none any more."""
    edit = Signal(object)
    """foleydesk.document.edit.Edit: a gesture that has ended, one step to undo."""
    cue = Signal(str)
    """This cue is meant."""
    cue_fitted = Signal(str)
    menu = Signal(str, QPoint)
    """A menu for what was chosen: clip, marker, cue, track, take, or the empty lane; where, on the screen."""
    rename = Signal(str, object, QRect, str)
    """A name is to be written in place: of what kind of thing, its id, where on the canvas, the name now."""


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
    scrolls_along = False
    """Whether a drag over the side brings more into sight."""

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet | None = None) -> None:
        self.axis = axis
        self.wishes = wishes
        self.magnet = magnet or Magnet(axis)
        self.rect = QRect()
        self.stale = True
        self.hidden = False
        self.top = 0
        """How far the lane is scrolled down, in pixels."""
        self.part: QRectF | None = None
        """While it is painted: only this part is wanted; None when all of it is."""
        self.readout = ""
        """What a drag does just now, in words."""

    def again(self) -> None:
        self.stale = True

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        """Paint the axis's stretch of time into (0, 0, width, height); what does not show in `part` may be left out."""

    def paint_over(self, painter: QPainter, width: int, height: int) -> None:
        """Paint what changes under the hand over the lane's picture."""

    def wanted(self, width: int, height: int) -> QRectF:
        """What is to be painted now."""
        return self.part if self.part is not None else QRectF(0, 0, width, height)

    def cursor(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> Qt.CursorShape:
        return Qt.CursorShape.ArrowCursor

    def hover(self, at: QPointF | None) -> bool:
        """The pointer is there, or has left; True when that is seen."""
        return False

    def tip(self, at: QPointF) -> str:
        """What a tooltip says there."""
        return ""

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None: ...

    def drag(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> None: ...

    def release(self, at: QPointF) -> None: ...

    def double(self, at: QPointF) -> None: ...

    def scroll(self, pixels: int) -> bool:
        """Scroll down; False when there is nothing to scroll."""
        return False

    def menu(self, at: QPointF | None) -> str:
        """Choose what a menu is wanted for, and say which one; "" for none. None: what is chosen already."""
        return ""

    def came_along(self, pixels: int) -> None:
        """While something is dragged, everything has moved right by so many pixels."""

    def give_up(self) -> bool:
        """End a drag without effect; False when there is none."""
        return False

    def let_go(self) -> None:
        """Nothing is chosen in this lane any more."""


class MarkingLane(Lane):
    """A click seeks, a drag marks in and out, or moves an end of the span."""

    shows_edges = True

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet | None = None) -> None:
        super().__init__(axis, wishes, magnet)
        self._from: float | None = None
        self._marked: tuple[int, int] | None = None

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self._from, self._marked = at.x(), None
        self.magnet.begin()

    def drag(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> None:
        if self._from is not None and abs(at.x() - self._from) >= CLICK_PX:
            self._marked = self._between(at, keys)
            self.wishes.marking.emit(*self._marked)

    def release(self, at: QPointF) -> None:
        if self._from is None:
            return
        if abs(at.x() - self._from) < CLICK_PX:
            self.wishes.seek.emit(self.axis.at(at.x()))
        else:
            self.wishes.mark.emit(*(self._marked or self._between(at, PLAIN)))
        self._from = None

    def _between(self, at: QPointF, keys: Qt.KeyboardModifier) -> tuple[int, int]:
        start, end = sorted((self.axis.at(self._from or 0), self.magnet.rest(self.axis.at(at.x()), keys)))
        return start, end

    def cursor(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> Qt.CursorShape:
        return Qt.CursorShape.IBeamCursor

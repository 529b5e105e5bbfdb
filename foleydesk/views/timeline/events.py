"""The moments that should sound: what the spotter saw as a line, the events as handles to drag."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from engine.spec import SAMPLE_RATE, Event, EventCurve, Span
from foleydesk.views.look import tone
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.lane import PLAIN, Lane, Wishes
from foleydesk.views.timeline.magnet import Magnet
from foleydesk.views.wording import later

RISE_S = 0.06
"""An event is drawn as a peak that rises and falls within so many seconds."""
HANDLE_PX = 4
REACH_PX = 10
TOP_PX = 7
"""Air above an event of full strength."""


class EventsLane(Lane):
    """Drag an event in time or strength, double-click to add or remove one."""

    title = later("LaneHead", "Events")
    note = later("LaneHead", "drag, double-click adds")
    least = 38
    share = 0.3
    most = 64

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet | None = None) -> None:
        super().__init__(axis, wishes, magnet)
        self.curve: EventCurve | None = None
        self.span: Span | None = None
        self.events: tuple[Event, ...] = ()
        self.chosen: int | None = None
        self._height = self.least
        self._held: tuple[Event, ...] | None = None

    def show(self, events: tuple[Event, ...], curve: EventCurve | None, span: Span | None) -> None:
        """`span` is the stretch in which events may be added; None when there is no cue."""
        self.events, self.curve, self.span = events, curve, span
        if self.chosen is not None and self.chosen >= len(events):
            self.chosen = None
        self.again()

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        self._height = height
        painter.fillRect(0, 0, width, height, tone("lane"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._saw(painter)
        if self.span is not None:
            self._peaks(painter)
        painter.fillRect(0, height - 1, width, 1, tone("line"))

    def _saw(self, painter: QPainter) -> None:
        if self.curve is None or len(self.curve.values) < 2:
            return
        step = SAMPLE_RATE / self.curve.rate
        shown, values = self.axis.shown, self.curve.values
        first = max(0, int((shown.start - self.curve.start) / step) - 1)
        last = min(len(values), int((shown.end - self.curve.start) / step) + 2)
        # Of several values a pixel, the greatest.
        few = max(1, int(self.axis.scale / step))
        points = [
            QPointF(self.axis.x(self.curve.start + i * step), self._y(max(values[i : i + few])))
            for i in range(first - first % few, last, few)
        ]
        if len(points) < 2:
            return
        ends = [QPointF(points[-1].x(), self._y(0)), QPointF(points[0].x(), self._y(0))]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone("soft", 0.18))
        painter.drawPolygon(QPolygonF(points + ends))

    def _peaks(self, painter: QPainter) -> None:
        assert self.span is not None
        rise = RISE_S * SAMPLE_RATE
        line = [QPointF(self.axis.x(self.span.start), self._y(0))]
        for event in sorted(self.events, key=lambda event: event.at):
            for at, strength in ((event.at - rise, 0.0), (event.at, event.strength), (event.at + rise, 0.0)):
                x = self.axis.x(min(max(at, self.span.start), self.span.end))
                line.append(QPointF(max(x, line[-1].x()), self._y(strength)))
        line.append(QPointF(self.axis.x(self.span.end), self._y(0)))
        painter.setPen(QPen(tone("accent"), 1.3))
        painter.setBrush(tone("accent", 0.14))
        painter.drawPolygon(QPolygonF(line))
        for i, event in enumerate(self.events):
            painter.setBrush(tone("accent") if i == self.chosen else tone("lane"))
            painter.drawEllipse(self._point(event), HANDLE_PX, HANDLE_PX)

    def _y(self, strength: float) -> float:
        return self._height - 2 - strength * (self._height - 2 - TOP_PX)

    def _point(self, event: Event) -> QPointF:
        return QPointF(self.axis.x(event.at), self._y(event.strength))

    def _under(self, at: QPointF) -> int | None:
        near = [(abs(self.axis.x(event.at) - at.x()), i) for i, event in enumerate(self.events)]
        distance, i = min(near, default=(REACH_PX + 1.0, 0))
        return i if distance <= REACH_PX else None

    def cursor(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> Qt.CursorShape:
        return Qt.CursorShape.SizeAllCursor if self._under(at) is not None else Qt.CursorShape.ArrowCursor

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self.chosen = self._under(at)
        self._held = self.events if self.chosen is not None else None
        if self.chosen is not None:
            self.magnet.begin(places=(self.events[self.chosen].at,))
        if self.chosen is None:
            self.wishes.seek.emit(self.axis.at(at.x()))
        self.again()

    def drag(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> None:
        if self._held is None or self.chosen is None or self.span is None:
            return
        strength = (self._height - 2 - at.y()) / (self._height - 2 - TOP_PX)
        to = min(max(self.magnet.rest(self.axis.at(at.x()), keys), self.span.start), self.span.end - 1)
        moved = replace(self._held[self.chosen], at=to, strength=round(min(1.0, max(0.05, strength)), 3))
        self.events = (*self._held[: self.chosen], moved, *self._held[self.chosen + 1 :])
        self.again()

    def release(self, at: QPointF) -> None:
        if self._held is not None and self._held != self.events:
            self._ask(self.events)
        self._held = None

    def give_up(self) -> bool:
        held, self._held = self._held, None
        if held is not None:
            self.events = held
            self.again()
        return held is not None

    def menu(self, at: QPointF | None) -> str:
        if at is not None:
            self.chosen = self._under(at)
            self.again()
        return "event" if self.chosen is not None else ""

    def double(self, at: QPointF) -> None:
        under = self._under(at)
        if under is not None:
            self.chosen = under
            self.remove()
            return
        moment = self.axis.at(at.x())
        if self.span is not None and self.span.start <= moment < self.span.end:
            strength = (self._height - 2 - at.y()) / (self._height - 2 - TOP_PX)
            self._ask((*self.events, Event(moment, round(min(1.0, max(0.05, strength)), 3))))

    def let_go(self) -> None:
        if self.chosen is not None:
            self.chosen = None
            self.again()

    def remove(self) -> None:
        """Ask for the events without the chosen one."""
        if self.chosen is not None:
            gone, self.chosen = self.chosen, None
            self._ask((*self.events[:gone], *self.events[gone + 1 :]))

    def _ask(self, events: tuple[Event, ...]) -> None:
        self._held = None
        self.wishes.events.emit(tuple(sorted(events, key=lambda event: event.at)))

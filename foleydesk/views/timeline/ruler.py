"""Markers, cues and time code over everything, each in a row of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from engine.spec import Span
from foleydesk.document.edits import SetMarker
from foleydesk.document.project import Marker
from foleydesk.document.timebase import FIRST_HOUR, Rate
from foleydesk.views.look import mono, tone
from foleydesk.views.timecode import code
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.lane import CLICK_PX, PLAIN, Lane, Wishes
from foleydesk.views.timeline.magnet import Magnet
from foleydesk.views.timeline.names import Room, in_room, label, rooms, shortened, width_of

LABEL_PX = 118
FLAG_PX = 9
REACH_PX = 6
MARKS_PX = 20
"""Height of the row of markers, which is there while there are any."""
SPANS_PX = 22
"""Height of the row of cues; time code stands below it."""
CODE_PX = 26
LEAST_NAME_PX = 42
"""In less room a name is dots and no name: a cue shows its number alone, a marker its flag."""
AIR_PX = 6
NAME_PX = 160
"""A marker's name takes no more than this."""
SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)


@dataclass(frozen=True)
class CueSpan:
    """A cue as the ruler shows it: `number` as in the list of cues."""

    id: str
    span: Span
    number: str
    name: str
    state: str = ""


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
    """A drag over the time code scrubs, over a marker moves it; a press on a cue chooses it."""

    least = SPANS_PX + CODE_PX
    shows_edges = True
    selects = False

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet | None = None) -> None:
        super().__init__(axis, wishes, magnet)
        self.rate: Rate | None = None
        self.start = FIRST_HOUR
        """What the picture's first frame is called."""
        self.words: Callable[[int], str] | None = None
        """How a position is written, where not as time code."""
        self.markers: tuple[Marker, ...] = ()
        self.cues: tuple[CueSpan, ...] = ()
        self.cue: str | None = None
        self.chosen: str | None = None
        """The marker that was chosen."""
        self._held: Marker | None = None
        self._to: int | None = None
        self._from = QPointF()
        self._scrubs = False

    @property
    def spans_top(self) -> int:
        """Where the row of cues begins."""
        return MARKS_PX if self.markers else 0

    def show_markers(self, markers: tuple[Marker, ...]) -> bool:
        """True where the ruler is of another height now."""
        before, self.markers = self.least, markers
        self.least = self.spans_top + SPANS_PX + CODE_PX
        if self.chosen not in {marker.id for marker in markers}:
            self.chosen = None
        self.again()
        return self.least != before

    def show_cues(self, cues: tuple[CueSpan, ...], cue: str | None) -> None:
        if (cues, cue) != (self.cues, self.cue):
            self.cues, self.cue = cues, cue
            self.again()

    def say(self, at: int) -> str:
        if self.words is not None:
            return self.words(at)
        return code(self.rate, at, self.start) if self.rate is not None else ""

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        part = self.wanted(width, height)
        painter.fillRect(part, tone("panel"))
        for y in {self.spans_top, self.spans_top + SPANS_PX} - {0}:
            painter.fillRect(QRectF(part.left(), y, part.width(), 1), tone("line"))
        painter.fillRect(QRectF(part.left(), height - 1, part.width(), 1), tone("line"))
        if self.rate is not None:
            self._labels(painter, self.rate, height, part)
        for cue in self.cues:
            self._cue(painter, cue, part)

    def _labels(self, painter: QPainter, rate: Rate, height: int, part: QRectF) -> None:
        step, minor = frames_between(rate, self.axis.scale)
        painter.setFont(mono(12))
        frame = rate.frame_at(self.axis.at(part.left() - LABEL_PX)) // step * step
        while (at := rate.samples_at(frame)) <= self.axis.at(part.right()):
            x = round(self.axis.x(at))
            painter.fillRect(x, height - 13, 1, 13, tone("edge"))
            painter.setPen(tone("dim"))
            painter.drawText(QPointF(x + 6, height - 9), self.say(at))
            for i in range(1, minor):
                tick = rate.samples_at(frame + step * i // minor)
                painter.fillRect(round(self.axis.x(tick)), height - 5, 1, 5, tone("edge"))
            frame += step

    def _cue_box(self, span: Span) -> QRectF:
        left, right = self.axis.x(span.start), self.axis.x(span.end)
        return QRectF(left, self.spans_top + 2, max(3.0, right - left), SPANS_PX - 4)

    def _cue(self, painter: QPainter, cue: CueSpan, part: QRectF) -> None:
        box = self._cue_box(cue.span)
        if not box.intersects(part):
            return
        lit = cue.id == self.cue
        painter.fillRect(box.intersected(part), tone("accent", 0.3) if lit else tone("control-lit"))
        edge = QRectF(box.left(), box.top(), 2, box.height())
        painter.fillRect(edge, tone("accent") if lit else tone("dim"))

    def name_rooms(self, width: int) -> list[tuple[CueSpan, Room]]:
        """The cues in sight, each with the room that its name has; the chosen one's where two share it."""
        boxes = [(cue, self._cue_box(cue.span)) for cue in self.cues]
        seen = [(cue, (box.left(), box.right())) for cue, box in boxes if box.right() > 0 and box.left() < width]
        seen.sort(key=lambda one: (max(0.0, one[1][0]), one[0].id == self.cue))
        return list(zip([cue for cue, _ in seen], rooms([box for _, box in seen], 0, width), strict=True))

    def _cue_name(self, painter: QPainter, cue: CueSpan, room: Room) -> None:
        font, metrics = label()
        said = f"{cue.number}  {cue.name}"
        words = in_room(said, cue.number, room[1] - room[0] - AIR_PX - 2, LEAST_NAME_PX)
        painter.setFont(font)
        painter.setPen(tone("text") if cue.id == self.cue else tone("soft"))
        middle = self.spans_top + SPANS_PX / 2
        painter.drawText(QPointF(room[0] + AIR_PX, middle + metrics.ascent() / 2 - 1), words)

    def paint_over(self, painter: QPainter, width: int, height: int) -> None:
        """Names of cues, and markers, so that one that is dragged paints nothing anew."""
        for marker, plate in self.plates(width):
            self._flag(painter, marker, plate, height)
        for cue, room in self.name_rooms(width):
            self._cue_name(painter, cue, room)

    def plates(self, width: int) -> list[tuple[Marker, QRectF]]:
        """The markers in sight, each with what it takes of its row: the flag, and its name as far as there is room."""
        spots = [(marker, float(round(self.axis.x(self._place(marker))))) for marker in self.markers]
        ends = [left + self._plate_px(marker) for marker, left in spots]
        seen = [(*spot, end) for spot, end in zip(spots, ends, strict=True) if end > 0 and spot[1] < width]
        found = []
        for (marker, left, end), (_, limit) in zip(seen, rooms([(left, end) for _, left, end in seen]), strict=True):
            fits = limit - left >= min(end - left, FLAG_PX + AIR_PX + LEAST_NAME_PX)
            found.append((marker, QRectF(left, 1, limit - left if fits else FLAG_PX, MARKS_PX - 3)))
        return found

    def _place(self, marker: Marker) -> int:
        return self._to if self._to is not None and marker == self._held else marker.at

    @staticmethod
    def _plate_px(marker: Marker) -> int:
        return FLAG_PX + min(NAME_PX, width_of(marker.name)) + 2 * AIR_PX if marker.name else FLAG_PX

    def _flag(self, painter: QPainter, marker: Marker, plate: QRectF, height: int) -> None:
        """A pole over the whole ruler with a pennant at its top, and the marker's name beside it."""
        colour = tone("accent") if marker.id == self.chosen else tone("blue")
        x = round(plate.left())
        if plate.width() > FLAG_PX:
            painter.setPen(QPen(colour, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(plate.adjusted(0.5, 0.5, -1.5, -0.5))
            font, metrics = label()
            words = shortened(marker.name, int(plate.width()) - FLAG_PX - AIR_PX)
            painter.setFont(font)
            painter.setPen(tone("text"))
            painter.drawText(QPointF(x + FLAG_PX + 4, plate.center().y() + metrics.ascent() / 2 - 1), words)
        painter.fillRect(x, 0, 1, height, colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        top = (MARKS_PX - FLAG_PX) / 2
        pennant = [QPointF(x, top), QPointF(x + FLAG_PX, top + FLAG_PX / 2), QPointF(x, top + FLAG_PX)]
        painter.drawPolygon(QPolygonF(pennant))

    def _marker_at(self, at: QPointF) -> Marker | None:
        if at.y() >= self.spans_top:
            return None
        near = [(abs(self.axis.x(marker.at) + FLAG_PX / 2 - at.x()), marker) for marker in self.markers]
        distance, marker = min(near, key=lambda found: found[0], default=(REACH_PX + 1.0, None))
        if distance <= REACH_PX:
            return marker
        return next((one for one, plate in self.plates(round(self.axis.width)) if plate.contains(at)), None)

    def _cue_at(self, at: QPointF) -> CueSpan | None:
        if not self.spans_top <= at.y() <= self.spans_top + SPANS_PX:
            return None
        under = [cue for cue in self.cues if self._cue_box(cue.span).contains(at)]
        return min(under, key=lambda cue: cue.span.length, default=None)

    def cursor(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> Qt.CursorShape:
        if self._marker_at(at) is not None:
            return Qt.CursorShape.SizeHorCursor
        return Qt.CursorShape.PointingHandCursor if self._cue_at(at) is not None else Qt.CursorShape.ArrowCursor

    def tip(self, at: QPointF) -> str:
        marker, cue = self._marker_at(at), self._cue_at(at)
        if marker is not None:
            return f"{marker.name} {self.say(marker.at)}".strip()
        return f"{cue.number}  {cue.name}\n{self.say(cue.span.start)} – {self.say(cue.span.end)}" if cue else ""

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self._held, self._to, self._from = self._marker_at(at), None, at
        self.chosen = self._held.id if self._held else None
        self._scrubs = False
        if self._held is not None:
            self.magnet.begin(places=(self._held.at,))
            return
        cue = self._cue_at(at)
        if cue is not None:
            self.wishes.cue.emit(cue.id)
            return
        self._scrubs = True
        self.wishes.seek.emit(self.axis.at(at.x()))

    def drag(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> None:
        if self._scrubs:
            self.wishes.scrub.emit(self.axis.at(at.x()))
        elif self._held is not None and (self._to is not None or abs(at.x() - self._from.x()) >= CLICK_PX):
            by = round((at.x() - self._from.x()) * self.axis.scale)
            self._to = min(self.magnet.rest(self._held.at + by, keys), self.axis.length - 1)
            self.readout = self.say(self._to)

    def release(self, at: QPointF) -> None:
        if self._scrubs:
            self.wishes.let_go.emit()
        held, to = self._held, self._to
        self.give_up()
        if held is not None and to is not None:
            self.wishes.edit.emit(SetMarker(held.id, at=to))
        elif held is not None:
            self.wishes.seek.emit(held.at)

    def give_up(self) -> bool:
        held, self._held, self._to, self.readout = self._held, None, None, ""
        self._scrubs = False
        return held is not None

    def double(self, at: QPointF) -> None:
        """On a marker: its name. On a cue: that is all there is to see."""
        marker, cue = self._marker_at(at), self._cue_at(at)
        if marker is not None:
            self.rename(marker)
        elif cue is not None:
            self.wishes.cue_fitted.emit(cue.id)

    def rename(self, marker: Marker | None = None) -> None:
        """Ask for the name of a marker, or of the chosen one."""
        marker = marker or next((one for one in self.markers if one.id == self.chosen), None)
        if marker is not None:
            where = QRect(round(self.axis.x(marker.at)), self.rect.top(), NAME_PX, MARKS_PX)
            self.wishes.rename.emit("marker", marker.id, where, marker.name)

    def menu(self, at: QPointF | None) -> str:
        if at is None:
            return "marker" if self.chosen else ""
        marker, cue = self._marker_at(at), self._cue_at(at)
        self.chosen = marker.id if marker else None
        if marker is None and cue is not None:
            self.wishes.cue.emit(cue.id)
            return "cue"
        return "marker" if marker else "ruler"

    def let_go(self) -> None:
        self.chosen = None


def marker_words(number: int) -> str:
    """What a new marker is called."""
    return QCoreApplication.translate("Ruler", "Marker {}").format(number)

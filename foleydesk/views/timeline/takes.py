"""The takes of a cue, one under the other; a drag over one of them says what is heard of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.spec import Span
from foleydesk.document.edits import CompRange
from foleydesk.document.project import Kept
from foleydesk.views.look import sans, tone, track_tones
from foleydesk.views.teaching import with_keys
from foleydesk.views.timeline import wave
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.lane import CLICK_PX, PLAIN, Lane, Wishes
from foleydesk.views.timeline.magnet import Magnet

ROW_PX = 34
SEEN = 2
MOST_SEEN = 6


@dataclass(frozen=True)
class TakeRow:
    """A take as it lies, or would lie: its first sample at `zero`. `used`: what is heard of it."""

    id: str
    name: str
    kept: Kept
    wave: wave.Wave | None
    zero: int
    length: int
    used: tuple[Span, ...] = ()


class TakesLane(Lane):
    """Hidden until it is wanted."""

    share = 1.2
    selects = False

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet | None = None) -> None:
        super().__init__(axis, wishes, magnet)
        self.hidden = True
        self.cue = ""
        self.track = ""
        """Where what is used of a take lies."""
        self.colour = 0
        self.rows_shown: tuple[TakeRow, ...] = ()
        self.chosen: str | None = None
        self._from: tuple[float, TakeRow] | None = None
        self._range: Span | None = None
        self.least = self.most = ROW_PX

    def show(self, cue: str, track: str, colour: int, rows: tuple[TakeRow, ...]) -> bool:
        """True when another height is wanted."""
        before = self.least, self.most
        if cue != self.cue:
            self.top = 0
        self.cue, self.track, self.colour, self.rows_shown = cue, track, colour, rows
        self.least = ROW_PX * min(SEEN, max(1, len(rows)))
        self.most = ROW_PX * min(MOST_SEEN, max(1, len(rows)))
        if self.chosen not in {row.id for row in rows}:
            self.chosen = None
        self.again()
        return (self.least, self.most) != before

    def rows(self) -> list[tuple[int, int]]:
        """(top, height) of each take."""
        return [(i * ROW_PX - self.top, ROW_PX) for i in range(len(self.rows_shown))]

    def scroll(self, pixels: int) -> bool:
        most = max(0, ROW_PX * len(self.rows_shown) - self.rect.height())
        if not most and not self.top:
            return False
        self.top = min(max(0, self.top + pixels), most)
        return True

    def _row_at(self, at: QPointF) -> TakeRow | None:
        i = int((at.y() + self.top) // ROW_PX)
        return self.rows_shown[i] if 0 <= i < len(self.rows_shown) else None

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        part = self.wanted(width, height)
        painter.fillRect(part, tone("field"))
        if not self.rows_shown:
            painter.setFont(sans(12))
            painter.setPen(tone("dim"))
            words = self.nothing()
            painter.drawText(QRectF(10, 0, width - 20, height), Qt.AlignmentFlag.AlignVCenter, words)
        for row, (top, tall) in zip(self.rows_shown, self.rows(), strict=True):
            if part.top() - tall <= top <= part.bottom():
                self._take(painter, row, QRectF(0, top, width, tall), part)
                painter.fillRect(QRectF(part.left(), top + tall - 1, part.width(), 1), tone("line"))

    @staticmethod
    def nothing() -> str:
        return with_keys(
            QCoreApplication.translate("TakesLane", "No takes of this cue yet: press {generate} to make some.")
        )

    def _box(self, row: TakeRow, top: float) -> QRectF:
        left, right = self.axis.x(row.zero), self.axis.x(row.zero + row.length)
        return QRectF(left, top + 2, max(2.0, right - left), ROW_PX - 5)

    def _take(self, painter: QPainter, row: TakeRow, whole: QRectF, part: QRectF) -> None:
        box = self._box(row, whole.top())
        seen = box.intersected(part)
        if seen.isEmpty():
            return
        body, lines = track_tones(self.colour)
        painter.setOpacity(0.4 if row.kept is Kept.TRASHED else 1.0)
        painter.fillRect(seen, tone("card"))
        for span in row.used:
            left, right = self.axis.x(span.start), self.axis.x(span.end)
            painter.fillRect(QRectF(left, box.top(), right - left, box.height()).intersected(seen), body)
        if row.wave is not None:
            self._wave(painter, row, row.wave, box, seen, tone("soft", 0.6), (Span(row.zero, row.zero + row.length),))
            self._wave(painter, row, row.wave, box, seen, lines, row.used)
        painter.setOpacity(1.0)
        if row.kept is Kept.TRASHED:
            painter.setPen(QPen(tone("poor"), 1))
            painter.drawLine(QPointF(seen.left(), box.center().y()), QPointF(seen.right(), box.center().y()))

    def _wave(
        self, painter: QPainter, row: TakeRow, sound: wave.Wave, box: QRectF, seen: QRectF, colour: QColor,
        within: tuple[Span, ...],
    ) -> None:  # fmt: skip
        if not within:
            return
        ratio = painter.device().devicePixelRatio()
        left, right = int(seen.left()), int(seen.right()) + 1
        first = self.axis.start + left * self.axis.scale - row.zero
        low, high = wave.columns(sound, first, self.axis.scale / ratio, round((right - left) * ratio))
        image = wave.picture(low, high, round((box.height() - 2) * ratio), colour)
        image.setDevicePixelRatio(ratio)
        for span in within:
            a, b = self.axis.x(span.start), self.axis.x(span.end)
            painter.save()
            painter.setClipRect(QRectF(a, box.top(), b - a, box.height()).intersected(seen))
            painter.drawImage(QPointF(left, box.top() + 1), image)
            painter.restore()

    def paint_over(self, painter: QPainter, width: int, height: int) -> None:
        for row, (top, _) in zip(self.rows_shown, self.rows(), strict=True):
            box = self._box(row, top)
            for span in row.used:
                self._frame(painter, span, box, "accent")
            if self._from is not None and self._from[1].id == row.id and self._range is not None:
                self._frame(painter, self._range, box, "text")
            if row.id == self.chosen:
                painter.fillRect(QRectF(0, top, 3, ROW_PX - 1), tone("accent"))

    def _frame(self, painter: QPainter, span: Span, box: QRectF, colour: str) -> None:
        left, right = self.axis.x(span.start), self.axis.x(span.end)
        painter.setBrush(tone(colour, 0.08))
        painter.setPen(QPen(tone(colour), 1))
        painter.drawRect(QRectF(left, box.top(), right - left, box.height()).adjusted(0.5, 0.5, -0.5, -0.5))

    def cursor(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> Qt.CursorShape:
        return Qt.CursorShape.IBeamCursor if self._row_at(at) is not None else Qt.CursorShape.ArrowCursor

    def tip(self, at: QPointF) -> str:
        row = self._row_at(at)
        return f"{row.name} {row.kept}".strip() if row else ""

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        row = self._row_at(at)
        self.chosen = row.id if row else None
        self._range = None
        self._from = (at.x(), row) if row else None
        self.magnet.begin(keys)

    def drag(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> None:
        if self._from is None or (self._range is None and abs(at.x() - self._from[0]) < CLICK_PX):
            return
        start, end = sorted((self.axis.at(self._from[0]), self.magnet.rest(self.axis.at(at.x()), keys)))
        row = self._from[1]
        start, end = max(start, row.zero), min(end, row.zero + row.length)
        self._range = Span(start, end) if end > start else None

    def release(self, at: QPointF) -> None:
        held, chosen = self._from, self._range
        self.give_up()
        if held is not None and chosen is not None:
            self.wishes.edit.emit(CompRange(self.cue, held[1].id, chosen.start, chosen.end, self.track))
        else:
            self.wishes.seek.emit(self.axis.at(at.x()))

    def give_up(self) -> bool:
        held, self._from, self._range = self._from, None, None
        return held is not None

    def double(self, at: QPointF) -> None:
        """All of the take."""
        row = self._row_at(at)
        if row is not None:
            self.use_all(row)

    def use_all(self, row: TakeRow | None = None) -> None:
        row = row or next((one for one in self.rows_shown if one.id == self.chosen), None)
        if row is not None:
            self.wishes.edit.emit(CompRange(self.cue, row.id, row.zero, row.zero + row.length, self.track))

    def menu(self, at: QPointF | None) -> str:
        if at is None:
            return "take" if self.chosen else ""
        row = self._row_at(at)
        self.chosen = row.id if row else None
        return "take" if row else ""

    def let_go(self) -> None:
        self.chosen = None

"""Tracks with the sounds that were picked, where they lie; drag to move, edges to trim, upper corners to fade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from engine.audio.pyramid import PEAK_BLOCK
from foleydesk.document.project import Clip, Track
from foleydesk.views.look import sans, tone, track_tones
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.lane import CLICK_PX, Lane, Wishes

LEAST_PX, MOST_PX = 30, 60
EDGE_PX = 6
CORNER_PX = 9
LABEL_H = 14
TALL_PX = 34
"""A clip higher than this has its name above its wave, a lower one over it."""
QUIET_POWER = 0.6
"""Waves are drawn with this power of their level, so that soft steps are seen beside loud hits."""


@dataclass(frozen=True)
class Lying:
    """A clip with what is painted of it: its name, and its take's wave peaks when they are read."""

    clip: Clip
    name: str
    peaks: Sequence[np.ndarray] | None
    take_length: int


class Hold(Enum):
    """Where a clip is held."""

    BODY = auto()
    LEFT = auto()
    RIGHT = auto()
    FADE_IN = auto()
    FADE_OUT = auto()


class TracksLane(Lane):
    """All tracks in one lane, so that a clip can be dragged from one to another."""

    least = 4 * LEAST_PX
    share = 3.2
    most = 4 * MOST_PX

    def __init__(self, axis: TimeAxis, wishes: Wishes) -> None:
        super().__init__(axis, wishes)
        self.tracks: tuple[Track, ...] = ()
        self.lying: tuple[Lying, ...] = ()
        self.chosen: str | None = None
        self._ghost: Clip | None = None
        self._hold: Hold | None = None
        self._from = QPointF()
        self._moved = False
        self._height = 1

    def show(self, tracks: tuple[Track, ...], lying: tuple[Lying, ...]) -> None:
        self.tracks, self.lying = tracks, lying
        self.least, self.most = LEAST_PX * len(tracks), MOST_PX * len(tracks)
        if self.chosen not in {item.clip.id for item in lying}:
            self.chosen = None
        self.again()

    def rows(self, height: int) -> list[tuple[int, int]]:
        """(top, height) of each track within so much height."""
        tops = [height * i // max(1, len(self.tracks)) for i in range(len(self.tracks) + 1)]
        return [(top, below - top) for top, below in zip(tops, tops[1:], strict=False)]

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        self._height = height
        painter.fillRect(0, 0, width, height, tone("lane"))
        for top, tall in self.rows(height):
            painter.fillRect(0, top + tall - 1, width, 1, tone("line"))
        for item in self.lying:
            held = self._ghost is not None and self._ghost.id == item.clip.id
            self._clip(painter, item, self._ghost if held and self._ghost is not None else item.clip, width)

    def _row(self, clip: Clip) -> int:
        return next((i for i, track in enumerate(self.tracks) if track.id == clip.track), 0)

    def _box(self, clip: Clip) -> QRectF:
        top, tall = self.rows(self._height)[self._row(clip)]
        left, right = self.axis.x(clip.start), self.axis.x(clip.start + clip.length)
        return QRectF(left, top + 3, max(3.0, right - left), tall - 7)

    def _clip(self, painter: QPainter, item: Lying, clip: Clip, width: int) -> None:
        box = self._box(clip)
        if box.right() < 0 or box.left() > width:
            return
        row = self._row(clip)
        body, wave = track_tones(self.tracks[row].colour)
        lit = clip.id == self.chosen
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tone("accent"), 1.2) if lit else QPen(body.lighter(125), 1))
        painter.setBrush(body)
        painter.setOpacity(0.45 if self.tracks[row].mute else 1.0)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.save()
        painter.setClipRect(box)
        if item.peaks is not None:
            self._wave(painter, box, clip, item.peaks, wave, width)
        self._fades(painter, box, clip)
        painter.setFont(sans(11))
        name = item.name if not clip.gain_db else f"{item.name} · {clip.gain_db:+.1f} dB"
        left, right = max(box.left(), 0.0), min(box.right(), float(width))
        where = QRectF(left + 6, box.top() + 1, max(0.0, right - left - 10), 16)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(where.width()))
        if box.height() <= TALL_PX:
            behind = QRectF(left + 2, box.top() + 1, painter.fontMetrics().horizontalAdvance(shown) + 8, 16)
            painter.fillRect(behind, QColor(body.red(), body.green(), body.blue(), 200))
        painter.setPen(tone("text"))
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
        painter.setOpacity(1.0)

    def _wave(
        self, painter: QPainter, box: QRectF, clip: Clip, peaks: Sequence[np.ndarray], colour: QColor, width: int
    ) -> None:
        depth = 0
        while depth + 1 < len(peaks) and PEAK_BLOCK << (depth + 1) <= self.axis.scale:
            depth += 1
        block = PEAK_BLOCK << depth
        left, right = max(0.0, box.left()), min(float(width), box.right())
        zero = clip.start - clip.offset
        first = max(0, (self.axis.at(left) - zero) // block)
        last = min(peaks[depth].shape[1], (self.axis.at(right) - zero) // block + 2)
        if last <= first:
            return
        scaled = peaks[depth][:, first:last] * 10 ** (clip.gain_db / 20)
        low, high = np.sign(scaled) * np.abs(scaled) ** QUIET_POWER
        top = box.top() + (LABEL_H if box.height() > TALL_PX else 2)
        middle, half = (top + box.bottom() - 2) / 2, (box.bottom() - 2 - top) / 2
        xs = [self.axis.x(zero + (first + i + 0.5) * block) for i in range(last - first)]
        upper = [QPointF(x, middle - half * min(1.0, v) - 0.4) for x, v in zip(xs, high.tolist(), strict=True)]
        lower = [QPointF(x, middle - half * max(-1.0, v) + 0.4) for x, v in zip(xs, low.tolist(), strict=True)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF(upper + lower[::-1]))

    def _fades(self, painter: QPainter, box: QRectF, clip: Clip) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone("ground", 0.6))
        into, out = clip.fade_in / self.axis.scale, clip.fade_out / self.axis.scale
        top, bottom = box.top(), box.bottom()
        if into > 0.5:
            points = [box.topLeft(), QPointF(box.left() + into, top), QPointF(box.left(), bottom)]
            painter.drawPolygon(QPolygonF(points))
        if out > 0.5:
            points = [box.topRight(), QPointF(box.right() - out, top), QPointF(box.right(), bottom)]
            painter.drawPolygon(QPolygonF(points))

    def _under(self, at: QPointF) -> tuple[Lying, Hold] | None:
        for item in reversed(self.lying):
            box = self._box(item.clip)
            if box.adjusted(-2, 0, 2, 0).contains(at):
                return item, self._hold_at(at, box)
        return None

    @staticmethod
    def _hold_at(at: QPointF, box: QRectF) -> Hold:
        if box.width() < 4 * EDGE_PX:
            return Hold.BODY
        upper = at.y() < box.top() + CORNER_PX
        if at.x() < box.left() + (CORNER_PX if upper else EDGE_PX):
            return Hold.FADE_IN if upper else Hold.LEFT
        if at.x() > box.right() - (CORNER_PX if upper else EDGE_PX):
            return Hold.FADE_OUT if upper else Hold.RIGHT
        return Hold.BODY

    def cursor(self, at: QPointF) -> Qt.CursorShape:
        found = self._under(at)
        if found is None:
            return Qt.CursorShape.ArrowCursor
        if found[1] in (Hold.LEFT, Hold.RIGHT):
            return Qt.CursorShape.SizeHorCursor
        return Qt.CursorShape.OpenHandCursor if found[1] is Hold.BODY else Qt.CursorShape.PointingHandCursor

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        found = self._under(at)
        self._ghost, self._hold, self._from, self._moved = None, None, at, False
        self.chosen = found[0].clip.id if found else None
        if found:
            self._ghost, self._hold = found[0].clip, found[1]
        self.again()

    def let_go(self) -> None:
        if self.chosen is not None:
            self.chosen = None
            self.again()

    def drag(self, at: QPointF) -> None:
        item = next((item for item in self.lying if item.clip.id == self.chosen), None)
        if item is None or self._hold is None:
            return
        if not self._moved and (at - self._from).manhattanLength() < CLICK_PX:
            return
        self._moved = True
        self._ghost = dragged(item, self._hold, round((at.x() - self._from.x()) * self.axis.scale), self._track_at(at))
        self.again()

    def _track_at(self, at: QPointF) -> str:
        rows = self.rows(self._height)
        row = next((i for i, (top, tall) in enumerate(rows) if at.y() < top + tall), len(rows) - 1)
        return self.tracks[max(0, row)].id

    def release(self, at: QPointF) -> None:
        ghost, hold, moved = self._ghost, self._hold, self._moved
        self._ghost = self._hold = None
        self._moved = False
        self.again()
        if ghost is None or hold is None or not moved:
            if hold is None:
                self.wishes.seek.emit(self.axis.at(at.x()))
            return
        if hold is Hold.BODY:
            self.wishes.clip_moved.emit(ghost.id, ghost.track, ghost.start)
        elif hold in (Hold.LEFT, Hold.RIGHT):
            self.wishes.clip_trimmed.emit(ghost.id, ghost.start, ghost.start + ghost.length)
        else:
            self.wishes.clip_faded.emit(ghost.id, ghost.fade_in, ghost.fade_out)


def dragged(item: Lying, hold: Hold, by: int, track: str) -> Clip:
    """The clip as it would be when held there and moved by so many samples."""
    clip = item.clip
    if hold is Hold.BODY:
        return replace(clip, start=max(0, clip.start + by), track=track)
    if hold is Hold.LEFT:
        by = min(max(by, -clip.offset, -clip.start), clip.length - 1)
        return replace(clip, start=clip.start + by, offset=clip.offset + by, length=clip.length - by)
    if hold is Hold.RIGHT:
        return replace(clip, length=min(max(1, clip.length + by), max(clip.length, item.take_length - clip.offset)))
    if hold is Hold.FADE_IN:
        return replace(clip, fade_in=min(max(0, clip.fade_in + by), clip.length - clip.fade_out))
    return replace(clip, fade_out=min(max(0, clip.fade_out - by), clip.length - clip.fade_in))

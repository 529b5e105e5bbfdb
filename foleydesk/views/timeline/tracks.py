"""Tracks with the sounds that were picked, where they lie; body, edges, corners and gain are for the hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from engine.spec import Refused, Span
from foleydesk.document.crossing import Crossing, crossed, crossings
from foleydesk.document.edits import Edit, SetClip
from foleydesk.document.project import Clip, Project, Track
from foleydesk.document.ripple import Ripple
from foleydesk.views.look import tone
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.clip_drag import DB_A_PIXEL, ClipDrag, Hold, Lying, dragged, in_words
from foleydesk.views.timeline.clip_painting import (
    badge_box,
    fade_handles,
    paint_clip,
    paint_crossing,
    paint_handles,
    paint_name_again,
    paint_outline,
)
from foleydesk.views.timeline.lane import CLICK_PX, PLAIN, Lane, Wishes
from foleydesk.views.timeline.magnet import Magnet

__all__ = ["Hold", "Lying", "TracksLane", "dragged"]

TALL, LOW = (44, 60), (28, 28)
"""Least and greatest height of a track, in pixels: large, small."""
SEEN = 3
"""So many tracks are always seen; the others are scrolled to."""
FOOT_PX = 30
"""Free room below the last track."""
EDGE_PX = 6
CORNER_PX = 10
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
CURSORS = {
    Hold.BODY: Qt.CursorShape.OpenHandCursor,
    Hold.LEFT: Qt.CursorShape.SplitHCursor,
    Hold.RIGHT: Qt.CursorShape.SplitHCursor,
    Hold.FADE_IN: Qt.CursorShape.SizeBDiagCursor,
    Hold.FADE_OUT: Qt.CursorShape.SizeFDiagCursor,
    Hold.GAIN: Qt.CursorShape.SizeVerCursor,
    Hold.SLIP: Qt.CursorShape.SizeHorCursor,
}


class TracksLane(Lane):
    """All tracks in one lane, so that clips can be dragged from one to another."""

    share = 3.2
    selects = False

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet | None = None) -> None:
        super().__init__(axis, wishes, magnet)
        self.project: Project | None = None
        self.tracks: tuple[Track, ...] = ()
        self.lying: tuple[Lying, ...] = ()
        self.selected: tuple[str, ...] = ()
        """Chosen clips, the one chosen last at the end."""
        self.ripple = Ripple.OFF
        self.pointed: str | None = None
        """The track that a menu was opened on."""
        self._tall = True
        self._items: dict[str, Lying] = {}
        self._drawn: dict[str, Clip] = {}
        """Clips with their fades as they sound."""
        self._rows: dict[str, int] = {}
        self._spans = np.zeros((2, 0), np.int64)
        self._order: list[str] = []
        self._crossings: list[Crossing] = []
        self._ghosts: dict[str, Clip] = {}
        """Clips as the drag would leave them; their pictures are lifted off the lane."""
        self._gone: frozenset[str] = frozenset()
        self._drag: ClipDrag | None = None
        self._edit: Edit | None = None
        self._from = QPointF()
        self._band: QRectF | None = None
        self._banded: tuple[str, ...] = ()
        self._pressed: Lying | None = None
        self._before: tuple[str, ...] = ()
        """What was chosen before the press, and with which keys it came."""
        self._keys = PLAIN
        self._moved = False
        self._hovered: str | None = None
        self._height = 1
        self._measure()

    @property
    def chosen(self) -> str | None:
        """The clip that was chosen last."""
        return self.selected[-1] if self.selected else None

    @chosen.setter
    def chosen(self, clip: str | None) -> None:
        self.choose((clip,) if clip else ())

    @property
    def tall(self) -> bool:
        return self._tall

    @tall.setter
    def tall(self, tall: bool) -> None:
        self._tall = tall
        self._measure()
        self.again()

    def choose(self, clips: Iterable[str]) -> None:
        """These clips and no others; those that are not there are left out."""
        self.selected = tuple(dict.fromkeys(clip for clip in clips if clip in self._items))

    def show(self, project: Project | None, lying: tuple[Lying, ...]) -> None:
        self.project, self.lying = project, lying
        self.tracks = project.tracks if project else ()
        self._items = {item.clip.id: item for item in lying}
        self._rows = {track.id: row for row, track in enumerate(self.tracks)}
        clips = tuple(item.clip for item in lying)
        crosses = project is not None and project.crosses
        self._drawn = {clip.id: clip for clip in (crossed(clips) if crosses else clips)}
        self._crossings = list(crossings(clips)) if crosses else []
        ordered = sorted(clips, key=lambda clip: (clip.start, -clip.end))
        self._order = [clip.id for clip in ordered]
        self._spans = np.array([[clip.start for clip in ordered], [clip.end for clip in ordered]], np.int64)
        self.choose(self.selected)
        self._measure()
        self.again()

    def _measure(self) -> None:
        least, most = TALL if self._tall else LOW
        self.least = least * min(SEEN, max(1, len(self.tracks)))
        self.most = most * max(1, len(self.tracks)) + FOOT_PX

    # Where things stand

    def row_height(self, height: int) -> int:
        least, most = TALL if self._tall else LOW
        return min(most, max(least, height // max(1, len(self.tracks))))

    def content(self, height: int) -> int:
        """How high all tracks are together, with the room below them where they do not fit."""
        tall = self.row_height(height) * len(self.tracks)
        return tall if tall <= height else tall + FOOT_PX

    def rows(self, height: int) -> list[tuple[int, int]]:
        """(top, height) of each track within so much height, as it is scrolled."""
        tall = self.row_height(height)
        return [(i * tall - self.top, tall) for i in range(len(self.tracks))]

    def scroll(self, pixels: int) -> bool:
        height = self.rect.height() or self._height
        most = max(0, self.content(height) - height)
        top = min(max(0, self.top + pixels), most)
        if not most and not self.top:
            return False
        self.top = top
        return True

    def _row(self, clip: Clip) -> int:
        return self._rows.get(clip.track, 0)

    def box(self, clip: Clip) -> QRectF:
        """Where the clip stands in the lane."""
        tall = self.row_height(self._height)
        left, right = self.axis.x(clip.start), self.axis.x(clip.end)
        return QRectF(left, self._row(clip) * tall - self.top + 3, max(3.0, right - left), tall - 7)

    def _in_sight(self, left: float, right: float) -> list[str]:
        """Ids of the clips that show between two places, in the order in which they are painted."""
        if not self._order:
            return []
        start, end = self.axis.start + left * self.axis.scale, self.axis.start + right * self.axis.scale
        seen = np.nonzero((self._spans[0] <= end) & (self._spans[1] >= start))[0]
        return [self._order[i] for i in seen]

    # Painting

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        self._height = height
        part = self.wanted(width, height)
        painter.fillRect(part, tone("lane"))
        rows = self.rows(height)
        for top, tall in rows:
            painter.fillRect(QRectF(part.left(), top + tall - 1, part.width(), 1), tone("line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name in self._in_sight(part.left() - 3, part.right() + 3):
            if name not in self._ghosts and name not in self._gone:
                self._paint(painter, self._items[name], self._drawn[name], part)
        for crossing in self._crossings:
            if not {crossing.earlier.id, crossing.later.id} & self._ghosts.keys():
                self._paint_crossing(painter, crossing.span, self.box(crossing.later))

    def _paint(self, painter: QPainter, item: Lying, clip: Clip, part: QRectF) -> None:
        box = self.box(clip)
        if not box.intersects(part):
            return
        track = self.tracks[self._row(clip)]
        painter.save()
        painter.setClipRect(box.intersected(part))
        paint_clip(painter, self.axis, item, clip, box, track.colour, part, track.mute)
        painter.restore()

    def _paint_crossing(self, painter: QPainter, span: Span, box: QRectF) -> None:
        left, right = self.axis.x(span.start), self.axis.x(span.end)
        if right > 0 and left < self.axis.width:
            paint_crossing(painter, left, right, box)

    def paint_over(self, painter: QPainter, width: int, height: int) -> None:
        """Ghosts, outlines, handles, the rubber band, and names of clips that begin out of sight."""
        whole = QRectF(0, 0, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._drag is not None and self._ghosts:
            self._paint_ghosts(painter, whole)
        for name in self._in_sight(0, 0):
            if name not in self._ghosts and self._drawn[name].start < self.axis.start:
                clip, track = self._drawn[name], self.tracks[self._row(self._drawn[name])]
                paint_name_again(painter, self._items[name], clip, self.box(clip), track.colour, width)
        for name in self.selected:
            clip = self._ghosts.get(name) or self._drawn.get(name)
            if clip is not None and (box := self.box(clip)).intersects(whole):
                paint_outline(painter, box, name == self.chosen)
        self._paint_handles(painter)
        if self._band is not None:
            painter.setPen(QPen(tone("accent"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(tone("accent", 0.1))
            painter.drawRect(self._band)

    def _paint_ghosts(self, painter: QPainter, whole: QRectF) -> None:
        for name, clip in self._ghosts.items():
            item = self._items.get(name) or self._like(clip)
            if item is not None:
                self._paint(painter, item, clip, whole)
        for crossing in crossings(self._ghost_tracks()):
            if {crossing.earlier.id, crossing.later.id} & self._ghosts.keys():
                self._paint_crossing(painter, crossing.span, self.box(crossing.later))

    def _ghost_tracks(self) -> list[Clip]:
        """Every clip of the tracks that ghosts lie on, as the drag would leave them."""
        tracks = {clip.track for clip in self._ghosts.values()}
        still = (clip for name, clip in self._drawn.items() if name not in self._ghosts and name not in self._gone)
        return [clip for clip in (*still, *self._ghosts.values()) if clip.track in tracks]

    def _like(self, clip: Clip) -> Lying | None:
        """What is painted of a copy."""
        return next((item for item in self.lying if item.clip.source == clip.source), None)

    def _paint_handles(self, painter: QPainter) -> None:
        held = self._drag.item.clip.id if self._drag is not None else None
        for name in {held or self._hovered, self.chosen if held is None else None} - {None}:
            clip = self._ghosts.get(name) or self._drawn.get(name)  # type: ignore[arg-type]
            if clip is not None:
                painter.save()
                painter.setClipRect(self.box(clip))
                paint_handles(painter, self.axis, clip, self.box(clip))
                painter.restore()

    # The hand

    def _under(self, at: QPointF) -> tuple[Lying, Hold] | None:
        names = self._in_sight(at.x() - 3, at.x() + 3)
        # The clip chosen last is held before those over it: its handles are seen.
        for name in sorted(reversed(names), key=lambda name: name != self.chosen):
            box = self.box(self._drawn[name])
            if box.adjusted(-2, 0, 2, 0).contains(at):
                return self._items[name], self._hold_at(at, box, self._drawn[name])
        return None

    def _hold_at(self, at: QPointF, box: QRectF, clip: Clip) -> Hold:
        if box.width() < 4 * EDGE_PX:
            return Hold.BODY
        if at.y() < box.top() + CORNER_PX:
            into, out = fade_handles(self.axis, clip, box)
            if abs(at.x() - into.x()) <= CORNER_PX / 2 + 1 or at.x() < box.left() + EDGE_PX:
                return Hold.FADE_IN
            if abs(at.x() - out.x()) <= CORNER_PX / 2 + 1 or at.x() > box.right() - EDGE_PX:
                return Hold.FADE_OUT
        if at.x() < box.left() + EDGE_PX:
            return Hold.LEFT
        if at.x() > box.right() - EDGE_PX:
            return Hold.RIGHT
        return Hold.GAIN if badge_box(box).contains(at) else Hold.BODY

    def cursor(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> Qt.CursorShape:
        found = self._under(at)
        if found is None:
            return Qt.CursorShape.ArrowCursor
        if found[1] is Hold.BODY and keys & ALT:
            return CURSORS[Hold.SLIP]
        if found[1] is Hold.BODY and keys & CONTROL:
            return Qt.CursorShape.DragCopyCursor
        return CURSORS[found[1]]

    def hover(self, at: QPointF | None) -> bool:
        found = self._under(at) if at is not None else None
        name = found[0].clip.id if found else None
        changed, self._hovered = name != self._hovered, name
        return changed

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        found = self._under(at)
        self._from, self._moved, self._drag, self._edit = at, False, None, None
        self._pressed = found[0] if found else None
        self._before, self._keys = self.selected, keys
        if found is None:
            self._banded = self.selected if keys & (SHIFT | CONTROL) else ()
            self._band = QRectF(at, at)
            return
        item, hold = found
        name = item.clip.id
        if keys & SHIFT and hold is Hold.BODY:
            self.choose((*self._between(self.chosen, item.clip), name))
        elif keys & CONTROL and hold is Hold.BODY:
            self.choose((*(one for one in self.selected if one != name), name))
        elif name not in self.selected:
            self.choose((name,))
        else:
            self.choose((*(one for one in self.selected if one != name), name))
        if hold is Hold.BODY and keys & ALT:
            hold = Hold.SLIP
        group = self.selected if hold in (Hold.BODY, Hold.GAIN) else (name,)
        self._drag = ClipDrag(item, hold, group, copies=hold is Hold.BODY and bool(keys & CONTROL))
        self.magnet.begin(keys, () if self._drag.copies else group)

    def _between(self, first: str | None, last: Clip) -> Collection[str]:
        """What lies in the rectangle of time and tracks that two clips span, and what was chosen."""
        start = self._drawn.get(first or "", last)
        rows = sorted((self._row(start), self._row(last)))
        since, until = min(start.start, last.start), max(start.end, last.end)
        inside = (
            name for name, clip in self._drawn.items()
            if clip.start >= since and clip.end <= until and rows[0] <= self._row(clip) <= rows[1]
        )  # fmt: skip
        return (*self.selected, *inside)

    def drag(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> None:
        if not self._moved and (at - self._from).manhattanLength() < CLICK_PX:
            return
        self._moved = True
        if self._band is not None:
            self._stretch(at)
        elif self._drag is not None and self.project is not None:
            self._move(self._drag, self.project, at, keys)

    def _stretch(self, at: QPointF) -> None:
        self._band = QRectF(self._from, at).normalized()
        inside = [name for name in self._order if self.box(self._drawn[name]).intersects(self._band)]
        self.choose((*self._banded, *inside))

    def _move(self, drag: ClipDrag, project: Project, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        by = round((at.x() - self._from.x()) * self.axis.scale)
        edit = drag.edit(
            project, self._rested(drag, by, keys), self._row_at(at) - self._row_at(self._from),
            (self._from.y() - at.y()) * DB_A_PIXEL, self.ripple,
        )  # fmt: skip
        try:
            after = edit.apply(project)
        except Refused:
            return
        self._edit = edit
        self._haunt(after)
        self.readout = in_words(drag, project.clips, after.clips)

    def _rested(self, drag: ClipDrag, by: int, keys: Qt.KeyboardModifier) -> int:
        """The way moved, when what is held comes to rest on something."""
        clip = drag.item.clip
        if drag.hold is Hold.BODY:
            start = clip.start + by
            return self.magnet.rest_span(start, clip.length, keys, self._loudest(drag.item)) - clip.start
        if drag.hold in (Hold.GAIN, Hold.SLIP):
            return by
        at = {
            Hold.LEFT: clip.start,
            Hold.RIGHT: clip.end,
            Hold.FADE_IN: clip.start + clip.fade_in,
            Hold.FADE_OUT: clip.end - clip.fade_out,
        }[drag.hold]
        return self.magnet.rest(at + by, keys) - at

    def _loudest(self, item: Lying) -> tuple[int, ...]:
        """Where within the clip its loudest moment is: what a hit is laid by."""
        if item.wave is None:
            return ()
        floor, block = item.wave.floors[0], item.wave.block
        clip = item.clip
        part = np.abs(floor[:, clip.offset // block : -(-(clip.offset + clip.length) // block)]).max(axis=0, initial=0)
        if not len(part) or not part.max():
            return ()
        # The hit begins where it first comes near its peak.
        first = int(np.argmax(part >= 0.5 * part.max()))
        return (max(0, (clip.offset // block + first) * block - clip.offset),)

    def _haunt(self, after: Project) -> None:
        """Show the clips as they would be."""
        now = {clip.id: clip for clip in (crossed(after.clips) if after.crosses else after.clips)}
        ghosts = {name: clip for name, clip in now.items() if self._drawn.get(name) != clip}
        gone = frozenset(self._drawn.keys() - now.keys())
        if ghosts.keys() & self._drawn.keys() != self._ghosts.keys() & self._drawn.keys() or gone != self._gone:
            self.again()
        self._ghosts, self._gone = ghosts, gone

    def _row_at(self, at: QPointF) -> int:
        return int(min(max(0, (at.y() + self.top) // self.row_height(self._height)), max(0, len(self.tracks) - 1)))

    def release(self, at: QPointF) -> None:
        drag, edit, moved = self._drag, self._edit, self._moved
        banded = self._band is not None
        self._end()
        if edit is not None:
            known = set(self._items)
            self.wishes.edit.emit(edit)
            if drag is not None and drag.copies:
                self.choose(name for name in self._items if name not in known)
        elif banded and not moved:
            self.choose(())
            self.wishes.seek.emit(self.axis.at(at.x()))
        elif drag is not None and not moved and self._pressed is not None:
            self._clicked(self._pressed.clip.id)
        self.wishes.chosen.emit()

    def _clicked(self, name: str) -> None:
        """A press that moved nothing: with Ctrl it turns the choice, else it is this clip alone."""
        if self._keys & CONTROL:
            if name in self._before:
                self.choose(one for one in self.selected if one != name)
        elif not self._keys & SHIFT:
            self.choose((name,))

    def _end(self) -> None:
        if self._ghosts or self._gone:
            self.again()
        self._drag = self._edit = self._band = None
        self._ghosts, self._gone, self._moved, self.readout = {}, frozenset(), False, ""

    def give_up(self) -> bool:
        held = self._drag is not None or self._band is not None
        self._end()
        return held

    def double(self, at: QPointF) -> None:
        """On the gain's handle: no gain."""
        found = self._under(at)
        if found is not None and found[1] is Hold.GAIN:
            self.wishes.edit.emit(SetClip(found[0].clip.id, gain_db=0.0))

    def menu(self, at: QPointF | None) -> str:
        if at is None:
            return "clip" if self.selected else ""
        row = self._row_at(at)
        self.pointed = self.tracks[row].id if self.tracks else None
        found = self._under(at)
        if found is None:
            return "track" if self.tracks else ""
        if found[0].clip.id not in self.selected:
            self.choose((found[0].clip.id,))
        return "clip"

    def let_go(self) -> None:
        self.choose(())

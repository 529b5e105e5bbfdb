"""Tracks with the sounds that were picked, where they lie; body, edges, corners and gain are for the hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from PySide6.QtCore import QPointF, QRectF, Qt

from engine.spec import Refused
from foleydesk.document.crossing import crossed
from foleydesk.document.edits import Edit, SetClip
from foleydesk.document.project import Clip, Project
from foleydesk.document.ripple import Ripple
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.clip_drag import DB_A_PIXEL, ClipDrag, Hold, Lying, dragged, in_words
from foleydesk.views.timeline.clip_painting import badge_box, fade_handles
from foleydesk.views.timeline.lane import CLICK_PX, PLAIN, Wishes
from foleydesk.views.timeline.magnet import Magnet
from foleydesk.views.timeline.track_rows import TrackRows

__all__ = ["Hold", "Lying", "TracksLane", "dragged"]

EDGE_PX = 6
MOST_HITS = 24
"""So many moments of a clip can come to rest on something."""
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


class TracksLane(TrackRows):
    """All tracks in one lane, so that clips can be dragged from one to another."""

    scrolls_along = True

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet | None = None) -> None:
        super().__init__(axis, wishes, magnet)
        self.ripple = Ripple.OFF
        self.pointed: str | None = None
        """The track that a menu was opened on."""
        self._edit: Edit | None = None
        self._from = QPointF()
        self._from_row = 0
        self._banded: tuple[str, ...] = ()
        self._pressed: Lying | None = None
        self._before: tuple[str, ...] = ()
        """What was chosen before the press, and with which keys it came."""
        self._keys = PLAIN
        self._moved = False

    @property
    def carried(self) -> tuple[str, ...]:
        """The clips that are dragged by their bodies just now."""
        return self._drag.ids if self._drag is not None and self._moved and self._drag.hold is Hold.BODY else ()

    def track_at(self, at: QPointF) -> str:
        """The track under a point of the lane; empty where there is none."""
        return self.tracks[self._row_at(at)].id if self.tracks else ""

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
        self._from_row = self._row_at(at)
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
        rows, louder_db = self._row_at(at) - self._from_row, (self._from.y() - at.y()) * DB_A_PIXEL
        try:
            edit = drag.edit(project, self._rested(drag, by, keys), rows, louder_db, self.ripple)
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
            return self.magnet.rest_span(start, clip.length, keys, self._hits(drag.item)) - clip.start
        if drag.hold in (Hold.GAIN, Hold.SLIP):
            return by
        at = {
            Hold.LEFT: clip.start,
            Hold.RIGHT: clip.end,
            Hold.FADE_IN: clip.start + clip.fade_in,
            Hold.FADE_OUT: clip.end - clip.fade_out,
        }[drag.hold]
        return self.magnet.rest(at + by, keys) - at

    def _hits(self, item: Lying) -> tuple[int, ...]:
        """Where within the clip something begins to sound: what it is laid by."""
        clip = item.clip
        if item.wave is None:
            return ()
        return tuple(at - clip.offset for at in item.wave.onsets if 0 < at - clip.offset < clip.length)[:MOST_HITS]

    def onsets(self, clips: Collection[str]) -> Iterator[int]:
        """Where the clips in sight begin to sound, but for these."""
        shown = self.axis.shown
        for name in self._in_sight(0, self.axis.width):
            item = self._items[name]
            if name not in clips and item.wave is not None:
                clip = item.clip
                yield from (
                    clip.zero + at for at in item.wave.onsets
                    if clip.start <= clip.zero + at < clip.end and shown.start <= clip.zero + at <= shown.end
                )  # fmt: skip

    def _haunt(self, after: Project) -> None:
        """Show the clips as they would be. Only tracks where something changed are looked at."""
        known, left = self._clips, {clip.id: clip for clip in after.clips}
        touched = {clip.track for clip in after.clips if known.get(clip.id) is not clip}
        touched |= {known[name].track for name in known.keys() - left.keys()}
        touched |= {known[name].track for name, clip in left.items() if name in known and known[name] is not clip}
        clips = tuple(clip for clip in after.clips if clip.track in touched)
        now = {clip.id: clip for clip in (crossed(clips) if after.crosses else clips)}
        ghosts = {name: clip for name, clip in now.items() if self._drawn.get(name) != clip}
        gone = frozenset(known.keys() - left.keys())
        if ghosts.keys() & known.keys() != self._ghosts.keys() & known.keys() or gone != self._gone:
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

    def came_along(self, pixels: int) -> None:
        self._from += QPointF(pixels, 0)

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

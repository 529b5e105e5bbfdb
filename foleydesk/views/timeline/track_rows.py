"""Tracks as rows, with the clips on them: where each stands, and how all of it is painted."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from engine.spec import Span
from foleydesk.document.crossing import Crossing, crossed, crossings
from foleydesk.document.project import Clip, Project, Track
from foleydesk.views.look import tone
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.clip_drag import ClipDrag, Lying
from foleydesk.views.timeline.clip_painting import (
    paint_clip,
    paint_crossing,
    paint_handles,
    paint_name_again,
    paint_outline,
)
from foleydesk.views.timeline.lane import Lane, Wishes
from foleydesk.views.timeline.magnet import Magnet

TALL, LOW = (44, 60), (28, 28)
"""Least and greatest height of a track, in pixels: large, small."""
SEEN = 3
"""So many tracks are always seen; the others are scrolled to."""
FOOT_PX = 30
"""Free room below the last track."""


class TrackRows(Lane):
    """Where tracks and clips stand, and how they look, also while a drag lifts some of them."""

    share = 3.2
    selects = False

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet | None = None) -> None:
        super().__init__(axis, wishes, magnet)
        self.project: Project | None = None
        self.tracks: tuple[Track, ...] = ()
        self.lying: tuple[Lying, ...] = ()
        self.selected: tuple[str, ...] = ()
        """Chosen clips, the one chosen last at the end."""
        self._tall = True
        self._items: dict[str, Lying] = {}
        self._clips: dict[str, Clip] = {}
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
        self._band: QRectF | None = None
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
        self._clips = {item.clip.id: item.clip for item in lying}
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
        since, until = (self.axis.start + x * self.axis.scale for x in (part.left(), part.right()))
        for crossing in self._crossings:
            if crossing.later.start > until or crossing.earlier.end < since:
                continue
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
                painter.setClipRect(self.box(clip), Qt.ClipOperation.IntersectClip)
                paint_handles(painter, self.axis, clip, self.box(clip))
                painter.restore()

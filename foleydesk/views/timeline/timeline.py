"""The lanes under one axis, with heads to the left, the overview below, and what joins them."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QScrollBar, QWidget

from engine.spec import Event, EventCurve, Span
from foleydesk.document.project import Marker, Project
from foleydesk.document.timebase import FIRST_HOUR, Rate
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.events import EventsLane
from foleydesk.views.timeline.hand import Handed
from foleydesk.views.timeline.heads import HEAD_WIDTH, Heads
from foleydesk.views.timeline.lane import Lane, Wishes
from foleydesk.views.timeline.magnet import Magnet
from foleydesk.views.timeline.overview import Overview
from foleydesk.views.timeline.picture import PictureLane
from foleydesk.views.timeline.ruler import CueSpan, Ruler
from foleydesk.views.timeline.sound import Sounding, SoundLane
from foleydesk.views.timeline.takes import TakeRow, TakesLane
from foleydesk.views.timeline.tracks import Lying, TracksLane


class Follow(Enum):
    """How the lanes go along with the playhead while it plays."""

    OFF = "off"
    PAGE = "page"
    CENTRE = "centre"


class Timeline(QWidget):
    """Shows what it is given and asks through `wishes`."""

    def __init__(self) -> None:
        super().__init__()
        self.axis = TimeAxis()
        self.wishes = Wishes()
        self.magnet = Magnet(self.axis)
        given = (self.axis, self.wishes, self.magnet)
        self.ruler = Ruler(*given)
        self.picture = PictureLane(*given)
        self.sound = SoundLane(*given)
        self.events = EventsLane(*given)
        self.takes = TakesLane(*given)
        self.tracks = TracksLane(*given)
        self.lanes: list[Lane] = [self.ruler, self.picture, self.sound, self.events, self.takes, self.tracks]
        self.following = Follow.PAGE
        self._away = False
        """The hand has looked elsewhere while it played; the lanes do not follow until the playhead is seen again."""
        self.canvas = Handed(self.axis, self.wishes, self.magnet, self.lanes)
        self.heads = Heads(self.lanes, self.ruler, self.tracks, self.takes)
        self.bar = Overview(self.axis)
        self.down = QScrollBar(Qt.Orientation.Vertical)
        self.down.setAccessibleName(self.tr("Scroll the tracks"))
        self.down.setToolTip(self.tr("Scroll the tracks"))
        self.down.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.down.setFixedWidth(12)
        self.down.setParent(self.canvas)
        self.down.hide()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.heads, 0, 0, 2, 1)
        layout.addWidget(self.canvas, 0, 1)
        layout.addWidget(self.bar, 1, 1)
        layout.setColumnMinimumWidth(0, HEAD_WIDTH)
        layout.setColumnStretch(1, 1)
        layout.setRowStretch(0, 1)
        self.canvas.laid_out.connect(self._laid_out)
        self.down.valueChanged.connect(self._scroll_tracks)
        self.heads.scrolled.connect(self._heads_scrolled)
        self.wishes.marking.connect(lambda start, end: self.canvas.show_span(Span(start, end)))
        self.canvas.playhead.raise_()

    def show_rate(self, rate: Rate | None, length: int, start: int = FIRST_HOUR) -> None:
        self.ruler.rate, self.ruler.start = rate, start
        self.ruler.again()
        self.axis.reach(length)
        self.canvas.refresh()

    def show_words(self, words: Callable[[int], str] | None) -> None:
        """How positions are written on the ruler."""
        self.ruler.words = words
        self.ruler.again()
        self.canvas.refresh()

    def show_markers(self, markers: tuple[Marker, ...]) -> None:
        if self.ruler.show_markers(markers):
            self.canvas.updateGeometry()
            self.canvas.lay_out()
        self.canvas.refresh()

    def show_cues(self, cues: tuple[CueSpan, ...], cue: str | None) -> None:
        self.ruler.show_cues(cues, cue)
        self.canvas.refresh()

    def show_picture(self, images: list[QImage], times: list[int], length: int, aspect: float, note: str) -> None:
        self.picture.show(images, times, length, aspect)
        self.heads.heads[self.picture].say(note)
        self.canvas.refresh()

    def show_sound(self, soundings: list[Sounding]) -> None:
        self.sound.show(soundings)
        self.canvas.refresh()

    def show_events(self, events: tuple[Event, ...], curve: EventCurve | None, span: Span | None) -> None:
        self.events.show(events, curve, span)
        self.magnet.events = tuple(event.at for event in events)
        self.canvas.refresh()

    def show_tracks(self, project: Project | None, lying: tuple[Lying, ...]) -> None:
        more = len(project.tracks if project else ()) != len(self.tracks.tracks)
        self.magnet.project = project
        self.tracks.show(project, lying)
        self.bar.show_project(project)
        if more:
            self.canvas.lay_out()
        self.heads.show_tracks(self.tracks.tracks)
        self.canvas.refresh()

    def show_takes(self, cue: str, track: str, colour: int, rows: tuple[TakeRow, ...]) -> None:
        if self.takes.show(cue, track, colour, rows) and not self.takes.hidden:
            self.canvas.lay_out()
        self.heads.show_takes(rows)
        self.canvas.refresh()

    def open_takes(self, wanted: bool) -> None:
        """Show the takes of the cue, or hide them."""
        self.takes.hidden = not wanted
        self.canvas.updateGeometry()
        self.canvas.lay_out()

    def grow_tracks(self, tall: bool) -> None:
        self.tracks.tall = tall
        self.tracks.top = 0
        self.canvas.lay_out()

    def show_span(self, span: Span | None) -> None:
        self.canvas.show_span(span)

    def show_region(self, region: Span | None) -> None:
        self.canvas.show_region(region)

    def move_to(self, at: int, follow: bool = False) -> None:
        if follow:
            self._follow(at)
        else:
            self._away = False
        self.magnet.playhead = at
        self.canvas.move_to(at)
        self.bar.move_to(at)

    def _follow(self, at: int) -> None:
        """Go along, unless the hand has looked elsewhere or holds something."""
        if self.following is Follow.OFF or self.canvas.dragging:
            return
        seen = 0 <= self.axis.x(at) <= self.axis.width - 1
        was_seen = 0 <= self.axis.x(self.canvas.at) <= self.axis.width - 1
        self._away = not was_seen and not seen
        if not self._away:
            self.axis.follow(at, self.following is Follow.CENTRE)

    def zoom(self, factor: float) -> None:
        """About the playhead while it is in sight, else about the middle."""
        x = self.axis.x(self.canvas.at)
        self.axis.zoom(factor, x if 0 <= x <= self.axis.width else self.axis.width / 2)

    def _laid_out(self) -> None:
        self.heads.place()
        rect = self.tracks.rect
        most = max(0, self.tracks.content(rect.height()) - rect.height())
        self.down.setVisible(most > 0)
        self.down.setGeometry(QRect(rect.right() - 11, rect.top(), 12, rect.height()))
        self.down.blockSignals(True)
        self.down.setRange(0, most)
        self.down.setPageStep(max(1, rect.height()))
        self.down.setSingleStep(self.tracks.row_height(rect.height()))
        self.down.setValue(self.tracks.top)
        self.down.blockSignals(False)

    def _heads_scrolled(self) -> None:
        self.canvas.update()
        self._laid_out()

    def _scroll_tracks(self, value: int) -> None:
        self.tracks.scroll(value - self.tracks.top)
        self.canvas.update(self.tracks.rect)
        self.heads.place()

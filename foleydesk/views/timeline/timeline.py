"""The timeline as one widget: heads, lanes and a scroll bar over one axis."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QScrollBar, QWidget

from engine.spec import Event, EventCurve, Span
from foleydesk.document.project import Marker, Track
from foleydesk.document.timebase import FIRST_HOUR, Rate
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.canvas import Canvas
from foleydesk.views.timeline.events import EventsLane
from foleydesk.views.timeline.heads import HEAD_WIDTH, Heads
from foleydesk.views.timeline.lane import Lane, Wishes
from foleydesk.views.timeline.picture import PictureLane
from foleydesk.views.timeline.ruler import Ruler
from foleydesk.views.timeline.sound import Sounding, SoundLane
from foleydesk.views.timeline.tracks import Lying, TracksLane

SCROLL_UNITS = 10_000
"""A scroll bar counts in int32; a long project has more samples than that."""


class Timeline(QWidget):
    """Shows what it is given and asks through `wishes`."""

    def __init__(self) -> None:
        super().__init__()
        self.axis = TimeAxis()
        self.wishes = Wishes()
        self.ruler = Ruler(self.axis, self.wishes)
        self.picture = PictureLane(self.axis, self.wishes)
        self.sound = SoundLane(self.axis, self.wishes)
        self.events = EventsLane(self.axis, self.wishes)
        self.tracks = TracksLane(self.axis, self.wishes)
        self.lanes: list[Lane] = [self.ruler, self.picture, self.sound, self.events, self.tracks]
        self.canvas = Canvas(self.axis, self.wishes, self.lanes)
        self.heads = Heads(self.lanes, self.tracks)
        self.bar = QScrollBar(Qt.Orientation.Horizontal)
        self.bar.setAccessibleName("Scroll the timeline")
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.heads, 0, 0)
        layout.addWidget(self.canvas, 0, 1)
        layout.addWidget(self.bar, 1, 1)
        layout.setColumnMinimumWidth(0, HEAD_WIDTH)
        self.canvas.laid_out.connect(self.heads.place)
        self.axis.changed.connect(self._show_bar)
        self.bar.valueChanged.connect(self._scrolled)
        self.wishes.marking.connect(lambda start, end: self.canvas.show_span(Span(start, end)))

    def show_rate(self, rate: Rate | None, length: int, start: int = FIRST_HOUR) -> None:
        self.ruler.rate, self.ruler.start = rate, start
        self.ruler.again()
        self.axis.reach(length)
        self.canvas.refresh()

    def show_markers(self, markers: tuple[Marker, ...]) -> None:
        self.ruler.markers = markers
        self.ruler.again()
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
        self.canvas.refresh()

    def show_tracks(self, tracks: tuple[Track, ...], lying: tuple[Lying, ...]) -> None:
        more = len(tracks) != len(self.tracks.tracks)
        self.tracks.show(tracks, lying)
        if more:
            self.canvas.lay_out()
        self.heads.show_tracks(tracks)
        self.canvas.refresh()

    def show_span(self, span: Span | None) -> None:
        self.canvas.show_span(span)

    def show_region(self, region: Span | None) -> None:
        self.canvas.show_region(region)

    def move_to(self, at: int, follow: bool = False) -> None:
        if follow:
            self.axis.follow(at)
        self.canvas.move_to(at)

    def zoom(self, factor: float) -> None:
        """About the playhead while it is in sight, else about the middle."""
        x = self.axis.x(self.canvas.at)
        self.axis.zoom(factor, x if 0 <= x <= self.axis.width else self.axis.width / 2)

    def _show_bar(self) -> None:
        whole = max(1.0, self.axis.farthest * self.axis.width)
        page = min(SCROLL_UNITS, round(SCROLL_UNITS * self.axis.width * self.axis.scale / whole))
        self.bar.blockSignals(True)
        self.bar.setRange(0, SCROLL_UNITS - page)
        self.bar.setPageStep(page)
        self.bar.setValue(round(SCROLL_UNITS * self.axis.start / whole))
        self.bar.blockSignals(False)

    def _scrolled(self, value: int) -> None:
        self.axis.look_from(value / SCROLL_UNITS * self.axis.farthest * self.axis.width)

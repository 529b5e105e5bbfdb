"""Where a thing that is dragged comes to rest, and what says so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable

from PySide6.QtCore import QCoreApplication, Qt

from foleydesk.document.project import Project
from foleydesk.document.snapping import Kind, Snap, Target, snapped, snapped_span, targets
from foleydesk.document.timebase import Rate
from foleydesk.views.timeline.axis import TimeAxis

REACH_PX = 8
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Magnet:
    """Holds what can be snapped to while something is dragged. Off, or with Ctrl held, everything stays where it is."""

    def __init__(self, axis: TimeAxis) -> None:
        self.axis = axis
        self.on = True
        self.project: Project | None = None
        self.playhead: int | None = None
        self.events: tuple[int, ...] = ()
        """Moments found in the picture that the project does not hold."""
        self.onsets: Callable[[Collection[str]], Iterable[int]] = lambda clips: ()
        """Where something begins to sound, but for in these clips."""
        self.found: Snap | None = None
        """What the last position rests on."""
        self._targets: tuple[Target, ...] | None = None
        """By time; None while nothing is dragged."""
        self._ats: list[int] = []
        self._verb_keys = PLAIN

    def begin(
        self, keys: Qt.KeyboardModifier = PLAIN, clips: Collection[str] = (), places: Collection[int] = ()
    ) -> None:
        """A drag starts. `clips`, `places`: what is dragged, no target. Ctrl in `keys` means something else."""
        self.found = None
        self._verb_keys = keys
        if self.project is None:
            self._targets, self._ats = (), []
            return
        found = targets(
            self.project, playhead=self.playhead, events=self.events, onsets=self.onsets(clips), ignore=clips
        )
        self._targets = tuple(sorted((one for one in found if one.at not in places), key=lambda one: one.at))
        self._ats = [target.at for target in self._targets]

    def end(self) -> None:
        self.found, self._targets, self._verb_keys = None, None, PLAIN

    def rest(self, at: int, keys: Qt.KeyboardModifier = PLAIN) -> int:
        """The position, or what is near it."""
        if not self._holds(keys):
            return max(0, at)
        self.found = snapped(at, self._near(at), self._reach, self._rate)
        return max(0, self.found.at)

    def rest_span(self, start: int, length: int, keys: Qt.KeyboardModifier, anchors: Iterable[int] = ()) -> int:
        """The start of a span one of whose ends, or of whose `anchors`, may come to rest."""
        if not self._holds(keys):
            return start
        anchors = tuple(anchors)
        near = {target: None for anchor in (0, length, *anchors) for target in self._near(start + anchor)}
        snap = snapped_span(start, length, tuple(near), self._reach, self._rate, anchors)
        self.found = snap
        return snap.at

    def _near(self, at: int) -> tuple[Target, ...]:
        """Those within reach: the others need not be looked at."""
        targets = self._targets or ()
        return targets[bisect_left(self._ats, at - self._reach) : bisect_right(self._ats, at + self._reach)]

    @property
    def _reach(self) -> int:
        return round(REACH_PX * self.axis.scale)

    @property
    def _rate(self) -> Rate | None:
        return self.project.rate if self.project is not None else None

    def _holds(self, keys: Qt.KeyboardModifier) -> bool:
        """Ctrl lets go, unless it has been held since the press, where it meant to copy."""
        self.found = None
        if self._targets is None:
            self.begin()
        if not keys & CONTROL:
            self._verb_keys = PLAIN
        return self.on and not (keys & CONTROL and not self._verb_keys & CONTROL)


def in_words(target: Target) -> str:
    """What was snapped to."""
    say = QCoreApplication.translate
    word = {
        Kind.MARKER: say("Magnet", "marker"),
        Kind.PLAYHEAD: say("Magnet", "playhead"),
        Kind.EVENT: say("Magnet", "event"),
        Kind.ONSET: say("Magnet", "onset"),
        Kind.CUE_EDGE: say("Magnet", "cue"),
        Kind.CLIP_EDGE: say("Magnet", "clip edge"),
        Kind.FRAME: say("Magnet", "frame"),
    }[target.kind]
    return f"{word} {target.name}".strip()

"""What is done to the playhead: playing, the shuttle, the loop, and going to a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spec import Refused, Span

if TYPE_CHECKING:
    from foleydesk.studio.studio import Studio
    from foleydesk.views.main_window import MainWindow

NEED_PROJECT = (
    "play", "loop", "hear_mix", "half_speed", "shuttle_back", "shuttle_stop", "shuttle_on", "go_to", "frame_back",
    "frame_on", "to_start", "to_end",
)  # fmt: skip


class PlayHandling:
    """One method an action, of the action's name."""

    window: MainWindow
    studio: Studio

    def can_play(self, action_id: str) -> bool | None:
        """None for what is not about the playhead."""
        if action_id in NEED_PROJECT:
            return self.studio.project is not None
        if action_id == "play_cue":
            return self.studio.span is not None
        if action_id == "play_region":
            return self.studio.region is not None or self._marks is not None
        return None

    def play(self) -> None:
        self.studio.listening.toggle()

    def play_cue(self) -> None:
        if self.studio.span is not None:
            self.studio.listening.play_span(self.studio.span)

    def play_region(self) -> None:
        """The selected part of the cue, or else what is marked."""
        span = self.studio.region or self._marks
        if span is not None:
            self.studio.listening.play_span(span)

    @property
    def _marks(self) -> Span | None:
        return self.studio.project.marks if self.studio.project else None

    def loop(self) -> None:
        looping = not self.studio.listening.looping
        self.studio.listening.loop(looping)
        self.window.menus.check("loop", looping)
        self.window.prompt.buttons["loop"].setChecked(looping)

    def half_speed(self) -> None:
        halved = not self.studio.listening.halved
        self.studio.listening.halve(halved)
        self.window.menus.check("half_speed", halved)

    def shuttle_back(self) -> None:
        self._shuttle(-1)

    def shuttle_on(self) -> None:
        self._shuttle(1)

    def _shuttle(self, direction: int) -> None:
        slow = self.window.playing.shuttle.held
        self.studio.listening.shuttle(direction, slow)
        if slow:
            self.window.playing.shuttle.jog()

    def shuttle_stop(self) -> None:
        self.studio.listening.pause()

    def hear_mix(self) -> None:
        self.studio.listening.hear_mix()

    def go_to(self) -> None:
        self.window.prompt.timecode.begin()

    def go_to_time(self, words: str) -> None:
        """As typed: a time code, frames or seconds, or a bare number in the unit that is shown."""
        project = self.studio.project
        if project is None:
            return
        try:
            at = project.rate.read(words, project.unit, project.start)
        except Refused as refusal:
            self.window.message.refuse(str(refusal))
            return
        end = project.media.length if project.media else None
        if at < 0 or (end is not None and at >= end):
            first, last = (project.rate.say(x, project.unit, project.start) for x in (0, (end or 1) - 1))
            self.window.message.refuse(f"{words} lies outside the picture; it goes from {first} to {last}.")
            return
        self.studio.listening.seek(at)
        self.window.timeline.axis.follow(at)

    def frame_on(self, frames: int = 1) -> None:
        rate = self.studio.rate
        if rate is not None:
            here = rate.frame_at(self.studio.listening.position())
            self.studio.listening.seek(rate.samples_at(max(0, here + frames)))

    def frame_back(self) -> None:
        self.frame_on(-1)

    def to_start(self) -> None:
        span = self.studio.span
        here = self.studio.listening.position()
        self.studio.listening.seek(span.start if span and here != span.start else 0)

    def to_end(self) -> None:
        span, project = self.studio.span, self.studio.project
        here = self.studio.listening.position()
        if project is not None and project.media is not None:
            self.studio.listening.seek(span.end if span and here < span.end - 1 else project.media.length)

"""The playhead under the hand and under the clock: pace, loop with a run-up, shuttle, scrub, and where it rests."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.spec import SAMPLE_RATE, Span
from foleydesk.playback.speeds import HALF, NORMAL, next_speed
from foleydesk.playback.transport import Transport

TICK_MS = 16


class Playhead(QObject):
    """Moves the transport, whatever it plays, and follows it. `moved` comes with the device's clock, and every seek."""

    moved = Signal(int)
    playing_changed = Signal(bool)
    speed_changed = Signal()
    arrived = Signal()
    """The end of what plays has been heard; whoever hears of it says where it `rest`s."""

    def __init__(self, transport: Transport, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.transport = transport
        self.length = 0
        """Of the whole time line, in samples."""
        self.span: Span | None = None
        """What is played as a whole, or over and over."""
        self.region: Span | None = None
        """The part of the span that is selected: what is played over and over, where there is one."""
        self.looping = False
        self.preroll = SAMPLE_RATE
        """Samples that are played before the span."""
        self.stands_at: int | None = None
        """Where it stays while something else is played; None while the transport's place is its own."""
        self.pace = NORMAL
        """How fast it plays when it is simply played."""
        self._shown_speed = NORMAL
        self._back_to: int | None = None
        """Where it goes when the end of what is played has been reached."""
        self._resumes: bool | None = None
        """Whether playing goes on when the hand lets go; None while it does not hold it."""
        self._was_playing = False
        self._tick = QTimer(self)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._follow)

    @property
    def playing(self) -> bool:
        return bool(self.transport.playing)

    @property
    def following(self) -> bool:
        """Whether the clock is still being followed; false once the end has been heard and told."""
        return self._tick.isActive()

    @property
    def speed(self) -> Fraction:
        """How fast it goes, or would when it is played."""
        return self.transport.speed if self.playing else self.pace

    @property
    def held(self) -> bool:
        """Whether the hand drags it."""
        return self._resumes is not None

    def position(self) -> int:
        return int(self.transport.position()) if self.stands_at is None else self.stands_at

    def play(self) -> None:
        """From where it is, with no end but that of everything."""
        self._back_to = None
        self.transport.play(self.pace)

    def pause(self) -> None:
        self._back_to = None
        self.transport.pause()

    def begin(self, span: Span, run_up: bool = False) -> None:
        """From the span's start, or from where it is within the span, to its end. `watch` afterwards.

        `run_up`: the stretch before the span belongs to it, as it does in a loop.
        """
        lead = self.preroll if run_up or self.looping else 0
        if not span.start - lead <= self.position() < span.end - 1:
            self.transport.seek(self._within(span.start))
        speed = self.speed
        self._back_to = span.start
        if speed in (NORMAL, HALF):
            self.transport.play(speed, self._until(span))

    def begin_with_run_up(self, span: Span) -> None:
        """From before the span to its end; then back to its start."""
        self.transport.pause()
        self.transport.seek(max(0, span.start - self.preroll))
        self.begin(span, run_up=True)
        self.watch()

    def go_on_to_the_end(self) -> None:
        """What plays is not a stretch any more."""
        if self.playing and self._back_to is not None:
            self._back_to = None
            self.transport.play(self.transport.speed)

    def shuttle(self, direction: int, slow: bool = False) -> None:
        """On or back (1, -1), faster each time; or `slow`, at half the speed."""
        speed = direction * HALF if slow else next_speed(self.speed if self.playing else Fraction(0), direction)
        self._back_to = None
        self.transport.play(speed)
        self.watch()

    def halve(self, on: bool) -> None:
        """Play at half the speed, now and whenever it is played, so that there is time to mark."""
        self.pace = HALF if on else NORMAL
        if self.playing and self.stands_at is None:
            self.transport.play(self.pace, self._until(self.span) if self._back_to is not None else None)
        self.watch()

    def scrub(self, at: int) -> None:
        """The hand drags it: each place is seen, and heard in passing."""
        if self._resumes is None:
            self._resumes = self.playing and self.transport.speed == self.pace
        self._back_to = None
        self.transport.scrub(self._within(at))
        self.watch()

    def let_go(self) -> None:
        """The hand lets go: what was playing goes on from there."""
        resumes, self._resumes = self._resumes, None
        if resumes:
            self.transport.play(self.pace)
            self.watch()

    def seek(self, at: int) -> None:
        self.transport.seek(self._within(at))
        self.moved.emit(self.position())

    def loop(self, on: bool) -> None:
        self.looping = on
        self.show_loop()
        if self.playing and self._back_to is not None:
            self.transport.play(self.transport.speed, self._until(self.span))

    def show_loop(self) -> None:
        """Span, region or run-up may have changed: loop what they are now."""
        span = self.region or self.span
        if span is None or not self.looping:
            self.transport.loop(None)
        else:
            self.transport.loop(Span(max(0, span.start - self.preroll), span.end))

    def watch(self) -> None:
        """Follow the transport while it plays, and say when that changes."""
        playing = self.playing
        if playing:
            self._tick.start()
        else:
            self._tick.stop()
        if playing != self._was_playing:
            self._was_playing = playing
            self.playing_changed.emit(playing)
        if self.speed != self._shown_speed:
            self._shown_speed = self.speed
            self.speed_changed.emit()
        self.moved.emit(self.position())

    def rest(self) -> None:
        """At the end, or back where the stretch began that has been heard."""
        back, self._back_to = self._back_to, None
        if back is not None:
            self.transport.seek(back)
        self.watch()

    def shutdown(self) -> None:
        self._tick.stop()

    def _within(self, at: int) -> int:
        return max(0, min(at, max(0, self.length - 1)))

    def _until(self, span: Span | None) -> int | None:
        return None if self.looping or span is None else span.end

    def _follow(self) -> None:
        if not self.playing:
            self.arrived.emit()
        elif self.stands_at is None:
            self.moved.emit(self.position())

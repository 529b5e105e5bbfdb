"""The playhead and what lies under it: blocks in order, exact to the sample. For one thread; no clock, no device."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np

from engine.spec import SAMPLE_RATE, Span
from foleydesk.playback.mixer import CHANNELS
from foleydesk.playback.speeds import NORMAL
from foleydesk.playback.voices import Silence, Voice

FADE = 384
"""8 ms: how long one voice takes to cross over to another."""
GRAIN = SAMPLE_RATE // 20
"""50 ms: how much is heard of each place that the playhead is dragged over."""
GRAIN_FADE = SAMPLE_RATE // 200


@dataclass(frozen=True)
class Stretch:
    """`n` samples of sound, of a voice's positions from `start` on (or back), in one go."""

    start: int
    n: int
    label: str = ""
    span: Span = Span(0, 0)
    speed: Fraction = NORMAL

    def at(self, n: int) -> int:
        """The position after the first `n` samples."""
        return self.start + n if self.speed == NORMAL else max(0, self.start + floor(n * self.speed))

    def counted(self, n: int) -> int:
        """How much of the voice's own sound lies in the first `n` samples; flown over or backwards, none."""
        if not 0 < self.speed <= NORMAL:
            return 0
        return max(0, min(self.at(n), self.span.end) - max(self.start, self.span.start))


class Deck:
    """Renders blocks from the playhead on, at any speed, round the loop, across changes of voice."""

    def __init__(self) -> None:
        self.position = 0
        self.loop: Span | None = None
        """Kept to at normal speed and below; who flies over it is not held."""
        self.until: int | None = None
        """Playing on ends here, or else with the voice."""
        self.voice: Voice = Silence()
        self.speed = NORMAL
        """Half the speed, or a whole number of times; backwards when negative."""
        self._between = Fraction(0)
        """At half the speed: how far the playhead is on its way to the next sample."""
        self._leaving: Voice | None = None
        self._faded = 0
        self._next: Voice | None = None

    def change(self, voice: Voice, at_once: bool = False) -> None:
        """Go on with another voice at the same position: with equal power over 8 ms, or at once."""
        if at_once:
            self.voice, self._leaving, self._next = voice, None, None
        elif self._leaving is not None:
            self._next = voice
        else:
            self._leaving, self.voice, self._faded = self.voice, voice, 0

    def seek(self, position: int) -> None:
        """Jump; a change of voice under way is over."""
        self.position = max(0, position)
        self._between = Fraction(0)
        if self.until is not None and self.position >= self.until:
            self.until = None
        if self._next is not None:
            self.voice = self._next
        self._leaving, self._next = None, None

    def go(self, speed: Fraction, until: int | None = None) -> None:
        """At another speed from here on, as far as `until`."""
        if speed != self.speed:
            self._between = Fraction(0)
        self.speed, self.until = speed, until

    @property
    def ended(self) -> bool:
        if self.speed < 0:
            return self.position <= 0
        return self.position >= self._end and not self._inside_loop()

    @property
    def _end(self) -> int:
        length = self.voice.length
        return length if self.until is None else min(length, self.until)

    def render(self, n: int) -> tuple[np.ndarray, list[Stretch]]:
        """(n, 2) float32 from the playhead on, and which positions it holds; silence after the end."""
        out = np.zeros((n, CHANNELS), np.float32)
        stretches: list[Stretch] = []
        filled = 0
        while filled < n and not self.ended:
            run = min(n - filled, self._room())
            out[filled : filled + run] = self._read(run)
            stretches.append(Stretch(self.position, run, self.voice.label, self.voice.span, self.speed))
            filled += run
            self._advance(run)
        return out, stretches

    def grain(self, position: int) -> np.ndarray:
        """What is heard in passing at a place, with soft edges; the playhead stays. (GRAIN, 2) float32."""
        edge = np.sin(np.pi / 2 * (np.arange(GRAIN_FADE) + 0.5) / GRAIN_FADE).astype(np.float32) ** 2
        window = np.ones(GRAIN, np.float32)
        window[:GRAIN_FADE], window[-GRAIN_FADE:] = edge, edge[::-1]
        return self.voice.read(max(0, position), GRAIN) * window[:, None]

    @property
    def _holding(self) -> Span | None:
        """The loop, where one holds the playhead at this speed."""
        return self.loop if self.loop is not None and self.loop.length > 0 and 0 < self.speed <= NORMAL else None

    def _inside_loop(self) -> bool:
        loop = self._holding
        return loop is not None and self.position < loop.end

    def _room(self) -> int:
        """Samples of sound until something changes: the loop's end, the end, or the end of a cross-over."""
        loop = self._holding
        end = 0 if self.speed < 0 else loop.end if loop is not None and self._inside_loop() else self._end
        room = ceil((abs(end - self.position) - self._between) / abs(self.speed))
        return min(room, FADE - self._faded) if self._leaving is not None else room

    def _read(self, n: int) -> np.ndarray:
        block = self._sound(self.voice, n)
        if self._leaving is None:
            return block
        angle = (np.pi / 2 * (self._faded + np.arange(n) + 0.5) / FADE)[:, None]
        before = self._sound(self._leaving, n)
        return (block * np.sin(angle) + before * np.cos(angle)).astype(np.float32)

    def _sound(self, voice: Voice, n: int) -> np.ndarray:
        """The next `n` samples as they sound at this speed: as from a tape, so pitch goes with it."""
        if self.speed == NORMAL:
            return voice.read(self.position, n)
        size = abs(self.speed)
        wide = ceil(n * size) + 2
        ahead = self.speed > 0
        passed = voice.read(self.position, wide) if ahead else voice.read(self.position - wide + 1, wide)[::-1]
        if size.denominator == 1:
            return passed[: n * size.numerator].reshape(n, size.numerator, CHANNELS).mean(axis=1, dtype=np.float32)
        at = float(self._between) + np.arange(n) * float(size)
        before = at.astype(np.intp)
        share = (at - before).astype(np.float32)[:, None]
        return passed[before] * (1 - share) + passed[before + 1] * share

    def _advance(self, n: int) -> None:
        if self.speed == NORMAL:
            self.position += n
        else:
            gone = self._between + n * abs(self.speed)
            self._between = gone - floor(gone)
            self.position = max(0, self.position + (floor(gone) if self.speed > 0 else -floor(gone)))
        loop = self._holding
        if loop is not None and self.position == loop.end:
            self.position = loop.start
        if self._leaving is not None:
            self._faded += n
            if self._faded >= FADE:
                self._leaving, upcoming, self._next = None, self._next, None
                if upcoming is not None:
                    self.change(upcoming)

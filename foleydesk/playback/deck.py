"""The playhead and what lies under it: blocks in order, exact to the sample. For one thread; no clock, no device."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.spec import Span
from foleydesk.playback.mixer import CHANNELS
from foleydesk.playback.voices import Silence, Voice

FADE = 384
"""8 ms: how long one voice takes to cross over to another."""


@dataclass(frozen=True)
class Stretch:
    """`n` samples of a voice's positions from `start` on, in one go."""

    start: int
    n: int
    label: str = ""
    span: Span = Span(0, 0)

    def counted(self, n: int) -> int:
        """How many of the first `n` samples lie within the voice's own sound."""
        return max(0, min(self.start + n, self.span.end) - max(self.start, self.span.start))


class Deck:
    """Renders blocks from the playhead on, round the loop, across changes of voice."""

    def __init__(self) -> None:
        self.position = 0
        self.loop: Span | None = None
        self.voice: Voice = Silence()
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
        if self._next is not None:
            self.voice = self._next
        self._leaving, self._next = None, None

    @property
    def ended(self) -> bool:
        return self.position >= self.voice.length and not self._inside_loop()

    def render(self, n: int) -> tuple[np.ndarray, list[Stretch]]:
        """(n, 2) float32 from the playhead on, and which positions it holds; silence after the end."""
        out = np.zeros((n, CHANNELS), np.float32)
        stretches: list[Stretch] = []
        filled = 0
        while filled < n and not self.ended:
            run = min(n - filled, self._room())
            out[filled : filled + run] = self._read(run)
            stretches.append(Stretch(self.position, run, self.voice.label, self.voice.span))
            filled += run
            self._advance(run)
        return out, stretches

    def _inside_loop(self) -> bool:
        return self.loop is not None and self.loop.length > 0 and self.position < self.loop.end

    def _room(self) -> int:
        """Samples until something changes: the loop's end, the end, or the end of a cross-over."""
        end = self.loop.end if self.loop is not None and self._inside_loop() else self.voice.length
        room = end - self.position
        return min(room, FADE - self._faded) if self._leaving is not None else room

    def _read(self, n: int) -> np.ndarray:
        block = self.voice.read(self.position, n)
        if self._leaving is None:
            return block
        angle = (np.pi / 2 * (self._faded + np.arange(n) + 0.5) / FADE)[:, None]
        before = self._leaving.read(self.position, n)
        return (block * np.sin(angle) + before * np.cos(angle)).astype(np.float32)

    def _advance(self, n: int) -> None:
        self.position += n
        if self.loop is not None and self.loop.length > 0 and self.position == self.loop.end:
            self.position = self.loop.start
        if self._leaving is not None:
            self._faded += n
            if self._faded >= FADE:
                self._leaving, upcoming, self._next = None, self._next, None
                if upcoming is not None:
                    self.change(upcoming)

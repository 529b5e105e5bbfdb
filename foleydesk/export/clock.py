"""Positions of a project as other programs name them: frames, time code, samples since midnight."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.spec import SAMPLE_RATE
from foleydesk.document.timebase import Rate

if TYPE_CHECKING:
    from foleydesk.document.project import Project

MIDNIGHT = "00:00:00:00"


@dataclass(frozen=True)
class Clock:
    """`start` is what the first frame is called: time on a clock, in samples (as in Rate.timecode)."""

    rate: Rate
    start: int = 0

    @property
    def first(self) -> int:
        """The frame number behind the first frame's time code, counted from 00:00:00:00."""
        return -self.rate.frame_at(self.rate.parse(MIDNIGHT, self.start))

    @property
    def time_reference(self) -> int:
        """Samples from 00:00:00:00 to the project's first, in real time: what `bext` says.

        01:00:00:00 is 172 800 000 at 25 frames a second, and 172 972 800 at 23.976, whose labels run slow.
        Where a frame starts between two samples it is the later: whoever counts frames in it finds the right one.
        """
        return self.rate.samples_at(self.first)

    @property
    def offset_s(self) -> Fraction:
        """The same in seconds, exact."""
        return self.first / self.rate.fraction

    def timecode(self, at: int) -> str:
        return self.rate.timecode(at, self.start)

    def frame(self, at: int) -> int:
        """The frame shown at a position; the picture's first is 0."""
        return self.rate.frame_at(at)

    def frame_after(self, end: int) -> int:
        """The first frame of which nothing is before `end`: of a piece that ends there, the exclusive out."""
        return -(-end * self.rate.fraction // SAMPLE_RATE)

    def samples(self, frame: int) -> int:
        return self.rate.samples_at(frame)


def clock_of(project: Project) -> Clock:
    return Clock(project.rate, project.start)


def seconds(samples: int) -> str:
    """Decimal seconds from which the sample is found again, also after a day."""
    return f"{Decimal(samples) / SAMPLE_RATE:.10f}".rstrip("0").rstrip(".")

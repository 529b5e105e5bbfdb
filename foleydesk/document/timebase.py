"""Samples, frames and time code. Rates are fractions, so that no position ever drifts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from engine.spec import SAMPLE_RATE, Refused

DROP_RATES = (Fraction(30_000, 1001), Fraction(60_000, 1001))
"""Drop-frame counting exists for these only (SMPTE ST 12-1)."""
STANDARD_RATES = (
    Fraction(24_000, 1001), Fraction(24), Fraction(25), Fraction(30_000, 1001), Fraction(30), Fraction(48_000, 1001),
    Fraction(48), Fraction(50), Fraction(60_000, 1001), Fraction(60), Fraction(100), Fraction(120_000, 1001),
    Fraction(120),
)  # fmt: skip
FIRST_HOUR = 3600 * SAMPLE_RATE
"""Programmes begin at hour one, by old custom, so that a pre-roll has a time code too."""
DAY = 24 * FIRST_HOUR
TIME_CODE = re.compile(r"(\d+):(\d{1,2}):(\d{1,2})[:;.](\d{1,3})")
FRAMES = re.compile(r"(\d+)\s*f", re.IGNORECASE)
SECONDS = re.compile(r"(\d+(?:\.\d+)?)\s*s?", re.IGNORECASE)


class Unit(StrEnum):
    """How positions are written."""

    TIME_CODE = "time code"
    FRAMES = "frames"
    SECONDS = "seconds"


def nominal_rate(measured: Fraction) -> Fraction:
    """The rate in use that is nearest to what was measured, by ratio: what a picture with a variable rate counts by."""
    return min(STANDARD_RATES, key=lambda rate: max(rate / measured, measured / rate))


@dataclass(frozen=True)
class Rate:
    """Frames a second. `drop`: skip labels so that the time code keeps up with the clock."""

    fraction: Fraction
    drop: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "fraction", Fraction(self.fraction))
        if self.fraction <= 0:
            raise Refused("A picture must have more than zero frames a second; open another file.")
        if self.drop and self.fraction not in DROP_RATES:
            raise Refused("Drop-frame time code exists only at 29.97 and 59.94 frames a second; count without drops.")

    @property
    def nominal(self) -> int:
        """Labels a second of time code: 24 at 23.976."""
        return max(1, round(self.fraction))

    @property
    def can_drop(self) -> bool:
        """Whether drop-frame time code exists at this rate."""
        return self.fraction in DROP_RATES

    def frame_at(self, samples: int) -> int:
        """The frame that is shown at this position."""
        return floor(samples * self.fraction / SAMPLE_RATE)

    def samples_at(self, frame: int) -> int:
        """The first sample at which this frame is shown."""
        return ceil(frame * SAMPLE_RATE / self.fraction)

    def nudged(self, at: int, frames: int) -> int:
        """So many frames later (earlier, when negative), at the same place within the frame.

        The start of a frame stays one, so that a hundred steps of a frame are one step of a hundred.
        """
        frame = self.frame_at(at)
        first, after = self.samples_at(frame + frames), self.samples_at(frame + frames + 1)
        return min(first + at - self.samples_at(frame), after - 1)

    def timecode(self, samples: int, start: int = 0) -> str:
        """hh:mm:ss:ff of a position; hh:mm:ss;ff when frames are dropped.

        `start` is what the first frame is called, as time on a clock in samples: 3600 × 48 000 is 01:00:00:00 at
        every rate.
        """
        return self._label(self.frame_at(samples) + self._first(start))

    def parse(self, text: str, start: int = 0) -> int:
        """The position of a time code ("01:00:02:13"), a frame number ("53f") or seconds ("2.5", "2.5 s")."""
        text = text.strip()
        if match := TIME_CODE.fullmatch(text):
            return self.samples_at(self._frame(text, *map(int, match.groups())) - self._first(start))
        if match := FRAMES.fullmatch(text):
            return self.samples_at(int(match.group(1)))
        if match := SECONDS.fullmatch(text):
            return floor(Fraction(match.group(1)) * SAMPLE_RATE)
        raise Refused(f'"{text}" is not a time; write 00:00:02:13, 53f or 2.5 s.')

    def say(self, samples: int, unit: Unit, start: int = 0) -> str:
        """A position as `unit` says: frames and seconds from the picture's first frame, time code from `start`."""
        if unit is Unit.FRAMES:
            return f"{self.frame_at(samples)}f"
        if unit is Unit.SECONDS:
            thousandths = round(Fraction(abs(samples) * 1000, SAMPLE_RATE))
            sign = "-" if samples < 0 and thousandths else ""
            return f"{sign}{thousandths // 1000}.{thousandths % 1000:03d} s"
        return self.timecode(samples, start)

    def read(self, text: str, unit: Unit, start: int = 0) -> int:
        """The position that was typed: with its unit ("53f", "2.5 s", a time code), else in `unit`. Raises Refused."""
        bare = text.strip()
        if unit is Unit.FRAMES and bare.isascii() and bare.isdigit():
            return self.samples_at(int(bare))
        return self.parse(bare, start)

    @property
    def _dropped(self) -> int:
        """Labels left out at the start of every minute but each tenth."""
        return self.nominal // 15 if self.drop else 0

    def _first(self, start: int) -> int:
        """The frame number behind the label at `start` on the clock."""
        minutes, rest = divmod(start, 60 * SAMPLE_RATE)
        label = minutes * 60 * self.nominal + rest * self.nominal // SAMPLE_RATE
        return label - self._dropped * (minutes - minutes // 10)

    def _frame(self, text: str, hours: int, minutes: int, seconds: int, frames: int) -> int:
        total = hours * 60 + minutes
        missing = self.drop and seconds == 0 and frames < self._dropped and total % 10 != 0
        if minutes > 59 or seconds > 59 or frames >= self.nominal or missing:
            raise Refused(f"There is no time code {text} at this rate; frames go from 0 to {self.nominal - 1}.")
        return (total * 60 + seconds) * self.nominal + frames - self._dropped * (total - total // 10)

    def _label(self, frame: int) -> str:
        sign, frame = ("-", -frame) if frame < 0 else ("", frame)
        frame = self._with_dropped(frame)
        seconds, frames = divmod(frame, self.nominal)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        mark = ";" if self.drop else ":"
        return f"{sign}{hours:02d}:{minutes:02d}:{seconds:02d}{mark}{frames:02d}"

    def _with_dropped(self, frame: int) -> int:
        """The frame number counted with the labels that were left out before it."""
        if not self.drop:
            return frame
        minute = 60 * self.nominal - self._dropped
        ten_minutes = 10 * minute + self._dropped
        tens, rest = divmod(frame, ten_minutes)
        before = max(0, (rest - self._dropped) // minute)
        return frame + self._dropped * (9 * tens + before)

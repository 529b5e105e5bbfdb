"""How a moment is written in the window."""

from __future__ import annotations

from engine.spec import SAMPLE_RATE
from foleydesk.document.timebase import FIRST_HOUR, Rate
from foleydesk.views.wording import tr


def code(rate: Rate, at: int, start: int = FIRST_HOUR) -> str:
    """Time code of the position `at` (samples); `start` is what the picture's first frame is called."""
    return rate.timecode(at, start)


def short_code(rate: Rate, at: int, start: int = FIRST_HOUR) -> str:
    """Seconds and frames only, where the hour and minute are clear from beside it."""
    return code(rate, at, start)[6:]


def in_words(samples: int) -> str:
    """A length to be read: 0.42 s, 5.3 s, 2 min 05 s."""
    seconds = samples / SAMPLE_RATE
    if seconds < 1:
        return f"{seconds:.2f} s"
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60):02d} s"


def left_in_words(seconds: float | None) -> str:
    """Time to go, rounded up, or nothing while it cannot be told."""
    if seconds is None:
        return ""
    whole = max(1, round(seconds))
    seconds_left = tr("Time", "{n} s left").format(n=whole)
    minutes_left = tr("Time", "{n} min left").format(n=(whole + 59) // 60)
    return seconds_left if whole < 90 else minutes_left

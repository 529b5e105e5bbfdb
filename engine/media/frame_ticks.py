"""Which frames of a picture are taken for a steady number of ticks a second, by time stamp. Torch-free.

The rule is that of MMAudio's published reader (hkchengrex/MMAudio, `read_frames`): a tick takes the first frame at or
after it. Ticks are added up in double precision, one at a time, and so drift above the exact ones: at 25 ticks a second
a film of 25 frames a second gives 0 to 5, 7, 7, 8 …, which is what the published networks were trained on.
"""

from __future__ import annotations

from collections.abc import Sequence


class Ticks:
    """Ticks of `rate` a second from time 0 on. State: the tick that waits for a frame."""

    def __init__(self, rate: float) -> None:
        self._step = 1.0 / rate
        self._next = 0.0

    def due(self, time: float) -> int:
        """How many ticks take the frame that appears at `time` (seconds): none, one, or several at a low frame rate.

        Frames come in order of time.
        """
        count = 0
        while time >= self._next:
            self._next += self._step
            count += 1
        return count


def frames_taken(times: Sequence[float], rate: float, end: float, start: float = 0.0) -> list[int]:
    """Indices into `times` (seconds, ascending), one a tick, for the span from `start` to `end` (seconds).

    Ticks begin with the span. Its first frame is the one that shows when it begins, even if that appeared earlier; a
    frame exactly at the end is taken, none after it. From 0 on this is the published reader to the frame.
    """
    ticks = Ticks(rate)
    first = showing(times, start)
    taken: list[int] = []
    for i in range(first, len(times)):
        if times[i] > end:
            break
        taken += [i] * ticks.due(max(0.0, times[i] - start))
    return taken


def showing(times: Sequence[float], at: float) -> int:
    """The index of the last frame that appeared at or before `at`; the first one where there is none."""
    return max(0, sum(time <= at for time in times) - 1)

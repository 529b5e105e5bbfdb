"""How fast bytes have been coming, and how long the rest will take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW_S = 15.0
"""What came longer ago says nothing about the line as it is now."""
SOONEST_S = 1.0
"""Before this much has been seen there is no telling."""


class Speed:
    """Bytes a second over the last few seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._seen: deque[tuple[float, int]] = deque()

    def see(self, done: int) -> None:
        """`done`: bytes that are here so far."""
        now = self._now()
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((now, done))
        while now - self._seen[0][0] > WINDOW_S:
            self._seen.popleft()

    def seconds_left(self, left: int) -> float | None:
        """None until it can be told."""
        if len(self._seen) < 2:
            return None
        (began, first), (now, last) = self._seen[0], self._seen[-1]
        if now - began < SOONEST_S or last <= first:
            return None
        return left * (now - began) / (last - first)

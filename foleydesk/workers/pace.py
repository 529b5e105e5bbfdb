"""How often progress is shown, and how long is left."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from engine.spec import Progress

SHOWN_PER_SECOND = 20
SMOOTHING = 0.3
"""Weight of the newest step in the moving mean of step times."""


class Pace:
    """Thins progress to 20 a second and fills in the time to go from a moving mean of the step times."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._shown_at = -1.0
        self._seen: tuple[str, int, float] | None = None
        self._step_s: float | None = None

    def see(self, progress: Progress) -> Progress | None:
        """What to show for this step, or None when the last one was shown a moment ago.

        A new stage and the last step of a stage are always shown.
        """
        now = self._now()
        new_stage = self._seen is None or self._seen[0] != progress.stage
        self._learn(progress, now, new_stage)
        due = self._shown_at < 0 or now - self._shown_at >= 1 / SHOWN_PER_SECOND
        if not (due or new_stage or progress.step >= progress.steps):
            return None
        self._shown_at = now
        if progress.seconds_left is None and self._step_s is not None:
            return replace(progress, seconds_left=max(0, progress.steps - progress.step) * self._step_s)
        return progress

    def _learn(self, progress: Progress, now: float, new_stage: bool) -> None:
        if new_stage:
            self._step_s = None
        elif self._seen is not None and progress.step > self._seen[1]:
            took = (now - self._seen[2]) / (progress.step - self._seen[1])
            self._step_s = took if self._step_s is None else SMOOTHING * took + (1 - SMOOTHING) * self._step_s
        elif self._seen is not None and progress.step == self._seen[1]:
            return
        self._seen = (progress.stage, progress.step, now)

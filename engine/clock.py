"""Progress with the time to go."""

from __future__ import annotations

import time

from engine.spec import OnProgress, Progress

SMOOTHING = 0.7
"""How much of the earlier pace a new step leaves."""


class Clock:
    """Reports the steps of one stage and guesses from their pace how long the rest takes."""

    def __init__(self, stage: str, on_progress: OnProgress, seconds_after: float = 0.0) -> None:
        self.stage = stage
        self.on_progress = on_progress
        self.seconds_after = seconds_after
        self._pace: float | None = None
        self._last, self._step = time.monotonic(), 0

    def __call__(self, step: int, steps: int) -> None:
        """`step` of `steps` is done. May raise Cancelled."""
        now = time.monotonic()
        if step > self._step:
            pace = (now - self._last) / (step - self._step)
            self._pace = pace if self._pace is None else SMOOTHING * self._pace + (1 - SMOOTHING) * pace
        self._last, self._step = now, step
        left = None if self._pace is None else self._pace * (steps - step) + self.seconds_after
        self.on_progress(Progress(self.stage, step, steps, left))

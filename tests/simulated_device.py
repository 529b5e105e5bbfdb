"""A sound card that is reckoned, not waited for: its own clock drifts, its interrupts and its writers come late."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np

from engine.spec import SAMPLE_RATE

CAPACITY = 3840
OWN_S = 0.012
"""From the converter to the ear."""


class SimulatedStream:
    """As sounddevice.OutputStream, in a time of its own.

    It takes `period` samples at a time and plays them while it takes the next, by a clock that runs `drift` too fast;
    two periods of silence are in it when it starts.
    """

    def __init__(self, drift: float = 0.0, period: int = 512, late_s: float = 0.004, tick_s: float = 1 / 60) -> None:
        self.time = 0.0
        self.latency = (CAPACITY + 2 * period) / SAMPLE_RATE + OWN_S
        self.on_write: Callable[[np.ndarray], None] = lambda left: None
        self.on_tick: Callable[[], None] = lambda: None
        self.unplugged = False
        self.ran_dry = 0
        self._rate = SAMPLE_RATE * (1 + drift)
        self._period, self._late_s, self._tick_s = period, late_s, tick_s
        self._chance = random.Random(1)
        self._began = 0.0
        self._written = self._taken = self._pulls = 0
        self._next_tick = tick_s

    def start(self) -> None:
        self._began, self._pulls = self.time, 0
        self._written = self._taken = 0

    def abort(self) -> None:
        """What has not been heard never will be."""

    def close(self) -> None:
        """Nothing to let go."""

    @property
    def write_available(self) -> int:
        return CAPACITY - (self._written - self._taken)

    def write(self, block: np.ndarray) -> bool:
        if self.unplugged:
            raise OSError("unplugged")
        while CAPACITY - self._written + self._taken < len(block):
            self._pull()
        self.on_write(block[:, 0])
        self._written += len(block)
        self._go_to(self.time + self._chance.random() * self._late_s / 3)
        return False

    def heard(self) -> float:
        """Which of the samples written since it was started is heard at this very moment."""
        return (self.time - self._began - OWN_S) * self._rate - 2 * self._period

    def _pull(self) -> None:
        due = self._began + (self._pulls + 1) * self._period / self._rate
        self._go_to(max(self.time, due + self._chance.random() * self._late_s))
        self._pulls += 1
        self.ran_dry += self._written - self._taken < self._period
        self._taken = min(self._written, self._taken + self._period)

    def _go_to(self, time: float) -> None:
        while self._next_tick <= time:
            self.time = max(self.time, self._next_tick)
            self._next_tick += self._tick_s
            self.on_tick()
        self.time = time

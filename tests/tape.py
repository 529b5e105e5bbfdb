"""An output that keeps what it is given, on a clock that the test moves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np

from engine.spec import SAMPLE_RATE
from foleydesk.playback.outputs import ClockOut

WAIT_S = 20


class Tape(ClockOut):
    """A clock that stands still unless it is waited on, and keeps what was written."""

    def __init__(self) -> None:
        self.time = 0.0
        self.blocks: list[np.ndarray] = []
        self.until = float("inf")
        self.go_on = threading.Event()
        self.go_on.set()
        self.stands = threading.Event()
        super().__init__(now=lambda: self.time, wait=self._pass)

    def _pass(self, seconds: float) -> None:
        while self.time + seconds > self.until:
            if not self.go_on.wait(0.002):
                self.stands.set()
                continue
            self.go_on.clear()
        self.stands.clear()
        self.time += seconds

    def write(self, block: np.ndarray) -> float:
        self.blocks.append(block.copy())
        return super().write(block)

    @property
    def sound(self) -> np.ndarray:
        return np.concatenate(self.blocks)[:, 0]


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not what():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.002)


def noise(seconds: float, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, int(seconds * SAMPLE_RATE)).astype(np.float32)

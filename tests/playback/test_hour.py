"""An hour on a sound card with a clock of its own: the picture stays with the sound, and no sample is lost."""

from __future__ import annotations

import threading
from fractions import Fraction

import numpy as np
import pytest
from simulated_device import SimulatedStream

from engine.spec import SAMPLE_RATE, Span
from foleydesk.document.timebase import Rate
from foleydesk.playback.outputs import DeviceOut
from foleydesk.playback.transport import Transport

HOUR = 3600 * SAMPLE_RATE
DRIFT = 150e-6
"""A cheap quartz, warm."""
ROUND = 2**20
"""Samples are numbered up to here, and then again: float32 knows each of these."""
RATES = [
    Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(50),
    Fraction(60000, 1001), Fraction(60),
]  # fmt: skip
WAIT_S = 400


class Numbered:
    """Every sample is its own number."""

    label = ""
    span = Span(0, 0)
    length = HOUR

    def read(self, start: int, n: int) -> np.ndarray:
        return np.repeat((np.arange(start, start + n) % ROUND).astype(np.float32)[:, None], 2, axis=1)


class Hour:
    """What was seen and heard in it."""

    def __init__(self) -> None:
        self.stream = SimulatedStream(DRIFT)
        self.shown: list[tuple[float, int]] = []
        """At each tick of the window: what was heard by then, and where the playhead said it was."""
        self.next = 0
        self.wrong: list[int] = []
        self.over = threading.Event()
        self.transport = Transport(DeviceOut(self.stream, "simulated", now=lambda: self.stream.time))
        self.stream.on_write, self.stream.on_tick = self.count, self.look
        self.transport.set_source(Numbered())
        self.transport.play()
        assert self.over.wait(WAIT_S)
        self.transport.close()

    def count(self, left: np.ndarray) -> None:
        """Blocks must go on where the one before ended; silence comes behind the end alone."""
        n = min(len(left), HOUR - self.next)
        first = self.next % ROUND
        if n == 0:
            self.over.set()
        elif not (left[0] == first and left[n - 1] == (first + n - 1) % ROUND):
            self.wrong.append(self.next)
        self.next += n

    def look(self) -> None:
        heard = self.stream.heard()
        if 0 <= heard < HOUR:
            self.shown.append((heard, self.transport.position()))


@pytest.fixture(scope="module")
def hour() -> Hour:
    return Hour()


def test_no_sample_of_an_hour_is_dropped_or_repeated(hour: Hour) -> None:
    assert hour.next == HOUR and hour.wrong == [] and hour.stream.ran_dry == 0


@pytest.mark.parametrize("fraction", RATES)
def test_the_picture_is_within_half_a_frame_of_the_sound_throughout(hour: Hour, fraction: Fraction) -> None:
    assert len(hour.shown) > 3590 * 60
    frame, rate = SAMPLE_RATE / fraction, Rate(fraction)
    heard, position = np.array(hour.shown).T
    assert np.abs(position - heard).max() < frame / 2
    for at, place in hour.shown[:: len(hour.shown) // 500]:
        assert abs(rate.frame_at(int(place)) - at / frame) < 1.5

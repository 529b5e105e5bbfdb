"""Where a project lies in the day, at every rate, against OpenTimelineIO's own counting."""

from __future__ import annotations

from fractions import Fraction

import opentimelineio as otio
import pytest

from engine.spec import SAMPLE_RATE
from foleydesk.document.timebase import Rate
from foleydesk.export.clock import Clock, seconds

HOUR = 3600 * SAMPLE_RATE
ALL = [
    (Fraction(24_000, 1001), False), (Fraction(24), False), (Fraction(25), False), (Fraction(30_000, 1001), False),
    (Fraction(30_000, 1001), True), (Fraction(30), False), (Fraction(50), False), (Fraction(60_000, 1001), False),
    (Fraction(60_000, 1001), True), (Fraction(60), False),
]  # fmt: skip


@pytest.mark.parametrize(("fraction", "drop"), ALL)
@pytest.mark.parametrize("start", [0, HOUR, 10 * HOUR + 61 * SAMPLE_RATE])
def test_the_first_frame_is_the_one_that_its_time_code_names(fraction: Fraction, drop: bool, start: int):
    clock = Clock(Rate(fraction, drop), start)
    label = clock.timecode(0)
    assert clock.first == otio.opentime.from_timecode(label, float(fraction)).value
    assert clock.rate.frame_at(clock.time_reference) == clock.first
    assert clock.rate.frame_at(clock.time_reference - 1) == clock.first - 1 or clock.first == 0


def test_an_hour_of_labels_takes_as_long_as_its_frames():
    assert Clock(Rate(Fraction(25)), HOUR).time_reference == 172_800_000
    assert Clock(Rate(Fraction(24_000, 1001)), HOUR).time_reference == 172_972_800
    assert Clock(Rate(Fraction(30_000, 1001), True), HOUR).time_reference == 172_799_828
    assert Clock(Rate(Fraction(24_000, 1001)), HOUR).offset_s == Fraction("3603.6")


def test_a_piece_ends_with_the_frame_that_follows_it():
    clock = Clock(Rate(Fraction(25)))
    assert [clock.frame_after(end) for end in (1, 1919, 1920, 1921)] == [1, 1, 1, 2]


@pytest.mark.parametrize("at", [0, 1, 7, 48_000, 100_001, 24 * HOUR - 1])
def test_seconds_name_a_sample(at: int):
    assert round(float(seconds(at)) * SAMPLE_RATE) == at

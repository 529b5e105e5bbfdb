"""Curves from events, and features read between frames."""

from __future__ import annotations

import numpy as np
import pytest

from engine.conditioning.events import at_times, curve, frame_times, within
from engine.spec import SAMPLE_RATE, Event, Span


def test_a_bump_stands_where_its_event_is():
    values = curve([Event(SAMPLE_RATE * 11, 0.8)], SAMPLE_RATE * 10, 200, 100.0)
    assert frame_times(200, 100.0)[np.argmax(values)] == pytest.approx(1.0, abs=0.006)
    assert values.max() == pytest.approx(0.8, abs=0.02)


def test_the_stronger_of_two_events_wins_where_they_overlap():
    both = curve([Event(0, 0.3), Event(0, 0.9)], 0, 10, 20.0)
    assert np.array_equal(both, curve([Event(0, 0.9)], 0, 10, 20.0))


def test_no_events_are_a_flat_line():
    assert not curve([], 0, 10, 20.0).any()


def test_a_span_keeps_its_own_events_in_order():
    events = [Event(at, 1.0) for at in (300, 100, 200, 99)]
    assert [event.at for event in within(events, Span(100, 300))] == [100, 200]


def test_features_are_read_between_rows_and_held_at_the_ends():
    rows = np.arange(4, dtype=np.float32)[:, None]
    read = at_times(rows, 25.0, np.array([-1.0, 0.0, 0.02, 0.04, 9.0]))[:, 0]
    assert read.tolist() == pytest.approx([0, 0, 0.5, 1, 3])

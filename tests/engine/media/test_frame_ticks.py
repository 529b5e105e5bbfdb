"""Which frames are taken for 8 and 25 ticks a second."""

from __future__ import annotations

import pytest

from engine.media.frame_ticks import Ticks, frames_taken


def at_rate(rate: float, count: int, late: float = 0.0) -> list[float]:
    return [late + i / rate for i in range(count)]


def test_a_film_at_the_tick_rate_is_not_taken_one_to_one() -> None:
    taken = frames_taken(at_rate(25, 226), 25, end=8.0)
    assert len(taken) == 200
    assert taken[:9] == [0, 1, 2, 3, 4, 5, 7, 7, 8]
    assert taken[17:21] == [17, 19, 20, 21]


def test_a_slow_film_repeats_its_frames() -> None:
    assert frames_taken(at_rate(5, 6), 25, end=1.0)[:12] == [0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3]


def test_a_late_first_frame_stands_for_what_was_before_it() -> None:
    assert frames_taken(at_rate(25, 50, late=0.12), 25, end=1.0)[:5] == [0, 0, 0, 0, 1]


def test_the_frame_exactly_at_the_end_is_taken_and_none_after_it() -> None:
    assert frames_taken([0.0, 0.5, 1.0, 1.001], 2, end=1.0) == [0, 1, 2]


def test_a_span_in_the_middle_begins_with_the_frame_that_shows_there() -> None:
    slow = at_rate(2, 20)
    taken = frames_taken(slow, 8, start=3.3, end=5.3)
    assert taken[0] == 6 and slow[6] == 3.0
    assert taken[1:5] == [7, 8, 8, 8]


def test_a_span_that_begins_on_a_frame_is_like_a_film_that_begins_there() -> None:
    film = [i * 0.0625 for i in range(100)]
    whole = frames_taken(film, 25, end=2.0)
    assert frames_taken(film, 25, start=2.0, end=4.0) == [32 + i for i in whole]


def test_a_variable_rate_goes_by_time_and_not_by_count() -> None:
    times = [0.0, 0.01, 0.02, 0.5, 0.51, 1.2]
    assert frames_taken(times, 4, end=2.0) == [0, 3, 3, 5, 5]


@pytest.mark.parametrize("rate", [8, 25])
def test_one_frame_at_a_time_is_the_same_as_all_at_once(rate: int) -> None:
    times, ticks = at_rate(23.976, 60), Ticks(rate)
    taken = [i for i, time in enumerate(times) for _ in range(ticks.due(time))]
    assert taken == frames_taken(times, rate, end=times[-1])

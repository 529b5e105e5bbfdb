"""The one time axis: zooming keeps what is under the hand, and nothing runs off the ends."""

from __future__ import annotations

from engine.spec import SAMPLE_RATE, Span
from foleydesk.views.timeline.axis import CLOSEST, TimeAxis


def an_axis(seconds: float = 60, width: int = 1000) -> TimeAxis:
    axis = TimeAxis()
    axis.reach(int(seconds * SAMPLE_RATE))
    axis.resize(width)
    axis.fit()
    return axis


def test_zoom_keeps_the_moment_under_the_pointer() -> None:
    axis = an_axis()
    axis.zoom(8, 400)
    before = axis.at(700)
    axis.zoom(1.5, 700)
    assert abs(axis.at(700) - before) <= axis.scale


def test_nothing_before_the_start_and_little_behind_the_end() -> None:
    axis = an_axis()
    axis.zoom(4, 0)
    axis.pan(-10_000)
    assert axis.start == 0
    axis.pan(1_000_000)
    assert axis.shown.end <= axis.length * 1.05


def test_zoom_stops_at_both_ends() -> None:
    axis = an_axis()
    axis.zoom(1e9, 500)
    assert axis.scale == CLOSEST
    axis.zoom(1e-9, 500)
    assert axis.scale == axis.farthest


def test_a_fitted_span_is_all_in_sight() -> None:
    axis = an_axis()
    span = Span(10 * SAMPLE_RATE, 12 * SAMPLE_RATE)
    axis.fit(span)
    assert 0 < axis.x(span.start) < axis.x(span.end) < axis.width


def test_everything_stays_in_sight_when_the_window_grows() -> None:
    axis = an_axis()
    axis.resize(1600)
    assert axis.x(axis.length) <= 1600


def test_playing_turns_the_page_only_at_the_edge() -> None:
    axis = an_axis()
    axis.zoom(10, 0)
    start = axis.start
    axis.follow(axis.at(500))
    assert axis.start == start
    axis.follow(axis.at(1200))
    assert axis.start > start

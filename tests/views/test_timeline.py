"""The timeline as a whole: lanes are painted once, the playhead runs over their pictures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec import SAMPLE_RATE
from foleydesk.document.project import Project
from foleydesk.document.timebase import Rate
from foleydesk.views.timeline.canvas import heights
from foleydesk.views.timeline.ruler import LABEL_PX, frames_between
from foleydesk.views.timeline.timeline import Timeline


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(1000, 500)
    timeline.show_rate(Rate(Fraction(25)), 10 * SAMPLE_RATE)
    timeline.show_picture([], [], 10 * SAMPLE_RATE, 16 / 9, "film.mp4")
    timeline.show_tracks(Project(), ())
    timeline.show()
    qtbot.waitExposed(timeline)
    timeline.grab()
    return timeline


def test_a_moving_playhead_paints_no_lane(timeline: Timeline, qtbot: QtBot) -> None:
    before = timeline.canvas.lane_paints
    for at in range(0, 10 * SAMPLE_RATE, SAMPLE_RATE // 10):
        timeline.move_to(at)
        timeline.grab()
    assert timeline.canvas.lane_paints == before


def test_marking_paints_no_lane(timeline: Timeline, qtbot: QtBot) -> None:
    before = timeline.canvas.lane_paints
    timeline.wishes.marking.emit(1000, 90_000)
    timeline.grab()
    assert timeline.canvas.lane_paints == before
    assert timeline.canvas.span is not None and timeline.canvas.span.end == 90_000


def test_one_lane_that_changes_is_painted_alone(timeline: Timeline, qtbot: QtBot) -> None:
    before = timeline.canvas.lane_paints
    timeline.show_events((), None, None)
    timeline.grab()
    assert timeline.canvas.lane_paints == before + 1


def lane_point(timeline: Timeline, lane: object, x: int) -> QPoint:
    return QPoint(x, lane.rect.center().y())  # type: ignore[attr-defined]


def test_a_drag_over_the_picture_marks_and_a_click_seeks(timeline: Timeline, qtbot: QtBot) -> None:
    marked: list[tuple[int, int]] = []
    sought: list[int] = []
    timeline.wishes.mark.connect(lambda start, end: marked.append((start, end)))
    timeline.wishes.seek.connect(sought.append)
    canvas, axis = timeline.canvas, timeline.axis
    drag(canvas, lane_point(timeline, timeline.picture, 300), lane_point(timeline, timeline.picture, 200))
    assert marked == [(axis.at(200), axis.at(300))]
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=lane_point(timeline, timeline.picture, 120))
    assert sought == [axis.at(120)]


def drag(canvas: object, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


@pytest.mark.parametrize("height", (150, 300, 420, 700))
def test_no_lane_is_lower_than_it_must_be_nor_higher_than_it_may(timeline: Timeline, height: int) -> None:
    found = heights(timeline.lanes, height)
    for lane, tall in zip(timeline.lanes, found, strict=True):
        assert tall == 0 if lane.hidden else lane.least <= tall <= max(lane.most, lane.least)


@pytest.mark.parametrize("rate", ("25", "24000/1001", "30000/1001", "60", "5", "162/5"))
@pytest.mark.parametrize("scale", (8, 100, 1000, 50_000, 400_000))
def test_labels_on_the_ruler_never_touch(rate: str, scale: float) -> None:
    step, minor = frames_between(Rate(Fraction(rate)), scale)
    pixels = step * SAMPLE_RATE / float(Fraction(rate)) / scale
    assert pixels >= LABEL_PX or step == round(float(Fraction(rate))) * 3600
    assert step % minor == 0


def test_zooming_with_the_wheel_and_the_scroll_bar_agree(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.zoom(4)
    timeline.bar.setValue(timeline.bar.maximum())
    assert timeline.axis.shown.end >= 10 * SAMPLE_RATE
    timeline.bar.setValue(0)
    assert timeline.axis.start == 0

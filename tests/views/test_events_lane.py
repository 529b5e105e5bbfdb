"""Events by hand: a drag moves one, a double press adds or removes one, and nothing leaves the cue."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from engine.spec import SAMPLE_RATE, Event, Span
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.events import EventsLane
from foleydesk.views.timeline.lane import Wishes

PLAIN = Qt.KeyboardModifier.NoModifier
CUE = Span(SAMPLE_RATE, 3 * SAMPLE_RATE)
HITS = (Event(int(1.5 * SAMPLE_RATE), 0.8), Event(int(2.5 * SAMPLE_RATE), 0.4))


def a_lane() -> tuple[EventsLane, list[tuple[Event, ...]]]:
    axis = TimeAxis()
    axis.reach(4 * SAMPLE_RATE)
    axis.resize(1000)
    axis.fit()
    lane = EventsLane(axis, Wishes())
    asked: list[tuple[Event, ...]] = []
    lane.wishes.events.connect(asked.append)
    lane.show(HITS, None, CUE)
    return lane, asked


def at(lane: EventsLane, samples: float, y: float = 20) -> QPointF:
    return QPointF(lane.axis.x(samples), y)


def test_one_drag_is_one_wish(qtbot: QtBot) -> None:
    lane, asked = a_lane()
    lane.press(at(lane, HITS[0].at), PLAIN)
    for second in (1.6, 1.8, 2.0):
        lane.drag(at(lane, second * SAMPLE_RATE))
    assert asked == []
    lane.release(at(lane, 2.0 * SAMPLE_RATE))
    assert len(asked) == 1 and len(asked[0]) == 2
    assert abs(asked[0][0].at - 2 * SAMPLE_RATE) <= lane.axis.scale


def test_an_event_stays_within_its_cue(qtbot: QtBot) -> None:
    lane, asked = a_lane()
    lane.press(at(lane, HITS[1].at), PLAIN)
    lane.drag(at(lane, 3.9 * SAMPLE_RATE, y=-50))
    lane.release(at(lane, 3.9 * SAMPLE_RATE))
    assert asked[0][-1].at == CUE.end - 1
    assert asked[0][-1].strength == 1.0


def test_dragged_past_another_they_stay_in_order(qtbot: QtBot) -> None:
    lane, asked = a_lane()
    lane.press(at(lane, HITS[0].at), PLAIN)
    lane.drag(at(lane, 2.8 * SAMPLE_RATE))
    lane.release(at(lane, 2.8 * SAMPLE_RATE))
    assert [event.at for event in asked[0]] == sorted(event.at for event in asked[0])


def test_double_press_adds_and_on_an_event_removes(qtbot: QtBot) -> None:
    lane, asked = a_lane()
    lane.double(at(lane, 2.0 * SAMPLE_RATE))
    assert len(asked[-1]) == 3
    lane.double(at(lane, HITS[0].at))
    assert asked[-1] == HITS[1:]


def test_nothing_is_added_outside_the_cue(qtbot: QtBot) -> None:
    lane, asked = a_lane()
    lane.double(at(lane, 0.5 * SAMPLE_RATE))
    lane.show((), None, None)
    lane.double(at(lane, 2 * SAMPLE_RATE))
    assert asked == []

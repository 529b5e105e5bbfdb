"""Clips under the hand: body, edges and corners ask for different things, and never for what cannot be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from engine.spec import SAMPLE_RATE
from foleydesk.document.project import DEFAULT_TRACKS, Clip
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.lane import Wishes
from foleydesk.views.timeline.tracks import Hold, Lying, TracksLane, dragged

PLAIN = Qt.KeyboardModifier.NoModifier
SECOND = SAMPLE_RATE
CLIP = Clip("c", "props", "t", 2 * SECOND, SECOND // 2, SECOND)
ITEM = Lying(CLIP, "rail", None, 2 * SECOND)


def a_lane() -> TracksLane:
    axis = TimeAxis()
    axis.reach(6 * SECOND)
    axis.resize(1200)
    axis.fit()
    lane = TracksLane(axis, Wishes())
    lane.show(DEFAULT_TRACKS, (ITEM,))
    lane._height = 200
    return lane


def test_dragging_the_body_moves_in_time_and_to_another_track(qtbot: QtBot) -> None:
    lane = a_lane()
    asked: list[tuple] = []
    lane.wishes.clip_moved.connect(lambda *what: asked.append(what))
    middle = QPointF(lane.axis.x(CLIP.start + CLIP.length / 2), 75)
    lane.press(middle, PLAIN)
    lane.drag(middle + QPointF(100, 50))
    assert asked == []
    lane.release(middle + QPointF(100, 50))
    (clip, track, start) = asked[0]
    assert (clip, track) == ("c", "cloth")
    assert abs(start - CLIP.start - 100 * lane.axis.scale) <= 1


def test_a_press_without_a_drag_only_chooses(qtbot: QtBot) -> None:
    lane = a_lane()
    moved: list[tuple] = []
    lane.wishes.clip_moved.connect(lambda *what: moved.append(what))
    middle = QPointF(lane.axis.x(CLIP.start + CLIP.length / 2), 75)
    lane.press(middle, PLAIN)
    lane.release(middle + QPointF(1, 1))
    assert moved == [] and lane.chosen == "c"


def test_a_press_beside_every_clip_seeks(qtbot: QtBot) -> None:
    lane = a_lane()
    sought: list[int] = []
    lane.wishes.seek.connect(sought.append)
    lane.press(QPointF(30, 10), PLAIN)
    lane.release(QPointF(30, 10))
    assert sought == [lane.axis.at(30)]


@pytest.mark.parametrize("by", (-10 * SECOND, -1000, 0, 1000, 10 * SECOND))
@pytest.mark.parametrize("hold", list(Hold))
def test_whatever_is_dragged_stays_a_clip(hold: Hold, by: int) -> None:
    clip = dragged(ITEM, hold, by, "feet")
    assert clip.start >= 0 and clip.length >= 1 and clip.offset >= 0
    assert clip.offset + clip.length <= ITEM.take_length
    assert clip.fade_in >= 0 and clip.fade_out >= 0 and clip.fade_in + clip.fade_out <= clip.length


def test_trimming_the_left_edge_leaves_the_sound_where_it_was() -> None:
    clip = dragged(ITEM, Hold.LEFT, 1000, "props")
    assert clip.start - clip.offset == CLIP.start - CLIP.offset
    assert clip.start + clip.length == CLIP.start + CLIP.length

"""Clips under the hand: body, edges, corners and gain ask for different edits, and never for what cannot be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from engine.spec import SAMPLE_RATE
from foleydesk.document.edit import Edit
from foleydesk.document.edits import SetClip
from foleydesk.document.project import Clip, Marker, Project, Sound
from foleydesk.document.ripple import Ripple
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.clip_painting import badge_box
from foleydesk.views.timeline.lane import Wishes
from foleydesk.views.timeline.magnet import Magnet
from foleydesk.views.timeline.tracks import Hold, Lying, TracksLane, dragged

PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
SECOND = SAMPLE_RATE
SOUND = Sound("t", "rail.wav", "t", 2 * SECOND)
CLIP = Clip("c", "props", "", 2 * SECOND, SECOND // 2, SECOND, sound="t")
LATER = Clip("d", "props", "", 4 * SECOND, 0, SECOND, sound="t")
ITEM = Lying(CLIP, "rail", None, 2 * SECOND)
HEIGHT = 200


class Desk:
    """A lane on a project: what it asks for is done."""

    def __init__(self, *clips: Clip, snapping: bool = False) -> None:
        self.project = Project(sounds=(SOUND,), clips=clips, markers=(Marker("m", 3 * SECOND, "bang"),))
        axis = TimeAxis()
        axis.reach(6 * SECOND)
        axis.resize(1200)
        axis.fit()
        self.lane = TracksLane(axis, Wishes(), Magnet(axis))
        self.lane.magnet.on = snapping
        self.lane._height = HEIGHT
        self.asked: list[Edit] = []
        self.lane.wishes.edit.connect(self.do)
        self.show()

    def do(self, edit: Edit) -> None:
        self.asked.append(edit)
        self.project = edit.apply(self.project)
        self.show()

    def show(self) -> None:
        self.lane.magnet.project = self.project
        self.lane.show(self.project, tuple(Lying(clip, "rail", None, 2 * SECOND) for clip in self.project.clips))

    def middle(self, name: str) -> QPointF:
        return self.lane.box(self.project.clip(name)).center()

    def drag(
        self, at: QPointF, across: float, down: float = 0, keys: Qt.KeyboardModifier = PLAIN,
        later: Qt.KeyboardModifier | None = None,
    ) -> None:  # fmt: skip
        self.lane.press(at, keys)
        for share in (0.5, 1.0):
            self.lane.drag(at + QPointF(across, down) * share, keys if later is None else later)
        self.lane.release(at + QPointF(across, down))

    def click(self, name: str, keys: Qt.KeyboardModifier = PLAIN) -> None:
        self.lane.press(self.middle(name), keys)
        self.lane.release(self.middle(name))


def test_dragging_the_body_moves_in_time_and_to_another_track(qtbot: QtBot) -> None:
    desk = Desk(CLIP)
    desk.drag(desk.middle("c"), 100, 50)
    (clip,) = desk.project.clips
    assert clip.track == "cloth" and len(desk.asked) == 1
    assert abs(clip.start - CLIP.start - 100 * desk.lane.axis.scale) <= 1


def test_a_press_without_a_drag_only_chooses(qtbot: QtBot) -> None:
    desk = Desk(CLIP)
    desk.click("c")
    assert desk.asked == [] and desk.lane.chosen == "c"


def test_a_press_beside_every_clip_seeks_and_lets_go(qtbot: QtBot) -> None:
    desk = Desk(CLIP)
    desk.click("c")
    sought: list[int] = []
    desk.lane.wishes.seek.connect(sought.append)
    desk.lane.press(QPointF(30, 10), PLAIN)
    desk.lane.release(QPointF(30, 10))
    assert sought == [desk.lane.axis.at(30)] and desk.lane.selected == ()


def test_ctrl_and_shift_choose_several_and_one_drag_moves_all_of_them_as_one_edit(qtbot: QtBot) -> None:
    desk = Desk(CLIP, LATER)
    desk.click("c")
    desk.click("d", CONTROL)
    assert set(desk.lane.selected) == {"c", "d"}
    desk.drag(desk.middle("c"), 60, -50)
    assert len(desk.asked) == 1
    first, second = (desk.project.clip(name) for name in "cd")
    assert second.start - first.start == LATER.start - CLIP.start
    assert first.track == second.track == "feet" and first.start > CLIP.start
    desk.click("c", CONTROL)
    assert desk.lane.selected == ("d",)
    desk.click("c", SHIFT)
    assert set(desk.lane.selected) == {"c", "d"}


def test_a_band_chooses_what_it_touches(qtbot: QtBot) -> None:
    desk = Desk(CLIP, LATER)
    desk.lane.press(QPointF(desk.lane.axis.x(1.5 * SECOND), 10), PLAIN)
    desk.lane.drag(QPointF(desk.lane.axis.x(4.2 * SECOND), 80), PLAIN)
    assert set(desk.lane.selected) == {"c", "d"}
    desk.lane.release(QPointF(desk.lane.axis.x(4.2 * SECOND), 80))
    assert desk.asked == [] and set(desk.lane.selected) == {"c", "d"}


def test_a_drag_with_ctrl_copies_and_the_copy_is_chosen(qtbot: QtBot) -> None:
    desk = Desk(CLIP)
    desk.drag(desk.middle("c"), 300, keys=CONTROL)
    assert len(desk.project.clips) == 2 and desk.project.clip("c") == CLIP
    assert desk.lane.selected != ("c",) and len(desk.lane.selected) == 1


def test_a_drag_with_alt_moves_the_sound_and_leaves_the_clip(qtbot: QtBot) -> None:
    desk = Desk(CLIP)
    desk.drag(desk.middle("c"), 40, keys=ALT)
    (clip,) = desk.project.clips
    assert (clip.start, clip.length) == (CLIP.start, CLIP.length)
    assert clip.offset == CLIP.offset - round(40 * desk.lane.axis.scale)


def test_the_badge_changes_the_gain_and_a_double_press_takes_it_away(qtbot: QtBot) -> None:
    desk = Desk(CLIP)
    badge = badge_box(desk.lane.box(CLIP)).center()
    desk.drag(badge, 0, -30)
    assert desk.asked == [SetClip("c", gain_db=3.0)]
    desk.lane.double(badge)
    assert desk.project.clip("c").gain_db == 0.0


def test_what_is_dragged_rests_on_a_marker_unless_ctrl_is_pressed_then(qtbot: QtBot) -> None:
    desk = Desk(CLIP, snapping=True)
    across = (SECOND - 3 * desk.lane.axis.scale) / desk.lane.axis.scale
    desk.drag(desk.middle("c"), across)
    assert desk.project.clip("c").start == 3 * SECOND
    free = Desk(CLIP, snapping=True)
    free.drag(free.middle("c"), across, later=CONTROL)
    assert free.project.clip("c").start not in (CLIP.start, 3 * SECOND)


def test_with_ripple_later_clips_of_the_track_move_along(qtbot: QtBot) -> None:
    desk = Desk(CLIP, LATER)
    desk.lane.ripple = Ripple.TRACK
    desk.drag(desk.middle("c"), 50)
    assert desk.project.clip("d").start - LATER.start == desk.project.clip("c").start - CLIP.start > 0


def test_a_drag_that_is_given_up_changes_nothing(qtbot: QtBot) -> None:
    desk = Desk(CLIP)
    desk.lane.press(desk.middle("c"), PLAIN)
    desk.lane.drag(desk.middle("c") + QPointF(80, 0))
    assert desk.lane.give_up()
    desk.lane.release(desk.middle("c"))
    assert desk.asked == []


def test_more_tracks_than_fit_are_scrolled_to(qtbot: QtBot) -> None:
    desk = Desk(CLIP)
    assert desk.lane.rows(HEIGHT)[-1][0] + desk.lane.rows(HEIGHT)[-1][1] <= HEIGHT
    assert not desk.lane.scroll(40)
    assert desk.lane.rows(100)[0][1] >= 44
    desk.lane._height = 100
    assert desk.lane.scroll(10_000)
    top, tall = desk.lane.rows(100)[-1]
    assert top >= 0 and top + tall <= 100
    assert desk.lane.scroll(-10_000) and desk.lane.top == 0


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

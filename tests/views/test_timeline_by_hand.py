"""The timeline in the window: markers, cues, tracks, takes, snapping, overview, and what the switches turn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from engine.media.audio_file import write_wav
from engine.spec import SAMPLE_RATE, Candidate, Recipe, ScoreCard, Span
from foleydesk.document.edits import AddCue, AddMarker, AddSound, AddTakes, PlaceSound
from foleydesk.document.project import Cue, Kept, Marker, Sound, Take
from foleydesk.document.ripple import Ripple
from foleydesk.views.main_window import MainWindow
from foleydesk.views.timeline.heads import BUTTON

LEFT = Qt.MouseButton.LeftButton
SECOND = SAMPLE_RATE
PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(window: MainWindow, film: Path) -> MainWindow:
    """A window with two clips of a second on Props."""
    wav = film.parent / "door.wav"
    write_wav(wav, np.full(SECOND, 0.25, np.float32))
    assert window.open(film)
    window.studio.do(AddSound(Sound("door", str(wav), "door", SECOND, "Door")))
    window.studio.do(PlaceSound("door", "props", SECOND, clip="k"))
    window.studio.do(PlaceSound("door", "props", 3 * SECOND, clip="l"))
    window.timeline.grab()
    return window


def point(window: MainWindow, at: float, lane: object, down: float | None = None) -> QPoint:
    rect = lane.rect  # type: ignore[attr-defined]
    y = rect.center().y() if down is None else rect.top() + down
    return QPoint(round(window.timeline.axis.x(at)), round(y))


def drag(window: MainWindow, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = PLAIN) -> None:
    canvas = window.timeline.canvas
    QTest.mousePress(canvas, LEFT, keys, start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, LEFT, keys, end)


def clip_point(window: MainWindow, name: str) -> QPoint:
    lane = window.timeline.tracks
    assert window.studio.project is not None
    return lane.box(window.studio.project.clip(name)).center().toPoint() + lane.rect.topLeft()


def test_one_drag_in_the_window_is_one_step_back(desk: MainWindow, qtbot: QtBot) -> None:
    steps = desk.studio.desk.place
    for _ in range(2):
        at = clip_point(desk, "k")
        drag(desk, at, at + QPoint(40, 0))
    assert desk.studio.desk.place == steps + 2
    desk.handlers.undo()
    desk.handlers.undo()
    assert desk.studio.project.clip("k").start == SECOND


def test_a_line_and_a_word_say_what_a_drag_rests_on(desk: MainWindow, qtbot: QtBot) -> None:
    desk.studio.do(AddMarker(Marker("m", round(2.5 * SECOND), "bang")))
    canvas, at = desk.timeline.canvas, clip_point(desk, "k")
    across = round((1.5 * SECOND + 3 * desk.timeline.axis.scale) / desk.timeline.axis.scale)
    QTest.mousePress(canvas, LEFT, PLAIN, at)
    QTest.mouseMove(canvas, at + QPoint(across // 2, 0))
    QTest.mouseMove(canvas, at + QPoint(across, 0))
    found = desk.timeline.magnet.found
    assert found is not None and found.to is not None and found.to.name == "bang"
    assert desk.timeline.tracks.readout
    QTest.mouseRelease(canvas, LEFT, PLAIN, at + QPoint(across, 0))
    assert desk.studio.project.clip("k").start == round(2.5 * SECOND) and desk.timeline.magnet.found is None


def test_the_switch_turns_snapping_off_and_says_so(desk: MainWindow, qtbot: QtBot) -> None:
    switch = desk.timeline.heads.switches.buttons["snap"]
    assert switch.isChecked() and switch.accessibleName() and "Shift+S" in switch.toolTip()
    QTest.mouseClick(switch, LEFT)
    assert not desk.timeline.magnet.on and not desk.menus.actions["snap"].isChecked()
    qtbot.keyClick(desk, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert desk.timeline.magnet.on and switch.isChecked()


def test_escape_ends_a_drag_and_nothing_else(desk: MainWindow, qtbot: QtBot) -> None:
    canvas, at = desk.timeline.canvas, clip_point(desk, "k")
    canvas.setFocus()
    QTest.mousePress(canvas, LEFT, PLAIN, at)
    QTest.mouseMove(canvas, at + QPoint(50, 0))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, PLAIN, at + QPoint(50, 0))
    assert desk.studio.project.clip("k").start == SECOND


def test_a_marker_is_dragged_renamed_in_place_and_deleted(desk: MainWindow, qtbot: QtBot) -> None:
    desk.timeline.magnet.on = False
    desk.studio.do(AddMarker(Marker("m", SECOND)))
    ruler, canvas = desk.timeline.ruler, desk.timeline.canvas
    start = point(desk, SECOND, ruler, 11) + QPoint(4, 0)
    drag(desk, start, start + QPoint(60, 0))
    (marker,) = desk.studio.project.markers
    assert abs(marker.at - SECOND - 60 * desk.timeline.axis.scale) <= desk.timeline.axis.scale
    at = point(desk, marker.at, ruler, 11) + QPoint(4, 0)
    QTest.mouseDClick(canvas, LEFT, pos=at)
    assert canvas.name_field.isVisible()
    QTest.keyClicks(canvas.name_field, "bang")
    QTest.keyClick(canvas.name_field, Qt.Key.Key_Return)
    assert desk.studio.project.markers[0].name == "bang" and not canvas.name_field.isVisible()
    QTest.mouseClick(canvas, LEFT, pos=at)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert desk.studio.project.markers == () and len(desk.studio.project.clips) == 2


def test_markers_are_gone_to_by_keys(desk: MainWindow, qtbot: QtBot) -> None:
    for i, at in enumerate((SECOND, 2 * SECOND)):
        desk.studio.do(AddMarker(Marker(f"m{i}", at)))
    desk.studio.listening.seek(0)
    for _ in range(2):
        desk.handlers.do("next_marker")
    assert desk.studio.listening.position() == 2 * SECOND
    desk.handlers.do("previous_marker")
    assert desk.studio.listening.position() == SECOND and desk.timeline.ruler.chosen == "m0"


def test_a_cue_stands_on_the_ruler_and_is_chosen_there(desk: MainWindow, qtbot: QtBot) -> None:
    desk.studio.do(AddCue(Cue("q", SECOND, 2 * SECOND, "a door")))
    desk.studio.do(AddCue(Cue("r", 3 * SECOND, 4 * SECOND, "steps")))
    assert [(cue.number, cue.name) for cue in desk.timeline.ruler.cues] == [("01", "a door"), ("02", "steps")]
    QTest.mouseClick(desk.timeline.canvas, LEFT, pos=point(desk, 3.5 * SECOND, desk.timeline.ruler, 11))
    assert desk.studio.cue_id == "r" and desk.timeline.ruler.cue == "r"


def test_tracks_are_added_named_moved_and_removed(desk: MainWindow, qtbot: QtBot) -> None:
    heads = desk.timeline.heads
    desk.handlers.do("add_track")
    assert len(desk.studio.project.tracks) == 5 and heads.field.isVisible()
    heads.field.setText("Doors")
    QTest.keyClick(heads.field, Qt.Key.Key_Return)
    track = desk.studio.project.tracks[-1]
    assert track.name == "Doors" and heads.tracks[-1].accessibleName() == "Track Doors"
    heads.tracks[-1].setFocus()
    heads.tracks[-1].dropped.emit(track.id, -10_000)
    assert desk.studio.project.tracks[0].name == "Doors"
    assert [head.track.name for head in heads.tracks][:2] == ["Doors", "Feet"]
    desk.timeline.tracks.pointed = track.id
    desk.handlers.do("track_down")
    assert desk.studio.project.tracks[1].name == "Doors"
    desk.handlers.do("remove_track")
    assert all(track.name != "Doors" for track in desk.studio.project.tracks)


def test_many_tracks_scroll_with_their_heads(desk: MainWindow, qtbot: QtBot) -> None:
    for _ in range(10):
        desk.handlers.do("add_track")
    lane, heads = desk.timeline.tracks, desk.timeline.heads
    assert lane.top > 0, "the new track is in sight"
    lane.scroll(-10_000)
    desk.timeline._laid_out()
    turn(desk, -120 * 3, point(desk, SECOND, lane))
    assert lane.top > 0 and desk.timeline.down.isVisible() and desk.timeline.down.value() == lane.top
    for head, (top, tall) in zip(heads.tracks, lane.rows(lane.rect.height()), strict=True):
        assert (head.y(), head.height()) == (top, tall)
    desk.handlers.do("track_height")
    assert not lane.tall and lane.rows(lane.rect.height())[0][1] >= BUTTON


def turn(window: MainWindow, by: int, at: QPoint, keys: Qt.KeyboardModifier = PLAIN) -> None:
    canvas = window.timeline.canvas
    event = QWheelEvent(
        QPointF(at), QPointF(canvas.mapToGlobal(at)), QPoint(), QPoint(0, by), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_the_wheel_zooms_about_the_pointer_and_scrolls(desk: MainWindow, qtbot: QtBot) -> None:
    axis, at = desk.timeline.axis, QPoint(400, 60)
    moment = axis.at(400)
    turn(desk, 360, at, CONTROL)
    assert abs(axis.at(400) - moment) <= axis.scale
    start = axis.start
    turn(desk, -120, at, Qt.KeyboardModifier.ShiftModifier)
    assert axis.start > start


def test_what_was_moved_along_looks_like_what_is_painted_anew(desk: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.lanes.waves.waiting)
    desk.timeline.zoom(4)
    canvas = desk.timeline.canvas
    canvas.grab()
    for _ in range(5):
        desk.timeline.axis.pan(37)
        canvas.grab()
    moved = canvas.grab().toImage()
    canvas.again()
    assert moved == canvas.grab().toImage()


def test_the_overview_drags_zooms_and_fits(desk: MainWindow, qtbot: QtBot) -> None:
    bar, axis = desk.timeline.bar, desk.timeline.axis
    axis.show(0, SECOND)
    box = bar._box()
    middle = QPoint(round(box.center().x()), 10)
    QTest.mousePress(bar, LEFT, pos=middle)
    QTest.mouseMove(bar, middle + QPoint(200, 0))
    QTest.mouseRelease(bar, LEFT, pos=middle + QPoint(200, 0))
    assert axis.start > SECOND / 2
    before, right = axis.scale, QPoint(round(bar._box().right()), 10)
    QTest.mousePress(bar, LEFT, pos=right)
    QTest.mouseMove(bar, right + QPoint(100, 0))
    QTest.mouseRelease(bar, LEFT, pos=right + QPoint(100, 0))
    assert axis.scale > before
    QTest.mouseDClick(bar, LEFT, pos=QPoint(300, 10))
    assert axis.scale == axis.farthest


def a_take(name: str, wav: Path) -> Take:
    recipe = Recipe("film", "hash", Span(SECOND, 2 * SECOND), "door")
    return Take(name, "q", Candidate(name, recipe, str(wav), str(wav), SECOND, ScoreCard(())))


@pytest.fixture
def comping(desk: MainWindow, film: Path) -> MainWindow:
    wav = film.parent / "door.wav"
    desk.studio.do(AddCue(Cue("q", SECOND, 2 * SECOND, "a door")))
    desk.studio.do(AddTakes((a_take("a", wav), a_take("b", wav))))
    desk.studio.choose_cue("q")
    desk.handlers.do("take_lanes")
    desk.timeline.grab()
    return desk


def test_a_drag_over_a_take_says_what_is_heard_of_it(comping: MainWindow, qtbot: QtBot) -> None:
    comping.timeline.magnet.on = False
    lane = comping.timeline.takes
    assert [row.name for row in lane.rows_shown] == ["Take 1", "Take 2"] and lane.rect.height() >= 2 * BUTTON
    QTest.mouseDClick(comping.timeline.canvas, LEFT, pos=point(comping, 1.5 * SECOND, lane, 15))
    drag(comping, point(comping, 1.3 * SECOND, lane, 49), point(comping, 1.7 * SECOND, lane, 49))
    clips = sorted(comping.studio.project.clips_of("q"), key=lambda clip: clip.start)
    assert [clip.take for clip in clips] == ["a", "b", "a"]
    (used,) = lane.rows_shown[1].used
    assert abs(used.start - 1.3 * SECOND) <= comping.timeline.axis.scale
    assert [len(row.used) for row in lane.rows_shown] == [2, 1]


def test_a_take_is_kept_or_trashed_beside_its_lane(comping: MainWindow, qtbot: QtBot) -> None:
    first = comping.timeline.heads.takes[0]
    QTest.mouseClick(first.trash, LEFT)
    assert comping.studio.project.take("a").kept is Kept.TRASHED
    QTest.mouseClick(comping.timeline.heads.takes[0].trash, LEFT)
    assert comping.studio.project.take("a").kept is Kept.OPEN


def test_ripple_moves_later_clips_along(desk: MainWindow, qtbot: QtBot) -> None:
    desk.handlers.do("ripple")
    assert desk.timeline.tracks.ripple is Ripple.TRACK
    QTest.mouseClick(desk.timeline.canvas, LEFT, pos=clip_point(desk, "k"))
    qtbot.keyClick(desk.timeline.canvas, Qt.Key.Key_Delete)
    assert [clip.start for clip in desk.studio.project.clips] == [2 * SECOND]


def test_the_keyboard_chooses_copies_fades_and_trims(desk: MainWindow, qtbot: QtBot) -> None:
    desk.timeline.canvas.setFocus()
    desk.handlers.do("next_clip")
    assert desk.timeline.tracks.chosen == "k"
    desk.studio.listening.seek(SECOND + SECOND // 4)
    desk.handlers.do("fade_in_to")
    assert desk.studio.project.clip("k").fade_in == SECOND // 4
    desk.studio.listening.seek(SECOND + SECOND // 2)
    desk.handlers.do("trim_end")
    assert desk.studio.project.clip("k").length == SECOND // 2
    qtbot.keyClick(desk, Qt.Key.Key_C, CONTROL)
    desk.studio.listening.seek(4 * SECOND)
    qtbot.keyClick(desk, Qt.Key.Key_V, CONTROL)
    assert len(desk.studio.project.clips) == 3 and desk.studio.project.clips[-1].start == 4 * SECOND
    qtbot.keyClick(desk, Qt.Key.Key_A, CONTROL)
    assert len(desk.timeline.tracks.selected) == 3
    qtbot.keyClick(desk, Qt.Key.Key_Delete)
    assert desk.studio.project.clips == ()


def test_the_status_row_says_what_was_chosen(desk: MainWindow, qtbot: QtBot) -> None:
    QTest.mouseClick(desk.timeline.canvas, LEFT, pos=clip_point(desk, "k"))
    words = desk.lanes.words()
    assert words.startswith("Door · Props") and "+0.0 dB" in words and "1.00 s" in words
    desk.handlers.do("select_all")
    assert desk.lanes.words().startswith("2 clips")


def test_the_right_button_opens_what_can_be_done_there(desk: MainWindow, qtbot: QtBot) -> None:
    canvas, at = desk.timeline.canvas, clip_point(desk, "l")
    QApplication.sendEvent(canvas, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at)))
    menu = next(menu for menu in desk.findChildren(QMenu) if menu.isVisible())
    assert desk.menus.actions["split"] in menu.actions() and desk.timeline.tracks.chosen == "l"
    menu.close()


def test_following_stops_while_the_hand_looks_elsewhere(desk: MainWindow, qtbot: QtBot) -> None:
    axis = desk.timeline.axis
    axis.show(0, SECOND)
    desk.timeline.move_to(SECOND // 2, follow=True)
    desk.timeline.move_to(round(1.1 * SECOND), follow=True)
    assert axis.start > 0, "the page turned"
    axis.look_from(3 * SECOND)
    desk.timeline.move_to(round(1.2 * SECOND), follow=True)
    assert axis.start > 2 * SECOND, "the hand's view stays"
    desk.handlers.do("follow")
    axis.look_from(0)
    desk.timeline.move_to(round(1.3 * SECOND), follow=True)
    assert axis.start == 0


def test_a_drag_to_the_side_brings_more_into_sight(desk: MainWindow, qtbot: QtBot) -> None:
    desk.timeline.magnet.on = False
    desk.timeline.axis.show(SECOND, 2.5 * SECOND)
    canvas, at = desk.timeline.canvas, clip_point(desk, "k")
    QTest.mousePress(canvas, LEFT, PLAIN, at)
    QTest.mouseMove(canvas, at + QPoint(20, 0))
    beyond = QPoint(canvas.width() - 3, at.y())
    QTest.mouseMove(canvas, beyond)
    qtbot.waitUntil(lambda: desk.timeline.axis.start > 1.4 * SECOND)
    QTest.mouseRelease(canvas, LEFT, PLAIN, beyond)
    assert desk.studio.project.clip("k").start > 2 * SECOND


def test_switches_are_as_they_were_left(desk: MainWindow, qtbot: QtBot, make_window: Callable[[], MainWindow]) -> None:
    for name in ("snap", "follow_centre", "track_height"):
        desk.handlers.do(name)
    desk._keep_settings()
    other = make_window()
    assert not other.timeline.magnet.on and not other.timeline.tracks.tall
    assert other.timeline.following.value == "centre"


def test_a_drag_to_the_foot_brings_lower_tracks_into_sight(desk: MainWindow, qtbot: QtBot) -> None:
    for _ in range(10):
        desk.handlers.do("add_track")
    desk.timeline.magnet.on = False
    lane, canvas = desk.timeline.tracks, desk.timeline.canvas
    lane.scroll(-10_000)
    at, foot = clip_point(desk, "k"), lane.rect.bottom() - 2
    QTest.mousePress(canvas, LEFT, PLAIN, at)
    QTest.mouseMove(canvas, at + QPoint(0, 20))
    QTest.mouseMove(canvas, QPoint(at.x(), foot))
    qtbot.waitUntil(lambda: lane.top + lane.rect.height() >= lane.content(lane.rect.height()))
    QTest.mouseMove(canvas, QPoint(at.x(), foot - 30))
    QTest.mouseRelease(canvas, LEFT, PLAIN, QPoint(at.x(), foot - 30))
    clip = desk.studio.project.clip("k")
    assert clip.track == desk.studio.project.tracks[-1].id and clip.start == SECOND

"""The transport from the keyboard: shuttle, half speed, loop, stretches, a typed time; and the hand on the playhead."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec import SAMPLE_RATE, Span
from foleydesk.document.edits import ChangeProject, SetMarks
from foleydesk.document.timebase import Unit
from foleydesk.views.main_window import MainWindow

WAIT_MS = 20_000
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(window: MainWindow, film: Path) -> Iterator[MainWindow]:
    """A window on the film, with nothing under it."""
    assert window.open(film)
    window.studio.say_prompt("steps")  # so that none is looked for in the picture
    window.timeline.canvas.setFocus()
    yield window
    window.studio.listening.pause()


def press(desk: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk.timeline.canvas, key, keys)


def test_l_goes_faster_j_the_other_way_and_k_stops(desk: MainWindow) -> None:
    listening = desk.studio.listening
    listening.seek(SAMPLE_RATE)
    press(desk, Qt.Key.Key_L)
    assert listening.playing and listening.speed == 1 and desk.prompt.speed.isHidden()
    press(desk, Qt.Key.Key_L)
    assert listening.speed == 2 and desk.prompt.speed.text() == "2×" and not desk.prompt.speed.isHidden()
    press(desk, Qt.Key.Key_J)
    assert listening.speed == -1
    press(desk, Qt.Key.Key_K)
    assert not listening.playing and desk.prompt.speed.isHidden()


def test_k_held_with_l_or_j_is_half_speed_for_as_long_as_both_are_held(desk: MainWindow) -> None:
    listening, canvas = desk.studio.listening, desk.timeline.canvas
    listening.seek(SAMPLE_RATE)
    QTest.keyPress(canvas, Qt.Key.Key_K)
    for key, speed in ((Qt.Key.Key_L, Fraction(1, 2)), (Qt.Key.Key_J, Fraction(-1, 2))):
        QTest.keyPress(canvas, key)
        assert listening.playing and listening.speed == speed
        QTest.keyRelease(canvas, key)
        assert not listening.playing
    QTest.keyRelease(canvas, Qt.Key.Key_K)
    press(desk, Qt.Key.Key_L)
    assert listening.speed == 1


def test_markers_are_dropped_while_it_plays_at_half_speed(desk: MainWindow, qtbot: QtBot) -> None:
    listening = desk.studio.listening
    press(desk, Qt.Key.Key_K, SHIFT)
    assert desk.menus.actions["half_speed"].isChecked() and desk.prompt.speed.text() == "½×"
    press(desk, Qt.Key.Key_Space)
    for _ in range(2):
        at = listening.position()
        qtbot.waitUntil(lambda at=at: listening.position() > at + 4800, timeout=WAIT_MS)
        press(desk, Qt.Key.Key_M)
    assert listening.playing and listening.speed == Fraction(1, 2)
    assert desk.studio.project is not None and len(desk.studio.project.markers) == 2


def test_shift_l_loops_with_the_run_up_and_the_selection_before_the_marks(desk: MainWindow) -> None:
    desk.studio.do(SetMarks(Span(96_000, 120_000)))
    press(desk, Qt.Key.Key_L, SHIFT)
    assert desk.studio.listening.looping and desk.prompt.buttons["loop"].isChecked()
    assert desk.studio.listening.transport.looped == Span(48_000, 120_000)
    desk.studio.add_cue()
    cue = desk.studio.cue
    assert cue is not None
    desk.studio.select(100_000, 110_000)
    assert desk.studio.listening.transport.looped == Span(52_000, 110_000)


def test_the_cue_is_played_with_its_run_up_and_the_playhead_returns(desk: MainWindow, qtbot: QtBot) -> None:
    listening = desk.studio.listening
    desk.studio.do(SetMarks(Span(60_000, 72_000)))
    press(desk, Qt.Key.Key_Space, SHIFT)
    assert listening.playing and listening.position() <= 60_000
    qtbot.waitUntil(lambda: not listening.playing, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: listening.position() == 60_000, timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("typed", "frame"), [("01:00:02:13", 63), ("53f", 53), ("2 s", 50), ("0.5", 12), ("01:00:00:00", 0)]
)
def test_ctrl_g_goes_to_what_is_typed(desk: MainWindow, typed: str, frame: int) -> None:
    press(desk, Qt.Key.Key_G, CONTROL)
    field = desk.prompt.timecode
    assert field.hasFocus() and field.selectedText() == field.text()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.studio.rate is not None and not field.hasFocus()
    assert desk.studio.rate.frame_at(desk.studio.listening.position()) == frame


def test_a_bare_number_counts_in_the_unit_that_is_shown(desk: MainWindow) -> None:
    desk.studio.do(ChangeProject(unit=Unit.FRAMES))
    desk.handlers.go_to_time("40")
    assert desk.studio.rate is not None and desk.studio.rate.frame_at(desk.studio.listening.position()) == 40
    assert desk.prompt.timecode.text() == "40f"


@pytest.mark.parametrize("typed", ["soon", "01:00:99:00", "900 s", "00:00:00:00"])
def test_a_time_that_is_none_is_one_sentence_and_the_playhead_stays(desk: MainWindow, typed: str) -> None:
    desk.studio.listening.seek(4800)
    desk.handlers.go_to_time(typed)
    assert desk.message.text.endswith(".") and desk.studio.listening.position() == 4800


def test_esc_leaves_the_time_as_it_was(desk: MainWindow) -> None:
    before = desk.prompt.timecode.text()
    press(desk, Qt.Key.Key_G, CONTROL)
    QTest.keyClicks(desk.prompt.timecode, "12")
    QTest.keyClick(desk.prompt.timecode, Qt.Key.Key_Escape)
    assert desk.prompt.timecode.text() == before and not desk.prompt.timecode.hasFocus()


def test_home_and_end_are_those_of_the_cue_and_then_of_the_picture(desk: MainWindow) -> None:
    desk.studio.do(SetMarks(Span(48_000, 96_000)))
    desk.studio.listening.seek(60_000)
    found = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_End):
        press(desk, key)
        found.append(desk.studio.listening.position())
    media = desk.studio.project.media if desk.studio.project else None
    assert media is not None and found == [48_000, 0, 96_000, media.length - 1]


def test_dragging_the_playhead_shows_each_place_and_plays_on_afterwards(desk: MainWindow, qtbot: QtBot) -> None:
    listening, canvas = desk.studio.listening, desk.timeline.canvas
    seen: list[int] = []
    desk.studio.pictures.frame.connect(lambda image, at: seen.append(at))
    y = desk.timeline.ruler.rect.bottom() - 3
    press(desk, Qt.Key.Key_Space)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, y))
    QTest.mouseMove(canvas, QPoint(160, y))
    QTest.mouseMove(canvas, QPoint(200, y))
    there = listening.position()
    assert not listening.playing and abs(there - desk.timeline.axis.at(200)) < 2
    qtbot.waitUntil(lambda: there in seen, timeout=WAIT_MS)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, y))
    assert listening.playing and listening.position() >= there


def test_a_device_that_is_lost_and_found_is_said(desk: MainWindow) -> None:
    desk.studio.listening.output_changed.emit("The audio device is gone: playing on a clock")
    assert "gone" in desk.message.text and "as soon as it is back" in desk.message.text
    desk.studio.listening.output_changed.emit("The audio device is back. Playing through a cable")
    assert "Playing through a cable" in desk.message.text

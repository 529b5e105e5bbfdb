"""Split, duplicate, nudge and markers from the keyboard; a sound file of the user's own on a track."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.media.audio_file import write_wav
from engine.spec import SAMPLE_RATE
from foleydesk.document.edits import AddSound, ChangeProject, PlaceSound, SetMarker
from foleydesk.document.project import Sound
from foleydesk.views.look import tone
from foleydesk.views.main_window import MainWindow

START = SAMPLE_RATE


@pytest.fixture
def desk(window: MainWindow, film: Path) -> MainWindow:
    """A window with one clip of a second, chosen, and the playhead in the middle of it."""
    wav = film.parent / "door.wav"
    write_wav(wav, np.full(SAMPLE_RATE, 0.25, np.float32))
    assert window.open(film)
    window.studio.do(AddSound(Sound("door", str(wav), "door", SAMPLE_RATE, "Door")))
    window.studio.do(PlaceSound("door", "props", START, clip="k"))
    window.timeline.tracks.chosen = "k"
    window.studio.listening.seek(START + SAMPLE_RATE // 2)
    window.menus.refresh()
    window.timeline.canvas.setFocus()
    return window


def starts(window: MainWindow) -> list[int]:
    assert window.studio.project is not None
    return sorted(clip.start for clip in window.studio.project.clips)


def test_s_splits_and_ctrl_d_duplicates_the_chosen_clip(desk: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(desk, Qt.Key.Key_S)
    assert starts(desk) == [START, START + SAMPLE_RATE // 2]
    qtbot.keyClick(desk, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert starts(desk) == [START, START + SAMPLE_RATE // 2, START + SAMPLE_RATE // 2]
    desk.handlers.undo()
    desk.handlers.undo()
    assert starts(desk) == [START]


def test_a_playhead_beside_the_clip_is_one_sentence(desk: MainWindow, qtbot: QtBot) -> None:
    desk.studio.listening.seek(0)
    qtbot.keyClick(desk, Qt.Key.Key_S)
    assert "move the playhead" in desk.message.text and starts(desk) == [START]


def test_frames_and_milliseconds_nudge(desk: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(desk, Qt.Key.Key_Period)
    assert starts(desk) == [START + 1920]
    qtbot.keyClick(desk, Qt.Key.Key_Period, Qt.KeyboardModifier.AltModifier)
    assert starts(desk) == [START + 1920 + 48]
    qtbot.keyClick(desk, Qt.Key.Key_Comma, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(desk, Qt.Key.Key_Comma)
    assert starts(desk) == [START]


def test_m_sets_a_marker_that_the_ruler_shows(desk: MainWindow, qtbot: QtBot) -> None:
    assert desk.studio.project is not None
    for _ in range(2):
        qtbot.keyClick(desk, Qt.Key.Key_M)
    (marker,) = desk.studio.project.markers
    assert marker.at == START + SAMPLE_RATE // 2
    desk.studio.do(SetMarker(marker.id, name="bang"))
    assert desk.timeline.ruler.markers[0].name == "bang"
    desk.studio.listening.seek(0)
    picture = desk.timeline.canvas.grab().toImage()
    ratio = picture.devicePixelRatio()
    x = round(desk.timeline.axis.x(marker.at))
    assert picture.pixelColor(round(x * ratio), round(20 * ratio)) == tone("blue")
    desk.handlers.undo()
    desk.handlers.undo()
    assert desk.timeline.ruler.markers == ()


def test_the_sound_is_named_and_drawn(desk: MainWindow, qtbot: QtBot) -> None:
    (item,) = desk.timeline.tracks.lying
    assert item.name == "Door" and item.take_length == SAMPLE_RATE
    qtbot.waitUntil(lambda: desk.timeline.tracks.lying[0].wave is not None)


def test_another_start_changes_every_time_code(desk: MainWindow) -> None:
    desk.studio.listening.seek(0)
    desk.studio.do(ChangeProject(start=36_000 * SAMPLE_RATE))
    assert desk.timeline.ruler.start == 36_000 * SAMPLE_RATE
    assert desk.studio.project is not None and desk.studio.rate is not None
    assert desk.prompt.timecode.text().startswith("10:00:00")

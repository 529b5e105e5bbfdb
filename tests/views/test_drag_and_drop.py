"""Files come in by the hand and go out by it: a sound on a track, a video on the window, a clip to elsewhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from foleydesk.views.carrying import sound_of
from foleydesk.views.main_window import MainWindow

SECOND = 48_000


@pytest.fixture
def hit(tmp_path: Path) -> Path:
    path = tmp_path / "hit.wav"
    wave = np.exp(-np.arange(SECOND) / 4000) * np.sin(np.arange(SECOND) * 0.2)
    soundfile.write(path, wave * 0.5, SECOND)
    return path


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(on: QWidget, data: QMimeData, at: QPointF) -> bool:
    """As a window system would: enter first, then drop; whether it was taken."""
    plain = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(at.toPoint(), *plain)
    QApplication.sendEvent(on, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(at, *plain)
    QApplication.sendEvent(on, event)
    return event.isAccepted()


def test_only_one_sound_file_is_a_sound(tmp_path: Path) -> None:
    assert sound_of(mime(tmp_path / "a.WAV")) == tmp_path / "a.WAV"
    assert sound_of(mime(tmp_path / "a.mp4")) is None
    assert sound_of(mime(tmp_path / "a.wav", tmp_path / "b.wav")) is None


def test_a_sound_lies_on_the_track_where_it_was_dropped(
    window: MainWindow, film: Path, hit: Path, qtbot: QtBot
) -> None:
    assert window.open(film)
    lane, axis = window.timeline.tracks, window.timeline.axis
    (_, tall), second = lane.rows(lane.rect.height())[0], lane.rows(lane.rect.height())[1]
    at = QPointF(axis.x(SECOND), lane.rect.top() + second[0] + tall / 2)
    assert drop(window.timeline.canvas, mime(hit), at)
    project = window.studio.project
    qtbot.waitUntil(lambda: bool(window.studio.project and window.studio.project.clips), timeout=10_000)
    project = window.studio.project
    assert project is not None
    (clip,) = project.clips
    assert clip.track == project.tracks[1].id and clip.length == SECOND
    assert abs(clip.start - SECOND) <= axis.scale
    assert [sound.path for sound in project.sounds] == [str(hit)]
    window.handlers.do("undo")
    assert window.studio.project is not None and not window.studio.project.clips and not window.studio.project.sounds


def test_a_clip_goes_out_as_what_is_heard_of_it(window: MainWindow, film: Path, hit: Path, qtbot: QtBot) -> None:
    assert window.open(film)
    track = window.studio.project.tracks[0].id
    window.carrying.laying.lay(hit, track, SECOND)
    qtbot.waitUntil(lambda: bool(window.studio.project.clips), timeout=10_000)
    clip = window.studio.project.clips[0]
    window.timeline.tracks.choose((clip.id,))
    window.studio.listening.seek(SECOND + SECOND // 2)
    window.handlers.do("split")
    first = min(window.studio.project.clips, key=lambda one: one.start)
    data = window.carrying.as_files((first.id,))
    assert data is not None
    (url,) = data.urls()
    wave, rate = soundfile.read(url.toLocalFile())
    assert rate == SECOND and abs(len(wave) - SECOND // 2) <= 2 * SECOND // 25
    assert np.abs(wave).max() > 0.3
    assert window.studio.folder.cache in Path(url.toLocalFile()).parents


def test_a_video_on_the_timeline_is_opened_by_the_window(window: MainWindow, film: Path, qtbot: QtBot) -> None:
    assert drop(window.timeline.canvas, mime(film), QPointF(40, 40))
    qtbot.waitUntil(lambda: window.studio.project is not None, timeout=10_000)


def test_a_project_folder_is_opened_too(window: MainWindow, film: Path, qtbot: QtBot) -> None:
    assert window.open(film)
    project = window.studio.folder.path
    other = film.with_name("second.mp4")
    other.write_bytes(film.read_bytes())
    assert window.open(other)
    assert drop(window, mime(project), QPointF(40, 40))
    qtbot.waitUntil(lambda: window.studio.folder.path == project, timeout=10_000)
    names = [action.text() for action in window.menus.recent.actions()]
    assert names[:2] == ["bunny.foley", "second.foley"]


def test_recent_projects_of_one_name_are_told_apart_and_can_be_forgotten(window: MainWindow) -> None:
    window.menus.show_recent(("/one/Film.foley", "/two/Film.foley", "/two/Other.foley"))
    names = [action.text() for action in window.menus.recent.actions() if not action.isSeparator()]
    assert names[:3] == ["Film.foley  ·  one", "Film.foley  ·  two", "Other.foley"]
    window.menus.recent.actions()[-1].trigger()
    assert not window.menus.recent.isEnabled() and window.kept.recent == ()

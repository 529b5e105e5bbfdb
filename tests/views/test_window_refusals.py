"""What cannot be done is said in one sentence in the message bar; what was open stays open."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.media.audio_file import write_wav
from foleydesk.views.main_window import MainWindow


def refused(window: MainWindow, target: Path) -> str:
    """What the window says to this; it must be one sentence."""
    assert not window.open(target)
    says = window.message.text
    assert says and "\n" not in says and says[-1] in ".!?" and "Traceback" not in says
    return says


def test_a_missing_file(window: MainWindow, tmp_path: Path) -> None:
    assert "nowhere.mp4" in refused(window, tmp_path / "nowhere.mp4")


def test_an_empty_file(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    assert "empty.mp4" in refused(window, tmp_path / "empty.mp4")


def test_a_text_file_named_mp4(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "notes.mp4").write_text("Dear diary, today I recorded gravel.\n" * 50)
    assert "notes.mp4" in refused(window, tmp_path / "notes.mp4")


def test_sound_without_picture(window: MainWindow, tmp_path: Path) -> None:
    write_wav(tmp_path / "steps.wav", np.zeros(48_000, np.float32))
    assert "picture" in refused(window, tmp_path / "steps.wav")
    assert not (tmp_path / "steps.foley").exists()


def test_half_a_film(window: MainWindow, film: Path) -> None:
    """Its table of contents lies at one end: it is refused, or works with the half that is there."""
    half = film.with_name("half.mp4")
    half.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    if not window.open(half):
        assert "half.mp4" in window.message.text
        assert not (film.parent / "half.foley").exists()


def test_a_project_from_a_newer_version(window: MainWindow, film: Path, qtbot: QtBot) -> None:
    assert window.open(film)
    project = window.studio.folder.path  # type: ignore[union-attr]
    window.studio.close()
    saved = json.loads((project / "project.json").read_text())
    (project / "project.json").write_text(json.dumps({**saved, "version": 99}))
    assert "newer" in refused(window, project)


def test_a_damaged_project_without_an_earlier_state(window: MainWindow, tmp_path: Path) -> None:
    project = tmp_path / "broken.foley"
    project.mkdir()
    (project / "project.json").write_text("{ this is not json")
    refused(window, project)


def test_a_folder_that_is_no_project(window: MainWindow, tmp_path: Path) -> None:
    refused(window, tmp_path)


def test_what_was_open_stays_open(window: MainWindow, film: Path, tmp_path: Path) -> None:
    assert window.open(film)
    before = window.studio.folder
    refused(window, tmp_path / "nowhere.mp4")
    assert window.studio.folder is before and window.studio.project is not None


def test_a_project_open_in_another_window(window: MainWindow, make_window, film: Path) -> None:
    assert window.open(film)
    says = refused(make_window(), film)
    assert "open" in says


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_film_in_a_read_only_folder_gets_its_project_elsewhere(window: MainWindow, film: Path, home: Path) -> None:
    film.parent.chmod(0o555)
    try:
        assert window.open(film)
        assert window.studio.folder is not None and home in window.studio.folder.path.parents
    finally:
        film.parent.chmod(0o755)


def test_generating_without_a_picture(window: MainWindow) -> None:
    window.handlers.do("generate")
    assert "video" in window.message.text


def test_generating_with_nothing_marked_in_a_long_film(window: MainWindow, film: Path, monkeypatch) -> None:
    monkeypatch.setattr("foleydesk.studio.opened.WHOLE_S", 1.0)
    assert window.open(film)
    window.handlers.do("generate")
    assert "Mark in and out" in window.message.text


def test_training_without_picks(window: MainWindow, film: Path) -> None:
    assert window.open(film)
    window.handlers.do("train")
    assert "pick" in window.message.text


def test_an_export_that_cannot_be_written(window: MainWindow, film: Path, tmp_path: Path, qtbot: QtBot) -> None:
    assert window.open(film)
    folder, project = window.studio.folder, window.studio.project
    assert folder is not None and project is not None
    (tmp_path / "file").touch()
    window.studio.delivering.mix(project, folder.path, tmp_path / "file" / "mix.wav")
    qtbot.waitUntil(lambda: window.message.text != "", timeout=10_000)
    assert "mix.wav" in window.message.text or "file" in window.message.text


def test_what_is_dropped_on_the_window(window: MainWindow, film: Path, tmp_path: Path, qtbot: QtBot) -> None:
    """A drop looks at the file on another thread: a bad one ends in a sentence, a good one opens."""
    (tmp_path / "notes.mp4").write_text("Dear diary\n" * 500)
    window.dropped.emit(str(tmp_path / "notes.mp4"))
    qtbot.waitUntil(lambda: "notes.mp4" in window.message.text, timeout=10_000)
    assert window.studio.project is None
    window.dropped.emit(str(film))
    qtbot.waitUntil(lambda: window.studio.project is not None, timeout=10_000)

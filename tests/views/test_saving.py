"""Saving beside the window: it says so when the disk has it, and what happens meanwhile is not lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from foleydesk.storage.folder import ProjectFolder
from foleydesk.storage.snapshot import read_snapshot
from foleydesk.views.main_window import MainWindow

WAIT_MS = 60_000


@pytest.fixture
def window(window: MainWindow, film: Path) -> MainWindow:
    """On the film, with a cue that has not been saved."""
    assert window.open(film)
    window.studio.mark(60_000, 100_000)
    window.studio.add_cue()
    return window


def saved_cues(window: MainWindow) -> int:
    assert window.studio.folder is not None
    return len(read_snapshot(window.studio.folder.path / "project.json").project.cues)


def test_it_is_saved_when_the_disk_has_it_and_not_before(window: MainWindow, qtbot: QtBot) -> None:
    window.handlers.do("save")
    assert window.studio.desk.dirty and "Saved" not in window.message.text
    qtbot.waitUntil(lambda: "Saved in" in window.message.text, timeout=WAIT_MS)
    assert not window.studio.desk.dirty and saved_cues(window) == 1


def test_what_is_done_while_it_is_saved_is_still_to_be_saved(window: MainWindow, qtbot: QtBot) -> None:
    window.handlers.do("save")
    window.studio.say_prompt("a stick on a rail")
    qtbot.waitUntil(lambda: "Saved in" in window.message.text, timeout=WAIT_MS)
    assert window.studio.desk.dirty
    assert ProjectFolder.read(window.studio.folder.path).cues[0].prompt == "a stick on a rail"


def test_whoever_saves_and_closes_at_once_has_saved(window: MainWindow) -> None:
    window.handlers.do("save")
    window.close()
    assert saved_cues(window) == 1


def test_another_project_waits_for_the_one_that_is_saved(window: MainWindow, film: Path, tmp_path: Path) -> None:
    before = window.studio.folder.path
    other = tmp_path / "other.mp4"
    other.write_bytes(film.read_bytes())
    window.handlers.do("save")
    assert window.open(other)
    assert len(read_snapshot(before / "project.json").project.cues) == 1
    assert not window.studio.desk.dirty and not window.studio.project.cues


def test_a_disk_that_refuses_is_said_in_one_sentence_and_nothing_counts_as_saved(
    window: MainWindow, qtbot: QtBot
) -> None:
    (window.studio.folder.path / "project.previous.json").mkdir()
    window.handlers.do("save")
    qtbot.waitUntil(lambda: "project.previous.json" in window.message.text, timeout=WAIT_MS)
    assert "cannot be written" in window.message.text and "Saved" not in window.message.text
    assert window.studio.desk.dirty and saved_cues(window) == 0

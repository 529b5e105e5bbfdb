"""A picture that was moved and renamed is found again by what it holds."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foleydesk.views.main_window import MainWindow

FOUND_MS = 30_000


def test_a_moved_picture_is_found_and_can_be_undone(
    window: MainWindow, film: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    assert window.open(film)
    folder = window.studio.folder.path
    window.studio.close()
    elsewhere = tmp_path / "elsewhere" / "deep" / "another name.mp4"
    elsewhere.parent.mkdir(parents=True)
    shutil.move(film, elsewhere)
    assert window.open(folder)
    assert str(film) in window.message.text and QApplication.activeModalWidget() is None
    assert window.lists._relink is None, "nothing opens by itself"
    window.message.action.click()
    dialog = window.lists._relink
    assert dialog.isVisible() and dialog.files.item(0).text() == str(film)
    empty = tmp_path / "empty"
    empty.mkdir()
    with qtbot.waitSignal(window.studio.relinking.ended, timeout=FOUND_MS):
        window.lists.search(empty)
        assert not dialog.search.isEnabled() and dialog.cancel.isVisible()
    assert "None of them" in dialog.says.text() and dialog.search.isEnabled()
    with qtbot.waitSignal(window.studio.relinking.ended, timeout=FOUND_MS):
        window.lists.search(tmp_path)
    assert window.studio.project.media.path == str(elsewhere)
    assert "nothing is missing" in dialog.says.text() and dialog.files.count() == 0
    assert window.message.text == "" and not dialog.file.isEnabled()
    window.handlers.do("undo")
    assert window.studio.project.media.path == str(film)


def test_the_very_file_can_be_pointed_at(window: MainWindow, film: Path, tmp_path: Path, qtbot: QtBot) -> None:
    assert window.open(film)
    folder = window.studio.folder.path
    window.studio.close()
    moved = film.rename(film.with_name("moved.mp4"))
    other = film.with_name("other.mp4")
    other.write_bytes(b"something else")
    assert window.open(folder)
    window.handlers.do("relink")
    dialog = window.lists._relink
    for path, says in ((other, "holds something else"), (moved, "nothing is missing")):
        assert dialog.file.isEnabled()
        with qtbot.waitSignal(window.studio.relinking.ended, timeout=FOUND_MS):
            window.lists.search(path)
        assert says in dialog.says.text()
    assert window.studio.project.media.path == str(moved)

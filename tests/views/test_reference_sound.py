"""A cue that should sound like something: a file, a candidate, or nothing any more."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from foleydesk.document.edits import ChooseModel
from foleydesk.document.project import Reference
from foleydesk.studio.recipes import recipe_for
from foleydesk.studio.referring import reference_of
from foleydesk.views.main_window import MainWindow
from foleydesk.views.reference import EMPTY, ReferenceField

LOOKED_MS = 10_000


@pytest.fixture
def rail(tmp_path: Path) -> Path:
    path = tmp_path / "film" / "rail.wav"
    soundfile.write(path, np.sin(np.arange(24_000) * 0.1) * 0.5, 48_000)
    return path


@pytest.fixture
def desk(able: MainWindow) -> MainWindow:
    """A window with a cue chosen."""
    able.studio.mark(60_000, 130_000)
    able.studio.draft = "a stick on a rail"
    able.studio.add_cue()
    return able


def reference(window: MainWindow) -> Reference | None:
    assert window.studio.cue is not None
    return window.studio.cue.reference


def drop(field: ReferenceField, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    field.dropEvent(event)


def test_a_dropped_file_is_the_reference_and_undo_takes_it_back(desk: MainWindow, rail: Path, qtbot: QtBot) -> None:
    field = desk.cues.inspector.reference
    assert field.name.text() == EMPTY or field.name.text().endswith("…")
    drop(field, rail)
    qtbot.waitUntil(lambda: reference(desk) is not None, timeout=LOOKED_MS)
    found = reference(desk)
    assert found is not None and found.path == str(rail) and found.hash
    assert field.name.accessibleDescription() == "rail.wav" and field.play.isVisible()
    studio = desk.studio
    assert studio.project is not None and studio.cue is not None
    assert recipe_for(studio.project, studio.cue, desk.choosing.settings).reference == str(rail)
    desk.handlers.undo()
    assert reference(desk) is None and not field.play.isVisible()
    desk.handlers.redo()
    field.clear.click()
    assert reference(desk) is None


def test_a_file_without_a_sound_is_refused_by_name(desk: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "notes.wav").write_text("no sound")
    desk.studio.referring.choose(tmp_path / "notes.wav")
    qtbot.waitUntil(lambda: "notes.wav" in desk.message.text, timeout=LOOKED_MS)
    assert reference(desk) is None


def test_a_model_that_cannot_follow_one_says_so(desk: MainWindow, rail: Path, qtbot: QtBot, home: Path) -> None:
    shutil.copytree(home / "models" / "tiny", home / "models" / "plain")
    card = home / "models" / "plain" / "card.json"
    card.write_text(card.read_text().replace('"tiny"', '"plain"').replace('"reference", ', ""))
    desk.studio.referring.choose(rail)
    qtbot.waitUntil(lambda: reference(desk) is not None, timeout=LOOKED_MS)
    desk.studio.do(ChooseModel("plain"))
    field = desk.cues.inspector.reference
    assert not field.name.isEnabled() and "cannot follow" in field.name.toolTip()
    assert field.clear.isEnabled() and not desk.handlers.can("reference")
    assert desk.studio.cue is not None and reference_of(desk.studio.cue, "plain") is None
    desk.studio.referring.choose(rail)
    assert "cannot follow" in desk.message.text


def test_a_reference_that_is_gone_is_said_before_anything_is_made(desk: MainWindow, rail: Path, qtbot: QtBot) -> None:
    desk.studio.referring.choose(rail)
    qtbot.waitUntil(lambda: reference(desk) is not None, timeout=LOOKED_MS)
    moved = rail.rename(rail.with_name("moved.wav"))
    desk.spotted.show_cues()
    assert "missing" in desk.cues.inspector.reference.name.accessibleDescription()
    desk.handlers.generate()
    assert str(rail) in desk.message.text and desk.studio.going() is None
    desk.studio.referring.choose(moved)
    qtbot.waitUntil(lambda: reference(desk) == Reference(str(moved), reference(desk).hash), timeout=LOOKED_MS)  # type: ignore[union-attr]


def test_it_is_heard_by_itself_and_the_playhead_stays(desk: MainWindow, rail: Path, qtbot: QtBot) -> None:
    desk.studio.referring.choose(rail)
    qtbot.waitUntil(lambda: reference(desk) is not None, timeout=LOOKED_MS)
    listening = desk.studio.listening
    listening.seek(70_000)
    desk.handlers.do("reference_hear")
    qtbot.waitUntil(lambda: listening.file == str(rail) and listening.playing, timeout=LOOKED_MS)
    assert listening.position() == 70_000
    qtbot.waitUntil(lambda: not listening.file, timeout=LOOKED_MS)
    assert not listening.playing and listening.position() == 70_000


def test_a_candidate_can_be_the_reference_and_is_dragged_as_its_file(desk: MainWindow, qtbot: QtBot) -> None:
    desk.handlers.generate()
    qtbot.waitUntil(lambda: len(desk.candidates.cards) == 2, timeout=60_000)
    candidate = desk.studio.listening.candidate("A")
    assert candidate is not None
    desk.handlers.do("reference_take")
    found = reference(desk)
    assert found is not None and found.path == candidate.wav
    assert desk.cues.inspector.reference.name.accessibleDescription() == "take of cue 01"
    carried = desk.candidates.cards[0].as_file(candidate).urls()
    assert [url.toLocalFile() for url in carried] == [candidate.wav]

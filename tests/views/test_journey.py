"""The whole journey in the real window, on real footage, with the model that ships."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.media.probe import probe
from engine.registry import model_folders
from foleydesk.document.edits import ChooseModel
from foleydesk.views.main_window import MainWindow

MODEL = "visiosonic-mini"
QUICK_STEPS = 4
MAKING_MS = 240_000
TRAINING_MS = 400_000
LISTEN_MS = 700

pytestmark = pytest.mark.skipif(
    MODEL not in {folder.name for folder in model_folders()}, reason=f"the model {MODEL} is not installed"
)


def press(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.timeline.canvas, key, keys)


def mark(window: MainWindow, left: int, right: int) -> None:
    """Drag over the picture strip."""
    canvas, y = window.timeline.canvas, window.timeline.picture.rect.center().y()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(left, y))
    QTest.mouseMove(canvas, QPoint((left + right) // 2, y))
    QTest.mouseMove(canvas, QPoint(right, y))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(right, y))


def generate(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_G)
    assert window.studio.going() is not None, window.message.text
    qtbot.waitUntil(lambda: window.studio.going() is None, timeout=MAKING_MS)
    assert "did not" not in window.message.mood.text() or not window.message.text, window.message.text
    qtbot.waitUntil(lambda: len(window.candidates.cards) == window.choosing.settings.candidates, timeout=5_000)


def test_open_mark_generate_switch_pick_undo_save_reopen_train_and_export(
    make_window: Callable[[], MainWindow], film: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window()
    window.choosing.settings = replace(window.choosing.settings, steps=QUICK_STEPS, candidates=3)
    opened(window, film, qtbot)
    cue = marked_and_asked(window, qtbot)
    generate(window, qtbot)
    assert [card.letter for card in window.candidates.cards] == ["A", "B", "C"]
    switched_while_playing(window, qtbot)
    picked_and_taken_back(window, qtbot)
    project = saved(window, qtbot)
    window.close()

    again = make_window()
    assert again.open(project)
    assert again.studio.project is not None and not again.studio.desk.dirty  # type: ignore[union-attr]
    assert [one.id for one in again.studio.project.cues] == [cue]
    assert len(again.studio.project.takes) == 3 and len(again.studio.project.clips) == 1
    assert len(again.candidates.cards) == 3

    again.choosing.settings = replace(again.choosing.settings, steps=QUICK_STEPS, candidates=2)
    adapter = trained(again, qtbot)
    again.studio.do(ChooseModel(MODEL, adapter))
    generate(again, qtbot)
    assert {one.recipe.adapter for one in again.choosing.candidates()} == {adapter}
    exported(again, film, tmp_path, qtbot)


def test_a_damaged_model_is_named_in_one_sentence(
    make_window: Callable[[], MainWindow], film: Path, home: Path, qtbot: QtBot
) -> None:
    source = next(folder for folder in model_folders() if folder.name == MODEL)
    broken = home / "models" / "broken"
    shutil.copytree(source, broken)
    card = json.loads((broken / "card.json").read_text())
    (broken / "card.json").write_text(json.dumps({**card, "name": "broken"}))
    weights = broken / card["files"]["generator"]["path"]
    weights.write_bytes(weights.read_bytes()[:5000])
    window = make_window()
    assert window.open(film)
    window.studio.do(ChooseModel("broken"))
    window.choosing.generate()
    qtbot.waitUntil(lambda: window.studio.going() is None, timeout=MAKING_MS)
    assert "broken" in window.message.text or weights.name in window.message.text, window.message.text
    assert "Traceback" not in window.message.text and "\n" not in window.message.text
    assert window.studio.project is not None and window.studio.project.takes == ()


def opened(window: MainWindow, film: Path, qtbot: QtBot) -> None:
    assert window.open(film)
    qtbot.waitUntil(lambda: window.viewer.has_frame, timeout=10_000)
    qtbot.waitUntil(lambda: bool(window.timeline.picture.images), timeout=60_000)
    window.timeline.grab()


def marked_and_asked(window: MainWindow, qtbot: QtBot) -> str:
    """Half a second or so in the middle, with a prompt typed by hand."""
    axis = window.timeline.axis
    mark(window, round(axis.x(60_000)), round(axis.x(130_000)))
    assert window.studio.span is not None
    press(window, Qt.Key.Key_P)
    field = window.prompt.prompt
    QTest.keyClicks(field, "a stick on a metal rail, close, dry")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not field.hasFocus()
    window.choosing.studio.add_cue()
    cue = window.studio.cue
    assert cue is not None and cue.prompt == "a stick on a metal rail, close, dry"
    return cue.id


def switched_while_playing(window: MainWindow, qtbot: QtBot) -> None:
    listening = window.studio.listening
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    press(window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: listening.playing, timeout=10_000)
    qtbot.wait(LISTEN_MS)
    at = listening.position()
    press(window, Qt.Key.Key_2)
    assert listening.playing and listening.letter == "B"
    assert listening.span is not None and listening.span.start <= listening.position() < listening.span.end
    qtbot.waitUntil(lambda: listening.position() != at, timeout=5_000)
    qtbot.wait(LISTEN_MS)
    press(window, Qt.Key.Key_Space)
    assert not listening.playing


def picked_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    studio, control = window.studio, Qt.KeyboardModifier.ControlModifier
    picks = studio.folder.picks  # type: ignore[union-attr]
    press(window, Qt.Key.Key_Return)
    assert studio.project is not None and len(studio.project.clips) == 1
    event = picks.events()[0]
    assert (
        event.winner == studio.project.takes[[t.id for t in studio.project.takes].index(clip_take(window))].candidate.id
    )
    assert len([ms for ms in event.heard_ms.values() if ms > 0]) >= 2
    press(window, Qt.Key.Key_Z, control)
    assert studio.project.clips == () and picks.events() == []
    press(window, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert len(studio.project.clips) == 1 and len(picks.events()) == 1


def clip_take(window: MainWindow) -> str:
    assert window.studio.project is not None
    return window.studio.project.clips[0].take


def saved(window: MainWindow, qtbot: QtBot) -> Path:
    assert window.studio.desk is not None and window.studio.desk.dirty
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.studio.desk.dirty, timeout=10_000)  # type: ignore[union-attr]
    assert window.studio.folder is not None
    return window.studio.folder.path


def trained(window: MainWindow, qtbot: QtBot) -> str:
    names: list[str] = []
    window.studio.learning.finished.connect(names.append)
    window.studio.train(steps=2)
    qtbot.waitUntil(lambda: bool(names) or window.message.mood.text() == "That did not work", timeout=TRAINING_MS)
    assert names, window.message.text
    window.show_models()
    assert any(names[0].replace("-", " ") in action.text() for action in window.header.model_menu.actions())
    return names[0]


def exported(window: MainWindow, film: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder, project = window.studio.folder, window.studio.project
    assert folder is not None and project is not None and project.media is not None
    said: list[str] = []
    window.studio.delivering.finished.connect(said.append)
    window.studio.delivering.mix(project, folder.path, tmp_path / "mix.wav")
    window.studio.delivering.video(project, folder.path, tmp_path / "sounded.mp4")
    qtbot.waitUntil(lambda: len(said) == 2, timeout=60_000)
    sound = soundfile.info(tmp_path / "mix.wav")
    assert (sound.samplerate, sound.subtype, sound.frames) == (48_000, "PCM_24", project.media.length)
    film_now = probe(tmp_path / "sounded.mp4")
    assert film_now.has_audio and film_now.frames == probe(film).frames

"""An empty prompt shows what might be heard in the picture; it is taken, or it goes away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec import Suggestion
from foleydesk.document.edits import ChooseModel
from foleydesk.views.main_window import MainWindow
from foleydesk.views.prompt_field import TEACHES, PromptField

SEEN_MS = 120_000
SEEN = (Suggestion("dog barking", 0.72), Suggestion("birds singing", 0.2), Suggestion("wind in the trees", 0.1))


@pytest.fixture
def field(qtbot: QtBot) -> PromptField:
    field = PromptField()
    qtbot.addWidget(field)
    field.resize(900, 30)
    field.show()
    return field


def test_the_likeliest_is_shown_and_tab_takes_it(field: PromptField) -> None:
    taken: list[str] = []
    field.taken.connect(taken.append)
    field.suggest(SEEN)
    assert field.placeholderText() == "dog barking — Tab takes it"
    assert "dog barking" in field.accessibleDescription()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "dog barking" and taken == ["dog barking"]
    field.undo()
    assert field.text() == ""


def test_the_arrows_show_another_one(field: PromptField) -> None:
    field.suggest(SEEN)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.ghost == "birds singing"
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "wind in the trees"


def test_a_chip_takes_its_own(field: PromptField, qtbot: QtBot) -> None:
    field.suggest(SEEN)
    assert [chip.isVisible() for chip in field.chips] == [True, True, True]
    qtbot.mouseClick(field.chips[1], Qt.MouseButton.LeftButton)
    assert field.text() == "birds singing"
    assert not any(chip.isVisible() for chip in field.chips)


def test_a_narrow_field_keeps_the_suggestion_and_lets_the_chips_go(field: PromptField) -> None:
    field.suggest(SEEN)
    field.resize(200, 30)
    assert field.ghost == "dog barking"
    assert not any(chip.isVisible() for chip in field.chips)


def test_what_is_typed_is_never_touched(field: PromptField) -> None:
    QTest.keyClicks(field, "gravel")
    field.suggest(SEEN)
    assert (field.text(), field.ghost) == ("gravel", "")
    field.clear()
    assert field.ghost == "dog barking"


def test_where_nothing_is_seen_the_field_teaches(field: PromptField) -> None:
    field.suggest(())
    assert field.placeholderText() == TEACHES and field.chips == []


def test_a_new_cue_is_told_what_its_picture_shows_and_undo_takes_it_back(able: MainWindow, qtbot: QtBot) -> None:
    studio, field = able.studio, able.prompt.prompt
    studio.mark(60_000, 130_000)
    studio.add_cue()
    qtbot.waitUntil(lambda: field.ghost == "dog barking", timeout=SEEN_MS)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert studio.cue is not None and studio.cue.prompt == "dog barking"
    field.clearFocus()
    able.handlers.undo()
    assert studio.cue is not None and studio.cue.prompt == ""
    assert field.ghost == "dog barking"


def test_what_was_seen_once_is_known_at_once(able: MainWindow, qtbot: QtBot) -> None:
    studio, field = able.studio, able.prompt.prompt
    studio.mark(60_000, 130_000)
    qtbot.waitUntil(lambda: bool(field.ghost), timeout=SEEN_MS)
    studio.mark(0, 50_000)
    assert field.ghost == ""
    studio.mark(60_000, 130_000)
    assert field.ghost == "dog barking"


def test_nothing_is_looked_for_where_a_prompt_stands_or_the_model_cannot_see(able: MainWindow) -> None:
    studio = able.studio
    studio.draft = "gravel"
    studio.mark(60_000, 130_000)
    assert studio.suggesting._wish is None
    studio.draft = ""
    studio.do(ChooseModel("missing"))
    studio.mark(0, 50_000)
    assert studio.suggesting._wish is None


def test_a_look_that_fails_is_not_spoken_of(able: MainWindow, qtbot: QtBot) -> None:
    studio = able.studio
    assert studio.project is not None and studio.project.media is not None
    lost = replace(studio.project.media, path="/nowhere/lost.mp4", hash="lost")
    told: list[object] = []
    studio.making.suggested.connect(lambda name, found: told.append(found))
    assert studio.suggesting.of(lost, studio.whole, "tiny") == ()  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: told == [()], timeout=SEEN_MS)
    assert able.message.text == ""

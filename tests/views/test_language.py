"""Another language: what the window says is in the file of translations, whole, and is shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTranslator

from foleydesk.actions import ACTIONS, MENUS
from foleydesk.app import application
from foleydesk.views.main_window import MainWindow
from foleydesk.views.wording import speak
from tests.wording import FOLDER, messages, translations

LANGUAGES = [path.stem.partition("_")[2] for path in sorted(FOLDER.glob("*.ts"))]
MOST = 0.9
"""The least share of all messages that a sample language translates."""


def places(words: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", words))


@pytest.fixture
def german():
    app = application()
    assert speak(app, "de")
    yield
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()


def test_there_is_a_sample_language() -> None:
    assert "de" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_actions_menus_and_most_of_the_window_are_translated(language: str) -> None:
    known = translations(FOLDER / f"foleydesk_{language}.ts")
    wanted = {("Action", one.text) for one in ACTIONS} | {("Menu", menu) for menu in MENUS}
    assert len(wanted - set(known)) <= (1 - MOST) * len(wanted)
    every = messages()
    assert sum(one in known for one in every) >= MOST * len(every)


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_for_names_and_keys_are_kept(language: str) -> None:
    known = translations(FOLDER / f"foleydesk_{language}.ts")
    assert [source for (_, source), said in known.items() if places(source) != places(said)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_says_what_the_source_says(language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / f"foleydesk_{language}.qm"))
    for (context, source), said in translations(FOLDER / f"foleydesk_{language}.ts").items():
        assert translator.translate(context, source) == said


def test_the_window_speaks_it(german: None, make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    assert [action.text() for action in window.header.menus.actions()][:2] == ["Datei", "Bearbeiten"]
    assert window.prompt.buttons["generate"].text().startswith("Erzeugen")
    assert window.prompt.buttons["generate"].toolTip().endswith("(G)")
    window.handlers.do("palette")
    palette = window.settling._palette
    assert palette is not None
    palette.field.setText("vollbild")
    row = palette.list.topLevelItem(0)
    assert row is not None and row.text(0) == "Vollbild"


def test_refusals_and_the_names_of_edits_are_said_in_it(german: None, make_window, film) -> None:
    window = make_window()
    assert window.open(film)
    window.studio.add_cue()
    assert window.message.text.startswith("Markieren Sie zuerst Anfang und Ende")
    window.studio.mark(48_000, 96_000)
    window.studio.add_cue()
    window.handlers.do("history")
    steps = window.lists.history.list
    assert steps.item(steps.count() - 1).text() == "Cue hinzufügen"
    assert window.menus.actions["undo"].text().endswith("Cue hinzufügen")

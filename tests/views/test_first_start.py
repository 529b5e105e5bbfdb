"""Without a word on the command line: the demo, copied to the user's own folder, ready to be heard."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from foleydesk.app import open_window
from foleydesk.paths import resources
from foleydesk.studio.opening import DEMO, SUFFIX
from foleydesk.views.main_window import MainWindow

OPENED_MS = 10_000


@pytest.fixture
def first(qtbot: QtBot):
    windows: list[MainWindow] = []

    def start() -> MainWindow:
        window = open_window(None)
        windows.append(window)
        qtbot.waitUntil(lambda: window.studio.folder is not None, timeout=OPENED_MS)
        return window

    yield start
    for window in windows:
        window.close()
        window.deleteLater()


def test_one_cue_is_ready_and_three_sentences_say_what_to_press(first, home: Path) -> None:
    window = first()
    assert window.studio.folder is not None and home in window.studio.folder.path.parents
    assert window.studio.folder.path.name == f"{DEMO}{SUFFIX}"
    assert window.studio.project is not None and len(window.studio.project.cues) == 1
    assert [card.letter for card in window.candidates.cards] == ["A", "B", "C", "D"]
    assert all(window.sights.levels(one) for one in window.choosing.candidates())
    assert window.hints.isVisible()
    assert window.timeline.events.events, "what the spotter found is there before torch is"


def test_the_demo_that_ships_is_not_touched(first) -> None:
    shipped = resources() / "demo" / f"{DEMO}{SUFFIX}" / "project.json"
    before = shipped.read_bytes()
    window = first()
    window.choosing.pick("A")
    window.studio.save()
    assert shipped.read_bytes() == before


def test_the_second_start_opens_what_was_open_last(first, film: Path) -> None:
    window = first()
    assert window.open(film)
    window.close()
    again = first()
    assert again.studio.folder is not None and again.studio.folder.path == film.with_name("bunny.foley")
    assert not again.hints.isVisible()

"""Every command is found by a few letters, done by Enter, and says why it cannot be done."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from foleydesk.actions import ACTIONS
from foleydesk.views.main_window import MainWindow
from foleydesk.views.palette import Command, Palette, found, likeness


def command(name: str, words: str, can: bool = True) -> Command:
    return Command(name, words, "Edit", "", can, "")


def test_letters_in_order_find_beginnings_of_words_best() -> None:
    assert likeness("xyz", "Split clip") is None
    assert likeness("", "Split clip") == 0
    assert likeness("sc", "Split clip") > likeness("pi", "Split clip")
    ordered = found("exp", (command("a", "Take experiment"), command("b", "Export mix"), command("c", "Expand")))
    assert [one.id for one in ordered] == ["b", "c", "a"]


def test_of_two_as_like_the_one_that_can_be_done_comes_first() -> None:
    assert [one.id for one in found("cut", (command("a", "Cut", False), command("b", "Cut")))] == ["b", "a"]


@pytest.fixture
def palette(window: MainWindow) -> Palette:
    window.handlers.do("palette")
    assert window.settling._palette is not None
    return window.settling._palette


def shown(palette: Palette) -> list[str]:
    rows = (palette.list.topLevelItem(i) for i in range(palette.list.topLevelItemCount()))
    return [row.data(0, Qt.ItemDataRole.UserRole) for row in rows if row is not None]


def test_everything_is_in_it(palette: Palette) -> None:
    assert set(shown(palette)) == {one.id for one in ACTIONS} - {"palette"}


def test_enter_does_it(window: MainWindow, palette: Palette) -> None:
    before = window.hints.isVisible()
    QTest.keyClicks(palette.field, "what to press")
    assert shown(palette)[0] == "hints"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.hints.isVisible() != before and not palette.isVisible()


def test_what_cannot_be_done_says_why_and_stays(window: MainWindow, palette: Palette, film: Path) -> None:
    QTest.keyClicks(palette.field, "generate candidates")
    row = palette.list.topLevelItem(0)
    assert row is not None and "open a video first" in row.text(1)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.hide()
    assert window.open(film)
    window.handlers.do("palette")
    QTest.keyClicks(palette.field, "split clip")
    row = palette.list.topLevelItem(0)
    assert row is not None and "choose a clip first" in row.text(1)

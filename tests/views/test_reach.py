"""Everything can be reached: by eye (24 px), by name (a screen reader) and by key (focus)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from foleydesk.views.main_window import MainWindow

LEAST_PX = 24


@pytest.fixture
def controls(window: MainWindow, film: Path) -> list[QWidget]:
    """Every control that is to be seen with a project open."""
    assert window.open(film)
    window.studio.mark(60_000, 100_000)
    window.studio.add_cue()
    kinds = (QAbstractButton, QAbstractSpinBox, QLineEdit)
    found = [one for one in window.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
    return [one for one in found if one.parent() is None or not isinstance(one.parent(), QAbstractSpinBox)]


def test_every_control_has_a_name(controls: list[QWidget]) -> None:
    nameless = [one for one in controls if not (one.accessibleName() or getattr(one, "text", str)())]
    assert nameless == []
    assert len(controls) > 20


def test_no_control_is_too_small_to_hit(controls: list[QWidget]) -> None:
    small = [(one.accessibleName(), one.height()) for one in controls if one.height() < LEAST_PX - 2]
    assert small == []


def test_keys_in_a_field_belong_to_the_field(window: MainWindow, film: Path, qtbot: QtBot) -> None:
    assert window.open(film)
    window.studio.mark(60_000, 100_000)
    window.prompt.prompt.setFocus()
    QTest.keyClicks(window.prompt.prompt, "boing 12")
    assert window.prompt.prompt.text() == "boing 12"
    assert window.studio.going() is None and not window.studio.listening.playing
    QTest.keyClick(window.prompt.prompt, Qt.Key.Key_Escape)
    assert not window.prompt.prompt.hasFocus()
    assert window.studio.draft == "boing 12"


def test_the_window_fits_a_small_screen(window: MainWindow, film: Path) -> None:
    assert window.open(film)
    window.hints.show()
    window.message.refuse("Something was not to be.")
    window.cues.inspector.each.click()
    least = window.minimumSizeHint()
    assert least.width() <= 1120 and least.height() <= 707
    assert window.cues.inspector.minimumSizeHint().width() <= window.cues.minimumWidth()

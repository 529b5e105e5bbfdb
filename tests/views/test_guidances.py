"""One guidance for all, or one for each condition."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec import Guidances
from foleydesk.settings import read_settings
from foleydesk.studio.recipes import Settings
from foleydesk.views.inspector import Inspector
from foleydesk.views.main_window import MainWindow


@pytest.fixture
def inspector(qtbot: QtBot) -> Inspector:
    inspector = Inspector()
    qtbot.addWidget(inspector)
    inspector.show_settings(Settings(guidance=4.5))
    inspector.show()
    return inspector


def test_each_is_folded_away_and_goes_with_the_overall_one(inspector: Inspector) -> None:
    assert not inspector.guidances.isVisible()
    inspector.each.click()
    assert inspector.guidances.isVisible()
    assert [box.text() for box in inspector.guidances.boxes.values()] == ["(4.5)"] * 4


def test_a_step_begins_at_the_overall_guidance(inspector: Inspector) -> None:
    said: list[Settings] = []
    inspector.settings_changed.connect(said.append)
    box = inspector.guidances.boxes["events"]
    box.stepBy(1)
    assert said[-1].guidances == Guidances(events=5.0) and said[-1].guidance == 4.5
    for _ in range(20):
        box.stepBy(-1)
    assert said[-1].guidances == Guidances(events=0.0)


def test_an_emptied_box_goes_with_the_overall_one_again(inspector: Inspector) -> None:
    inspector.each.click()
    inspector.show_settings(Settings(guidance=4.5, guidances=Guidances(text=7.0)))
    said: list[Settings] = []
    inspector.settings_changed.connect(said.append)
    box = inspector.guidances.boxes["text"]
    box.setFocus()
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Delete)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert said[-1].guidances == Guidances() and box.text() == "(4.5)"


def test_folded_away_a_dot_tells_of_one_that_is_its_own(inspector: Inspector) -> None:
    inspector.show_settings(Settings(guidances=Guidances(picture=2.0)))
    assert "•" in inspector.each.text()
    inspector.show_settings(Settings())
    assert "•" not in inspector.each.text()


def test_they_are_kept_between_starts(window: MainWindow) -> None:
    window.cues.inspector.guidances.boxes["text"].setValue(7.5)
    window.close()
    assert read_settings().guidances == Guidances(text=7.5)

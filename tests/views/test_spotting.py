"""The spotting list: looked through, sorted, written in, and several cues made at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from engine.spec import Refused
from foleydesk.document.cue_list import Column
from foleydesk.document.edits import AddCue, ChangeProject
from foleydesk.document.project import Cue
from foleydesk.document.timebase import Unit
from foleydesk.views.main_window import MainWindow
from foleydesk.views.spotting import COLUMNS, TAKES, edited, spot_rows
from foleydesk.views.spotting_panel import SpottingPanel

MADE_MS = 180_000
CUES = (
    Cue("boots", 0, 48_000, prompt="a boot on leaves", name="Steps", status="picked", category="FOLYFeet"),
    Cue("rail", 48_000, 96_000, prompt="a stick hits a metal rail", notes="too late"),
    Cue("cloth", 96_000, 120_000, prompt="cloth", character="Bunny"),
)


@pytest.fixture
def spotted(able: MainWindow) -> MainWindow:
    for cue in CUES:
        able.studio.do(AddCue(cue))
    able.handlers.do("spotting")
    assert able.lists.spotting.isVisible() and able.menus.actions["spotting"].isChecked()
    return able


@pytest.fixture
def panel(spotted: MainWindow) -> SpottingPanel:
    return spotted.lists.spotting


def shown(panel: SpottingPanel) -> list[str]:
    return [row.id for row in panel.model.rows]


def choose(panel: SpottingPanel, *rows: int) -> None:
    panel.table.clearSelection()
    flag = QItemSelectionModel.SelectionFlag
    for row in rows:
        panel.table.selectionModel().select(panel.model.index(row, 0), flag.Select | flag.Rows)


def test_a_row_says_what_the_cue_is(spotted: MainWindow) -> None:
    (row, *_) = spot_rows(spotted.studio.project)
    assert row.cells == (
        "01", "Steps", "01:00:00:00", "01:00:01:00", "1.00 s", "a boot on leaves", "FOLYFeet", "", "", "picked", "0",
    )  # fmt: skip
    spotted.studio.do(ChangeProject(unit=Unit.FRAMES))
    assert spotted.lists.spotting.model.rows[1].cell(Column.START) == "25f"


def test_the_list_is_searched_and_sorted(panel: SpottingPanel) -> None:
    assert shown(panel) == ["boots", "rail", "cloth"]
    panel.search.setText("metal")
    assert shown(panel) == ["rail"] and panel.count.text() == "1 of 3 cues"
    panel.search.setText("nothing like it")
    assert not panel.table.isVisible() and "No cue holds" in panel.empty.text()
    panel.search.clear()
    panel.table.sortByColumn(COLUMNS.index(Column.PROMPT), Qt.SortOrder.AscendingOrder)
    assert shown(panel) == ["boots", "rail", "cloth"]
    panel.table.sortByColumn(COLUMNS.index(Column.LENGTH), Qt.SortOrder.AscendingOrder)
    assert shown(panel)[0] == "cloth"
    panel.table.sortByColumn(COLUMNS.index(TAKES), Qt.SortOrder.DescendingOrder)
    assert len(shown(panel)) == 3


def test_a_cell_is_written_in_and_taken_back(spotted: MainWindow, panel: SpottingPanel, qtbot: QtBot) -> None:
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(1, COLUMNS.index(Column.NAME)))
    assert spotted.studio.cue_id == "rail"
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    editor = panel.table.findChild(QLineEdit, "cell")
    assert editor is not None, "Enter writes in the cell; it does not pick"
    QTest.keyClicks(editor, "Rail hit")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: spotted.studio.project.cue("rail").name == "Rail hit")
    spotted.handlers.do("undo")
    assert spotted.studio.project.cue("rail").name == ""


def test_what_a_cell_cannot_hold_is_refused(spotted: MainWindow, panel: SpottingPanel) -> None:
    project = spotted.studio.project
    assert edited(project, "rail", Column.START, "01:00:01:12").start == 71_040
    assert edited(project, "rail", Column.LENGTH, "12f").end == 48_000 + 23_040
    assert edited(project, "rail", Column.CATEGORY, "footsteps-human").category.startswith("FEET")
    assert edited(project, "rail", Column.STATUS, "to do") is None
    with pytest.raises(Refused, match="no UCS category"):
        edited(project, "rail", Column.CATEGORY, "nonsense")
    panel.written.emit("rail", str(Column.START), "yesterday")
    assert "is not a time" in spotted.message.text
    panel.written.emit("rail", str(Column.END), "0.5 s")
    assert spotted.studio.project.cue("rail") == CUES[1] and spotted.message.text


def test_arrows_walk_through_the_list(spotted: MainWindow, panel: SpottingPanel) -> None:
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(0, COLUMNS.index(Column.NAME)))
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    assert spotted.studio.cue_id == "rail"
    spotted.studio.choose_cue("cloth")
    assert panel.table.currentIndex().row() == 2 and panel.selected() == ("cloth",)


def test_chosen_cues_are_made_one_after_the_other(spotted: MainWindow, panel: SpottingPanel, qtbot: QtBot) -> None:
    choose(panel, 0, 2)
    assert panel.make.text() == "Generate 2 cues"
    panel.make.click()
    assert spotted.studio.making.busy_cues() == {"boots", "cloth"}
    assert panel.model.data(panel.model.index(0, COLUMNS.index(Column.STATUS))) == "working"
    project = lambda: spotted.studio.project  # noqa: E731
    qtbot.waitUntil(lambda: all(project().takes_of(name) for name in ("boots", "cloth")), timeout=MADE_MS)
    assert not project().takes_of("rail")
    assert panel.model.rows[0].cell(TAKES) == "2"


def test_the_list_without_a_cue_teaches(able: MainWindow) -> None:
    able.handlers.do("spotting")
    assert "press C" in able.lists.spotting.empty.text() and not able.lists.spotting.table.isVisible()
    able.lists.spotting.close_button.click()
    assert able.lists.drawer.isHidden() and not able.menus.actions["spotting"].isChecked()

"""A delivery is asked for in a dialog, made behind it, and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from foleydesk.export.normalise import Norm
from foleydesk.export.request import Delivery, Format
from foleydesk.settings import read_settings
from foleydesk.studio.opening import demo_target
from foleydesk.views.delivery_dialog import DeliveryDialog
from foleydesk.views.main_window import MainWindow

WRITTEN_MS = 60_000


@pytest.fixture
def scored(window: MainWindow) -> MainWindow:
    """The demo with its first candidate on the timeline."""
    assert window.open(demo_target())
    window.handlers.do("candidate_1")
    window.handlers.do("pick")
    assert window.studio.project.clips
    return window


@pytest.fixture
def dialog(scored: MainWindow) -> DeliveryDialog:
    scored.handlers.do("deliver")
    made = scored.lists._delivery
    assert made is not None and made.isVisible() and not made.isModal()
    return made


def asked(dialog: DeliveryDialog) -> Delivery:
    return dialog.request()


def test_what_is_chosen_is_written_and_remembered(
    scored: MainWindow, dialog: DeliveryDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    for kind, box in dialog.formats.items():
        box.setChecked(kind in (Format.STEMS, Format.CSV))
    dialog.folder.setText(str(tmp_path / "for the mix"))
    with qtbot.waitSignal(scored.studio.delivering.finished, timeout=WRITTEN_MS) as done:
        dialog.go.click()
        assert not dialog.isVisible(), "the hand goes on while it is written"
        assert scored.studio.going().title == "Delivering to for the mix"
    assert "Delivered" in done.args[0] and scored.message.text == done.args[0]
    names = {path.suffix for path in (tmp_path / "for the mix").rglob("*.*")}
    assert {".wav", ".csv"} <= names
    assert read_settings().delivery.formats == ("stems", "csv")
    scored.handlers.do("deliver")
    assert [kind for kind, box in dialog.formats.items() if box.isChecked()] == [Format.STEMS, Format.CSV]
    assert dialog.folder.text() == str(tmp_path / "for the mix")


def test_a_norm_brings_its_ceiling(dialog: DeliveryDialog) -> None:
    dialog.norm.setCurrentIndex(dialog.norm.findData("r128"))
    dialog.norm.activated.emit(dialog.norm.currentIndex())
    assert (asked(dialog).norm, asked(dialog).ceiling_db) == (Norm.R128, -1.0)
    assert dialog.choice().ceiling_db is None, "it follows the norm the next time too"
    dialog.ceiling.setValue(-3.0)
    assert asked(dialog).ceiling_db == -3.0 and dialog.choice().ceiling_db == -3.0


def test_names_are_shown_while_they_are_typed(dialog: DeliveryDialog) -> None:
    dialog.ucs.setChecked(True)
    assert not dialog.go.isEnabled() and "creator" in dialog.says.text()
    assert "The creator is missing." in dialog.names.topLevelItem(0).text(1)
    dialog.creator.setText("AB")
    dialog.source.setText("BBB")
    assert dialog.names.topLevelItem(0).text(0) == "FOLYFeet_Footsteps On Grass_AB_BBB_001.wav"
    assert dialog.go.isEnabled() and asked(dialog).naming is not None
    dialog.creator.setText("")
    assert not dialog.go.isEnabled()


def test_nothing_chosen_is_said_and_cannot_be_sent(dialog: DeliveryDialog) -> None:
    for box in dialog.formats.values():
        box.setChecked(False)
    assert not dialog.go.isEnabled() and "at least one format" in dialog.says.text()
    dialog.formats[Format.MIX].setChecked(True)
    dialog.folder.setText("  ")
    assert not dialog.go.isEnabled() and "folder" in dialog.says.text()


def test_cancel_in_the_status_row_leaves_nothing_behind(
    scored: MainWindow, dialog: DeliveryDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    for box in dialog.formats.values():
        box.setChecked(box.isEnabled())
    dialog.folder.setText(str(tmp_path / "no"))
    with qtbot.waitSignal(scored.studio.delivering.ended, timeout=WRITTEN_MS):
        dialog.go.click()
        scored.status.cancel_button.click()
    assert not list(tmp_path.glob("no/*"))

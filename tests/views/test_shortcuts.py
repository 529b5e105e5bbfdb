"""Keys of one's own: presets without clashes, clashes refused in a sentence, and what names a key says it."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec import Refused
from foleydesk.actions import ACTIONS
from foleydesk.settings import read_settings
from foleydesk.shortcuts import OURS, PRESETS, OwnKeys, holder, keys_in_force, portable, preset_keys, reset, with_keys
from foleydesk.views.main_window import MainWindow
from foleydesk.views.teaching import native


def doubles(keys) -> list[str]:
    return [key for key, times in Counter(key for held in keys.values() for key in held).items() if times > 1]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_gives_no_key_twice_and_names_only_what_there_is(preset: str) -> None:
    keys = preset_keys(preset)
    assert doubles(keys) == []
    assert set(PRESETS[preset]) <= {one.id for one in ACTIONS}
    assert all(keys[name] == said for name, said in PRESETS[preset].items())


@pytest.mark.parametrize("preset", PRESETS)
def test_the_working_loop_stays_on_its_keys(preset: str) -> None:
    keys = preset_keys(preset)
    loop = {"mark_in": "I", "generate": "G", "play": "Space", "candidate_1": "1", "pick": "Return", "tie": "T"}
    assert {name: keys[name][0] for name in loop} == loop


def test_keys_are_written_as_qt_writes_them() -> None:
    every = {key for preset in PRESETS for held in preset_keys(preset).values() for key in held}
    form = QKeySequence.SequenceFormat.PortableText
    assert [key for key in every if portable(QKeySequence(key).toString(form)) != key] == []


def test_a_key_of_ones_own_wins_and_a_clash_is_refused() -> None:
    own = with_keys(OURS, (), "split", ("Ctrl+Alt+1",))
    assert keys_in_force(OURS, own)["split"] == ("Ctrl+Alt+1",)
    with pytest.raises(Refused, match="G is “Generate candidates” already"):
        with_keys(OURS, own, "split", ("G",))
    with pytest.raises(Refused, match="Tab moves"):
        with_keys(OURS, own, "split", ("Tab",))
    assert with_keys(OURS, own, "split", preset_keys(OURS)["split"]) == ()


def test_what_has_been_taken_meanwhile_is_not_reset_over() -> None:
    own = with_keys(OURS, (), "split", ())
    own = with_keys(OURS, own, "generate", ("S",))
    with pytest.raises(Refused, match="S is “Generate candidates” now"):
        reset(OURS, own, "split")
    assert reset(OURS, reset(OURS, own, "generate"), "split") == ()


@pytest.mark.parametrize("preset", PRESETS)
def test_ones_own_keys_hold_in_every_preset(preset: str) -> None:
    own = (OwnKeys("split", ("R",)), OwnKeys("generate", ("R", "Ctrl+E")), OwnKeys("gone", ("F9",)))
    keys = keys_in_force(preset, own)
    assert keys["split"] == ("R",) and keys["generate"] == ("Ctrl+E",)
    assert doubles(keys) == [] and holder(keys, "F9") is None


def test_the_editor_gives_a_key_that_works_at_once_and_stays(window: MainWindow, qtbot: QtBot) -> None:
    window.handlers.do("shortcuts")
    editor = window.settling._shortcuts
    assert editor is not None
    editor.choose("hints")
    editor.keys.setKeySequence(QKeySequence("Ctrl+Alt+H"))
    editor.take.click()
    assert editor.trouble.text() == ""
    assert [one.toString() for one in window.menus.actions["hints"].shortcuts()] == ["Ctrl+Alt+H"]
    assert read_settings().keys == (OwnKeys("hints", ("Ctrl+Alt+H",)),)
    shown = window.hints.isVisible()
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert window.hints.isVisible() != shown
    editor.all.click()
    assert read_settings().keys == ()


def test_the_editor_says_whose_a_key_is_and_gives_nothing(window: MainWindow) -> None:
    window.handlers.do("shortcuts")
    editor = window.settling._shortcuts
    assert editor is not None
    editor.choose("split")
    editor.keys.setKeySequence(QKeySequence("G"))
    assert "Generate candidates" in editor.trouble.text()
    assert not editor.take.isEnabled() and not editor.add.isEnabled()
    assert window.kept.keys == ()


def test_the_editor_finds_by_word_and_by_key(window: MainWindow) -> None:
    window.handlers.do("shortcuts")
    editor = window.settling._shortcuts
    assert editor is not None

    def seen() -> set[str]:
        return {item.data(0, Qt.ItemDataRole.UserRole) for item in editor._items() if not item.isHidden()}

    editor.search.setText("split")
    assert "split" in seen() and "generate" not in seen()
    editor.search.setText("ctrl+k")
    assert "palette" in seen()


def test_menus_tips_and_hints_say_the_keys_in_force(window: MainWindow) -> None:
    button = window.prompt.buttons["generate"]
    assert button.toolTip().endswith("(G)") and button.text().endswith("G")
    window.settling.change(keys=(OwnKeys("generate", ("Ctrl+G",)), OwnKeys("play", ("F5",))))
    assert button.toolTip().endswith(f"({native('Ctrl+G')})") and button.text().endswith("Ctrl+G")
    assert window.hints._labels[0].text().startswith("F5 plays")
    assert "Ctrl+G" in window.candidates.nothing.text()
    window.settling.change(preset="Premiere", keys=())
    assert window.menus.actions["split"].shortcut().toString() == "Ctrl+K"
    window.settling.change(preset=OURS)
    assert button.text().endswith("G") and window.hints._labels[0].text().startswith("Space plays")


def test_keys_are_called_as_people_call_them() -> None:
    assert [native(key) for key in ("Return", "Ctrl+Return", "PgUp", "Ctrl+Shift+Z")] == [
        "Enter", "Ctrl+Enter", "Page Up", "Ctrl+Shift+Z",
    ]  # fmt: skip
    assert native("+") == "+" and native("Ctrl++") == "Ctrl++"

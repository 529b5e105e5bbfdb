"""Candidates compared in the real window: kept, thrown away, written about, blind and revealed; some without a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foleydesk.document.project import Kept
from foleydesk.shortcuts import OwnKeys
from foleydesk.views.main_window import MainWindow

WAIT_MS = 20_000
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(window: MainWindow) -> Iterator[MainWindow]:
    """The demo: one cue with four candidates."""
    window.handlers.open_demo()
    window.timeline.canvas.setFocus()
    yield window
    window.studio.listening.pause()


def press(desk: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk.timeline.canvas, key, keys)


def letters(desk: MainWindow) -> str:
    return "".join(card.letter for card in desk.candidates.cards)


def kept(desk: MainWindow) -> list[Kept]:
    assert desk.studio.project is not None
    return [take.kept for take in desk.studio.project.takes]


def test_ctrl_return_keeps_without_placing_and_a_second_time_no_longer(desk: MainWindow) -> None:
    desk.studio.listening.choose("B")
    press(desk, Qt.Key.Key_Return, CONTROL)
    assert desk.studio.project is not None and desk.studio.project.clips == ()
    take = desk.choosing.take("B")
    assert take is not None and take.kept == Kept.KEPT and not desk.candidates.cards[1].kept.isHidden()
    assert "kept" in desk.candidates.cards[1].accessibleDescription()
    press(desk, Qt.Key.Key_Return, CONTROL)
    assert set(kept(desk)) == {Kept.OPEN} and desk.candidates.cards[1].kept.isHidden()


def test_trash_hides_it_letters_stay_and_undo_brings_it_back(desk: MainWindow) -> None:
    candidate = desk.studio.listening.candidate("B")
    assert candidate is not None
    desk.studio.listening.choose("B")
    press(desk, Qt.Key.Key_X, SHIFT)
    assert letters(desk) == "ACD" and desk.studio.listening.letter == "C" and Path(candidate.wav).exists()
    assert not desk.handlers.can("candidate_2") and desk.handlers.can("candidate_4")
    press(desk, Qt.Key.Key_Z, CONTROL)
    assert letters(desk) == "ABCD"


def test_with_all_in_the_trash_it_says_what_to_press(desk: MainWindow) -> None:
    for letter in "ABCD":
        desk.choosing.trash(letter)
    nothing = desk.candidates.nothing
    assert letters(desk) == "" and not nothing.isHidden() and "Ctrl+Z" in nothing.text() and "trash" in nothing.text()
    assert not desk.handlers.can("pick") and not desk.handlers.can("trash")


def test_a_note_is_written_on_the_card_and_saved_with_the_take(desk: MainWindow) -> None:
    desk.studio.listening.choose("C")
    press(desk, Qt.Key.Key_C, SHIFT)
    field = desk.candidates.cards[2].note.field
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "late, but what a ring")
    QTest.keyClick(field, Qt.Key.Key_Return)
    take = desk.choosing.take("C")
    assert take is not None and take.notes == "late, but what a ring" and not field.hasFocus()
    desk.studio.listening.choose("D")
    press(desk, Qt.Key.Key_C, SHIFT)
    QTest.keyClicks(desk.candidates.cards[3].note.field, "no")
    QTest.keyClick(desk.candidates.cards[3].note.field, Qt.Key.Key_Escape)
    other = desk.choosing.take("D")
    assert other is not None and other.notes == "" and desk.candidates.cards[3].note.isHidden()


def test_blind_says_nothing_that_was_known_before_and_the_pick_reveals_it(desk: MainWindow) -> None:
    for letter in "ABCD":
        desk.choosing.note(f"this is {letter}", letter)
        desk.choosing.keep(letter)
    press(desk, Qt.Key.Key_B)
    for card in desk.candidates.cards:
        said = card.accessibleDescription() + card.sentence.text() + card.origin.text()
        assert "this is" not in said and "ranked" not in said and card.note.isHidden() and card.kept.isHidden()
    order = [desk.studio.listening.candidate(letter) for letter in "ABCD"]
    desk.choosing.note("the third", "C")
    assert desk.candidates.cards[2].note.text == "the third"
    press(desk, Qt.Key.Key_3)
    press(desk, Qt.Key.Key_Return)
    ranked = {card.letter: card.origin.text() for card in desk.candidates.cards}
    assert sorted(ranked.values()) == [f"ranked {i} of 4" for i in (1, 2, 3, 4)]
    by_rank = desk.choosing.candidates()
    assert [ranked["ABCD"[i]] for i, one in enumerate(order)] == [
        f"ranked {by_rank.index(one) + 1} of 4" for one in order
    ]


def test_reveal_before_the_pick_is_kept_as_not_blind(desk: MainWindow) -> None:
    press(desk, Qt.Key.Key_B)
    assert desk.handlers.can("reveal")
    press(desk, Qt.Key.Key_B, SHIFT)
    assert "ranked" in desk.candidates.cards[0].origin.text() and not desk.handlers.can("reveal")
    desk.studio.listening.choose("A")
    press(desk, Qt.Key.Key_Return)
    assert desk.studio.folder is not None and not desk.studio.folder.picks.events()[0].blind


def test_each_blind_comparison_is_dealt_anew(desk: MainWindow) -> None:
    orders = set()
    for _ in range(12):
        press(desk, Qt.Key.Key_B)
        orders.add(tuple(one.id for one in (desk.studio.listening.candidate(x) for x in "ABCD") if one))
        press(desk, Qt.Key.Key_B)
    assert len(orders) > 2


@pytest.mark.parametrize(("key", "action"), [(Qt.Key.Key_T, "tie"), (Qt.Key.Key_X, "none")])
def test_tie_and_none_are_kept_with_what_was_heard(desk: MainWindow, qtbot: QtBot, key: Qt.Key, action: str) -> None:
    listening = desk.studio.listening
    press(desk, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: sum(listening.transport.heard().values()) > 4800, timeout=WAIT_MS)
    press(desk, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: len(listening.transport.heard()) == 2, timeout=WAIT_MS)
    press(desk, key)
    assert desk.studio.folder is not None
    event = desk.studio.folder.picks.events()[0]
    assert event.action == action and len([ms for ms in event.heard_ms.values() if ms > 0]) == 2


def test_a_candidate_that_is_gone_from_the_disk_says_so_on_its_card(
    make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    first = make_window()
    first.handlers.open_demo()
    assert first.studio.folder is not None and first.studio.project is not None
    path, gone = first.studio.folder.path, first.studio.project.takes[1].candidate
    first.close()
    Path(gone.wav).unlink()
    window = make_window()
    assert window.open(path), window.message.text
    listening = window.studio.listening
    qtbot.waitUntil(lambda: bool(listening.missing), timeout=WAIT_MS)
    [card] = [card for card in window.candidates.cards if card.candidate and card.candidate.id == gone.id]
    assert Path(gone.wav).name in card.missing.text() and not card.missing.isHidden()
    window.handlers.hear_number(ord(card.letter) - ord("A") + 1)
    assert Path(gone.wav).name in window.message.text and not listening.playing


def test_the_cards_say_their_keys_also_when_they_are_others(desk: MainWindow) -> None:
    card = desk.candidates.cards[1]
    assert card.key.text() == "2" and "Press 2" in card.name.toolTip() and "Shift+X" in desk.candidates.keys.text()
    desk.settling.change(keys=(OwnKeys("candidate_2", ("F6",)), OwnKeys("trash", ("F7",))))
    assert card.key.text() == "F6" and "F7" in desk.candidates.keys.text() and "(F7)" in card.more.toolTip()

"""From one candidate to others: varied, or with a part made anew; and the way back to what was there before."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec import Span
from foleydesk.document.edits import MoveClip
from foleydesk.views.main_window import MainWindow
from foleydesk.views.variation import VariationPopover

MAKING_MS = 180_000
CUE = Span(60_000, 130_000)
REGION = Span(80_000, 100_000)


def make(window: MainWindow, qtbot: QtBot) -> None:
    """Wait for what was asked for."""
    assert window.studio.going() is not None, window.message.text
    qtbot.waitUntil(lambda: window.studio.going() is None, timeout=MAKING_MS)
    assert window.message.mood.text() != "That did not work" or not window.message.text, window.message.text


@pytest.fixture
def made(able: MainWindow, qtbot: QtBot) -> MainWindow:
    """A cue with two candidates."""
    able.studio.mark(CUE.start, CUE.end)
    able.studio.draft = "steps"
    able.studio.add_cue()
    able.handlers.generate()
    make(able, qtbot)
    return able


def drag(window: MainWindow, span: Span, keys: Qt.KeyboardModifier, lane: str = "sound") -> None:
    canvas, axis = window.timeline.canvas, window.timeline.axis
    y = getattr(window.timeline, lane).rect.center().y()
    left, right = (QPoint(round(axis.x(at)), y) for at in (span.start, span.end))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, keys, left)
    QTest.mouseMove(canvas, (left + right) / 2)
    QTest.mouseMove(canvas, right)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, keys, right)


def test_more_like_b_makes_a_batch_that_names_it(made: MainWindow, qtbot: QtBot) -> None:
    listening = made.studio.listening
    listening.choose("B")
    base = listening.candidate("B")
    assert base is not None
    made.handlers.vary()
    assert made.variation.isVisible() and made.variation.heading.text() == "More like B"
    made.variation.presets[0].click()
    QTest.keyClick(made.variation, Qt.Key.Key_Return)
    make(made, qtbot)
    recipes = [one.recipe for one in made.choosing.candidates()]
    assert {(recipe.base, recipe.strength, recipe.span) for recipe in recipes} == {(base.wav, 0.25, base.recipe.span)}
    assert [card.origin.text() for card in made.candidates.cards] == ["varies B, 25 %"] * 2
    assert made.kept.variation == 0.25
    made.handlers.undo()
    assert made.choosing.candidates()[0].recipe.base is None


def test_earlier_candidates_can_be_turned_back_to_and_picked(made: MainWindow, qtbot: QtBot) -> None:
    first = made.choosing.candidates()
    made.choosing.vary(0.5, "A")
    make(made, qtbot)
    assert made.candidates.place.text() == "2/2" and not made.handlers.can("batch_on")
    made.handlers.batch_back()
    assert made.choosing.candidates() == first
    assert made.candidates.cards[0].origin.text() == ""
    made.handlers.pick()
    assert made.studio.project is not None and len(made.studio.project.clips) == 1
    made.handlers.batch_on()
    assert made.choosing.candidates() != first


def test_a_part_is_selected_with_shift_and_made_anew(made: MainWindow, qtbot: QtBot) -> None:
    made.timeline.magnet.on = False
    drag(made, REGION, Qt.KeyboardModifier.ShiftModifier)
    region = made.studio.region
    assert region is not None and made.timeline.canvas.region == region
    assert abs(region.start - REGION.start) <= made.timeline.axis.scale
    made.handlers.anew()
    make(made, qtbot)
    assert {one.recipe.region for one in made.choosing.candidates()} == {region}
    assert made.candidates.cards[0].origin.text() == "0.42 s of A anew"
    assert made.candidates.cards[0].strip._region is not None
    assert made.timeline.sound.soundings[-1].region == region


def test_what_was_picked_is_made_anew_where_it_was_moved_to(made: MainWindow, qtbot: QtBot) -> None:
    made.handlers.pick()
    studio = made.studio
    assert studio.project is not None and studio.cue is not None
    clip = studio.project.clips[0]
    studio.do(MoveClip(clip.id, clip.track, clip.start + 4_800))
    studio.select(REGION.start + 4_800, REGION.end + 4_800)
    made.handlers.anew()
    make(made, qtbot)
    assert made.choosing.candidates()[0].recipe.region == REGION
    studio.listening.choose("A")
    made.handlers.pick()
    assert [one.start for one in studio.project.clips] == [clip.start + 4_800]


def test_the_selection_is_a_part_of_its_cue(made: MainWindow) -> None:
    studio = made.studio
    assert studio.cue is not None
    studio.select(0, 90_000)
    assert studio.region == Span(studio.cue.start, 90_000)
    made.handlers.mark_clear()
    assert studio.region is None and studio.cue is not None
    studio.select(80_000, 80_100)
    assert studio.region is None
    studio.select(80_000, 90_000)
    studio.choose_cue(None)
    assert studio.region is None
    studio.select(80_000, 90_000)
    assert "Choose a cue" in made.message.text


def test_the_playhead_sets_both_ends(made: MainWindow) -> None:
    studio = made.studio
    studio.listening.seek(80_000)
    made.handlers.do("select_in")
    studio.listening.seek(100_000)
    made.handlers.do("select_out")
    assert studio.region == REGION


def test_without_a_sound_or_a_selection_there_is_nothing_to_begin_with(able: MainWindow) -> None:
    able.studio.mark(CUE.start, CUE.end)
    able.studio.add_cue()
    assert not able.handlers.can("vary") and not able.handlers.can("anew")
    able.choosing.vary(0.5)
    assert "no sound to start from" in able.message.text


def test_a_base_that_is_gone_is_one_sentence(made: MainWindow) -> None:
    base = made.choosing.base("A")
    assert base is not None
    Path(base.wav).unlink()
    made.choosing.vary(0.5, "A")
    assert "is missing" in made.message.text and made.studio.going() is None


def test_the_menu_of_a_card_is_about_that_card(made: MainWindow) -> None:
    made.candidates.menu_wanted.emit("B", QPoint(10, 10))
    assert made.studio.listening.letter == "B" and not made.studio.listening.playing


def test_presets_and_slider_are_one_and_the_same(qtbot: QtBot) -> None:
    popover = VariationPopover()
    qtbot.addWidget(popover)
    asked: list[float] = []
    popover.asked.connect(asked.append)
    popover.open_at(QPoint(600, 100), "B", 0.5)
    assert [button.isChecked() for button in popover.presets] == [False, True, False]
    QTest.keyClick(popover.slider, Qt.Key.Key_Right)
    assert popover.figure.text() == "55 %" and not any(button.isChecked() for button in popover.presets)
    QTest.keyClick(popover, Qt.Key.Key_Return)
    assert asked == [0.55] and not popover.isVisible()


def test_a_jump_in_the_history_takes_picks_back_and_brings_them_again(made: MainWindow) -> None:
    desk, folder = made.studio.desk, made.studio.folder
    assert desk is not None and folder is not None
    start = desk.place
    for letter in "AB":
        made.studio.listening.choose(letter)
        made.handlers.pick()
    winners = [event.winner for event in folder.picks.events()]
    made.choosing.go_to(start)
    assert desk.project.clips == () and folder.picks.events() == []
    made.choosing.go_to(start + 1)
    assert [event.winner for event in folder.picks.events()] == winners[:1]
    made.choosing.go_to(start + 99)
    assert "no such step" in made.message.text and desk.place == start + 1

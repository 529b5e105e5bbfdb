"""Cards speak, except while they are compared blind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.spec import SAMPLE_RATE, Candidate, Direction, Recipe, Score, ScoreCard, Span
from foleydesk.views.candidates import CandidatesPanel
from foleydesk.views.card import Beside, shortened
from foleydesk.views.strip import HIGH_PX, LOW_PX


def a_candidate(name: str, says: str) -> Candidate:
    names = ("semantic", "temporal", "perceptual")
    scores = tuple(Score(one, 0.5, "", Direction.HIGHER, 0.5, "so so", one) for one in names)
    recipe = Recipe("film.mp4", "h", Span(0, SAMPLE_RATE))
    return Candidate(name, recipe, "", "", SAMPLE_RATE, ScoreCard(scores, 0.5, says))


SHOWN = [("A", a_candidate("one", "third hit 120 ms late"), None), ("B", a_candidate("two", "on time"), None)]


@pytest.fixture
def panel(qtbot: QtBot) -> CandidatesPanel:
    panel = CandidatesPanel()
    qtbot.addWidget(panel)
    panel.resize(340, 600)
    panel.show()
    return panel


def test_a_card_says_its_sentence_and_its_length(panel: CandidatesPanel) -> None:
    panel.show_candidates("Candidates · cue 02", SHOWN, False, False)
    assert [card.sentence.text() for card in panel.cards] == ["third hit 120\N{NO-BREAK SPACE}ms late", "on time"]
    assert panel.cards[0].length.text() == "1.0 s"
    assert "What 50 %" in panel.cards[0].accessibleDescription()


def test_blind_cards_keep_bars_and_sentences_to_themselves(panel: CandidatesPanel) -> None:
    panel.show_candidates("Candidates", SHOWN, True, True)
    for card in panel.cards:
        assert "late" not in card.sentence.text() + card.accessibleDescription() + card.sentence.toolTip()
        assert all(bar._level is None for bar in card.bars.values())
    panel.show_candidates("Candidates", SHOWN, True, False)
    assert panel.cards[0].sentence.text().split() == ["third", "hit", "120", "ms", "late"]


def test_a_press_auditions_and_a_double_press_picks(panel: CandidatesPanel, qtbot: QtBot) -> None:
    panel.show_candidates("Candidates", SHOWN, False, False)
    heard: list[str] = []
    picked: list[str] = []
    panel.audition.connect(heard.append)
    panel.pick.connect(picked.append)
    qtbot.mouseClick(panel.cards[1], Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(panel.cards[1], Qt.MouseButton.LeftButton)
    assert heard[0] == "B" and picked == ["B"]


def test_a_long_prompt_is_not_said_in_full_again() -> None:
    prompt = "an old wooden cart with iron-bound wheels rolls slowly over cobblestones"
    says = shortened(f"sounds like '{prompt}', on time", prompt)
    assert says == "sounds like 'an old wooden cart with …', on time"
    assert shortened("sounds like 'a thud'", "a thud") == "sounds like 'a thud'"


def test_without_candidates_it_says_what_to_press(panel: CandidatesPanel) -> None:
    panel.show_candidates("Candidates", [], False, False)
    assert panel.nothing.isVisible() and "press G" in panel.nothing.text()


def test_a_long_note_is_read_whole_and_written_in_a_line(panel: CandidatesPanel, qtbot: QtBot) -> None:
    long = "The third hit comes late, but what a ring: keep it for the wide shot, and try the same with gravel."
    panel.show_candidates("Candidates", SHOWN, False, False, {"A": Beside(note=long)})
    note = panel.cards[0].note
    qtbot.wait(20)
    assert note.text == long and note.words.height() >= note.words.heightForWidth(note.words.width())
    assert note.words.height() >= 2 * note.words.fontMetrics().height()
    qtbot.mouseClick(note.words, Qt.MouseButton.LeftButton)
    assert note.field.isVisible() and note.field.text() == long and not note.words.isVisible()
    with qtbot.waitSignal(panel.noted) as said:
        qtbot.keyClicks(note.field, "Late")
        qtbot.keyClick(note.field, Qt.Key.Key_Return)
    assert said.args == ["A", "Late"]


def test_four_cards_that_say_their_origin_are_seen_whole(panel: CandidatesPanel, qtbot: QtBot) -> None:
    four = [(letter, a_candidate(letter, "third hit 120 ms late"), None) for letter in "ABCD"]
    besides = {letter: Beside("varies B, 50 %") for letter in "ABCD"}
    for high, strip in ((463, LOW_PX), (900, HIGH_PX)):
        panel.resize(386, high)
        panel.show_candidates("Candidates", four, False, False, besides)
        qtbot.wait(20)
        assert all(card.strip.height() == strip for card in panel.cards)
        assert panel._area.verticalScrollBar().maximum() == 0

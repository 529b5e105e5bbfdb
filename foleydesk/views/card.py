"""One candidate: its letter, its spectrogram, three bars with their words, one sentence and its length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QEnterEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.spec import Candidate, Recipe, ScoreCard
from foleydesk.views.look import sans
from foleydesk.views.note import Note
from foleydesk.views.strip import Bar, Strip
from foleydesk.views.teaching import key_of, with_keys
from foleydesk.views.timecode import in_words
from foleydesk.views.wording import later

MEASURES = (
    ("semantic", later("CandidateCard", "What")),
    ("temporal", later("CandidateCard", "When")),
    ("perceptual", later("CandidateCard", "Clean")),
)
"""Scores that have a bar, and the word beside it."""
MORE_PX = 24
PROMPT_CHARS = 26
"""More of a prompt is not repeated within a sentence."""


@dataclass(frozen=True)
class Beside:
    """What a card says besides its scores.

    `origin`: what it was made from, and what its letter stood for. `missing`: why it cannot be heard.
    """

    origin: str = ""
    kept: bool = False
    note: str = ""
    missing: str = ""


NOTHING_MORE = Beside()


class CandidateCard(QFrame):
    """A press auditions it, a double press picks it; dragged away, it is its sound file."""

    pressed = Signal(str)
    picked = Signal(str)
    menu_wanted = Signal(str, QPoint)
    """What else can be done with it, at a place on the screen."""
    noted = Signal(str, str)
    """Something was written about it."""
    left = Signal()
    """The hand goes back to the keys of the window."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self.letter = letter
        self.candidate: Candidate | None = None
        self.setObjectName("candidate")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._says = ""
        self.name = QLabel(letter)
        self.name.setObjectName("letter")
        self.key = QLabel()
        self.key.setObjectName("keys")
        self.key.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.kept = QLabel(self.tr("kept"))
        self.kept.setObjectName("kept")
        self.kept.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.missing = QLabel()
        self.missing.setObjectName("missing")
        self.missing.setWordWrap(True)
        self.note = Note(self.tr("Note on candidate {}").format(letter))
        self.note.written.connect(lambda words: self.noted.emit(letter, words))
        self.note.left.connect(self.left)
        self.strip = Strip()
        self.bars = {name: Bar() for name, _ in MEASURES}
        self.words: dict[str, QLabel] = {}
        self.sentence = QLabel()
        self.sentence.setObjectName("sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumWidth(60)
        self.length = QLabel()
        self.length.setObjectName("figures")
        self.origin = QLabel()
        self.origin.setObjectName("origin")
        self.origin.setWordWrap(True)
        self.origin.setMinimumWidth(60)
        self.more = QToolButton()
        self.more.setObjectName("quiet")
        self.more.setText("⋯")
        self.more.setFixedSize(MORE_PX, MORE_PX)
        self.more.setAccessibleName(self.tr("What to do with candidate {letter}").format(letter=letter))
        self.more.clicked.connect(lambda: self.menu_wanted.emit(letter, self.more.mapToGlobal(QPoint(0, MORE_PX))))
        self._pressed_at: QPoint | None = None
        self._build()
        self.show_keys()

    def _build(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(6, 7, 8, 6)
        outer.setSpacing(8)
        self.name.setFixedWidth(28)
        self.name.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(self.name)
        side.addWidget(self.key)
        side.addWidget(self.kept)
        side.addStretch(1)
        side.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addLayout(side)
        inner = QVBoxLayout()
        inner.setSpacing(3)
        inner.addWidget(self.strip)
        inner.addWidget(self._measures())
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self.sentence, 1)
        last.addWidget(self.length, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(last)
        inner.addWidget(self.missing)
        inner.addWidget(self.origin)
        inner.addWidget(self.note)
        outer.addLayout(inner, 1)

    def _measures(self) -> QWidget:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for column, (name, word) in enumerate(MEASURES):
            label = QLabel(self.tr(word))
            label.setObjectName("measure")
            label.setFont(sans(11))
            self.words[name] = label
            grid.addWidget(label, 0, column)
            grid.addWidget(self.bars[name], 1, column)
            grid.setColumnStretch(column, 1)
        return row

    def show_keys(self) -> None:
        """What to press for it, with the keys in force."""
        number = ord(self.letter) - ord("A") + 1
        self.key.setText(key_of(f"candidate_{number}"))
        tip = self.tr("Press {key} to hear {letter} at the same place; double-click it to pick it")
        self.name.setToolTip(tip.format(key=key_of(f"candidate_{number}"), letter=self.letter))
        tip = self.tr("With {letter}: keep it ({keep}), note ({note}), more like it ({vary}), make a selection anew"
                      " ({anew}), sound like it ({reference_take}), trash ({trash})")  # fmt: skip
        self.more.setToolTip(with_keys(tip.replace("{letter}", self.letter)))

    def _show_beside(self, beside: Beside) -> None:
        self.origin.setText(beside.origin)
        self.origin.setVisible(bool(beside.origin))
        self.kept.setVisible(beside.kept)
        self.missing.setText(beside.missing)
        self.missing.setVisible(bool(beside.missing))
        self.note.show_note(beside.note)

    def show_candidate(
        self, candidate: Candidate, pyramid: Sequence[np.ndarray] | None, hidden: bool, beside: Beside = NOTHING_MORE
    ) -> None:
        """`hidden`: blind comparison, so that bars and sentence say nothing yet."""
        self.candidate = candidate
        self._show_beside(beside)
        self.strip.show_pyramid(pyramid)
        self.strip.show_region(_region(candidate.recipe))
        self.length.setText(in_words(candidate.length))
        card = ScoreCard() if hidden else candidate.card
        for name, word in MEASURES:
            score = card.score(name)
            self.bars[name].show_level(score.level if score else None)
            self.words[name].setToolTip("" if score is None else score.says)
            self.words[name].setText(self.tr(word))
        says = self.tr("hidden until you pick") if hidden else shortened(card.says, candidate.recipe.prompt)
        self._says = unbroken(says)
        self.sentence.setText(self._says)
        self.sentence.setToolTip("" if hidden else f"{card.says}\n{_everything(card)}".strip())
        self.setAccessibleName(self.tr("Candidate {letter}").format(letter=self.letter))
        spoken = says if hidden else f"{says}. {_everything(card)}"
        kept = self.tr("kept") if beside.kept else ""
        more = (beside.missing, beside.origin, kept, beside.note)
        self.setAccessibleDescription(". ".join(part for part in (spoken, *more) if part))

    def show_lit(self, lit: bool, playing: bool) -> None:
        if self.property("lit") != lit:
            self.setProperty("lit", lit)
            for widget in (self, self.name):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        if self.candidate is not None:
            self.sentence.setText(
                self.tr("{says} · playing").format(says=self._says) if lit and playing else self._says
            )

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self.pressed.emit(self.letter)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = self._pressed_at is not None and (event.position().toPoint() - self._pressed_at).manhattanLength()
        if self.candidate is None or not far or far < QApplication.startDragDistance():
            return
        self._pressed_at = None
        drag = QDrag(self)
        drag.setMimeData(self.as_file(self.candidate))
        drag.setPixmap(self.strip.grab())
        drag.exec(Qt.DropAction.CopyAction)

    @staticmethod
    def as_file(candidate: Candidate) -> QMimeData:
        """What a drag carries: the sound's own file, for this program or another."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(candidate.wav)])
        return data

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self.letter, event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.picked.emit(self.letter)


def _region(recipe: Recipe) -> tuple[float, float] | None:
    """What of the sound was made anew, as shares of its length."""
    if recipe.region is None or recipe.span.length <= 0:
        return None
    start, length = recipe.span.start, recipe.span.length
    return (recipe.region.start - start) / length, (recipe.region.end - start) / length


def unbroken(sentence: str) -> str:
    """The sentence with its figures bound to their units, so that no line ends between them."""
    return re.sub(r"(\d) (?=(?:s|ms|dB|%)(?!\w))", "\\1\N{NO-BREAK SPACE}", sentence)


def shortened(sentence: str, prompt: str) -> str:
    """A sentence that repeats a long prompt needs only its beginning."""
    if len(prompt) <= PROMPT_CHARS:
        return sentence
    return sentence.replace(prompt, f"{prompt[:PROMPT_CHARS].rsplit(' ', 1)[0].rstrip(' ,;')} …")


def _everything(card: ScoreCard) -> str:
    words = dict(MEASURES)
    return ", ".join(f"{words[s.name]} {round(100 * s.level)} %" for s in card.scores if s.name in words)

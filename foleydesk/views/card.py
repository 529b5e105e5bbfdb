"""One candidate: its letter, its spectrogram, three bars with their words, one sentence and its length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.spec import Candidate, ScoreCard
from foleydesk.views.look import sans, tone
from foleydesk.views.timecode import in_words
from foleydesk.views.timeline.sound import picture

MEASURES = (("semantic", "What"), ("temporal", "When"), ("perceptual", "Clean"))
"""Scores that have a bar, and the word beside it."""
GOOD, FAIR = 0.66, 0.4
"""Levels from which a bar is good, and fair."""
STRIP_PX = 30
PROMPT_CHARS = 26
"""More of a prompt is not repeated within a sentence."""


class Strip(QWidget):
    """A whole sound as a spectrogram, with the playhead while it plays."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._share: float | None = None
        self.setFixedHeight(STRIP_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, STRIP_PX)

    def show_pyramid(self, pyramid: Sequence[np.ndarray] | None) -> None:
        levels = next((level for level in pyramid if level.shape[1] <= 1200), pyramid[-1]) if pyramid else None
        self._image = picture(levels) if levels is not None and levels.shape[1] else None
        self.update()

    def show_share(self, share: float | None) -> None:
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tone("field"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), self._image)
        if self._share is not None and 0 <= self._share <= 1:
            painter.fillRect(QRectF(self._share * self.width() - 1, 0, 2, self.height()), tone("playhead"))


class Bar(QWidget):
    """A level from 0 to 1; without one, an empty trough."""

    def __init__(self) -> None:
        super().__init__()
        self._level: float | None = None
        self.setFixedHeight(4)

    def show_level(self, level: float | None) -> None:
        self._level = level
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone("trough"))
        painter.drawRoundedRect(self.rect(), 2, 2)
        if self._level is not None:
            painter.setBrush(tone("good" if self._level >= GOOD else "fair" if self._level >= FAIR else "poor"))
            wide = max(4.0, self.width() * min(1.0, self._level))
            painter.drawRoundedRect(QRectF(0, 0, wide, self.height()), 2, 2)


class CandidateCard(QFrame):
    """A press auditions it, a double press picks it."""

    pressed = Signal(str)
    picked = Signal(str)

    def __init__(self, letter: str, number: int) -> None:
        super().__init__()
        self.letter = letter
        self.candidate: Candidate | None = None
        self.setObjectName("candidate")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._says = ""
        self.name = QLabel(letter)
        self.name.setObjectName("letter")
        self.name.setToolTip(f"Press {number} to hear {letter} at the same place")
        self.strip = Strip()
        self.bars = {name: Bar() for name, _ in MEASURES}
        self.words: dict[str, QLabel] = {}
        self.sentence = QLabel()
        self.sentence.setObjectName("sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumWidth(60)
        self.length = QLabel()
        self.length.setObjectName("figures")
        self._build()

    def _build(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(6, 7, 8, 6)
        outer.setSpacing(8)
        self.name.setFixedWidth(28)
        self.name.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        outer.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout()
        inner.setSpacing(3)
        inner.addWidget(self.strip)
        inner.addWidget(self._measures())
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self.sentence, 1)
        last.addWidget(self.length, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(last)
        outer.addLayout(inner, 1)

    def _measures(self) -> QWidget:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for column, (name, word) in enumerate(MEASURES):
            label = QLabel(word)
            label.setObjectName("measure")
            label.setFont(sans(11))
            self.words[name] = label
            grid.addWidget(label, 0, column)
            grid.addWidget(self.bars[name], 1, column)
            grid.setColumnStretch(column, 1)
        return row

    def show_candidate(self, candidate: Candidate, pyramid: Sequence[np.ndarray] | None, hidden: bool) -> None:
        """`hidden`: blind comparison, so that bars and sentence say nothing yet."""
        self.candidate = candidate
        self.strip.show_pyramid(pyramid)
        self.length.setText(in_words(candidate.length))
        card = ScoreCard() if hidden else candidate.card
        for name, word in MEASURES:
            score = card.score(name)
            self.bars[name].show_level(score.level if score else None)
            self.words[name].setToolTip("" if score is None else score.says)
            self.words[name].setText(word)
        says = "hidden until you pick" if hidden else shortened(card.says, candidate.recipe.prompt)
        self._says = says
        self.sentence.setText(says)
        self.sentence.setToolTip("" if hidden else f"{card.says}\n{_everything(card)}".strip())
        self.setAccessibleName(f"Candidate {self.letter}")
        self.setAccessibleDescription(says if hidden else f"{says}. {_everything(card)}")

    def show_lit(self, lit: bool, playing: bool) -> None:
        if self.property("lit") != lit:
            self.setProperty("lit", lit)
            for widget in (self, self.name):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        if self.candidate is not None:
            self.sentence.setText(f"{self._says} · playing" if lit and playing else self._says)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.letter)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.picked.emit(self.letter)


def shortened(sentence: str, prompt: str) -> str:
    """A sentence that repeats a long prompt needs only its beginning."""
    if len(prompt) <= PROMPT_CHARS:
        return sentence
    return sentence.replace(prompt, f"{prompt[:PROMPT_CHARS].rsplit(' ', 1)[0].rstrip(' ,;')} …")


def _everything(card: ScoreCard) -> str:
    words = dict(MEASURES)
    return ", ".join(f"{words[s.name]} {round(100 * s.level)} %" for s in card.scores if s.name in words)

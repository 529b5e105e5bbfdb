"""What was made for the cue: cards A to D, or a plain word about why there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from engine.spec import Candidate
from foleydesk.views.card import Beside, CandidateCard
from foleydesk.views.nothing_made import nothing_made
from foleydesk.views.short import ShortLabel
from foleydesk.views.strip import HIGH_PX, LOW_PX
from foleydesk.views.teaching import teach, with_keys

ROOMY_PX = 500
"""From this height on four cards have room that say what they were made from."""
KEYS = "{keep} keep · {trash} trash · {note} note"


class CandidatesPanel(QWidget):
    """Shows candidates in the order of the comparison; asks to hear, to pick, and for blindness."""

    audition = Signal(str)
    pick = Signal(str)
    blind = Signal(bool)
    turned = Signal(int)
    """To an earlier batch (-1) or a later one (1)."""
    menu_wanted = Signal(str, QPoint)
    noted = Signal(str, str)
    """Something was written about a candidate."""
    left = Signal()
    """The hand goes back to the keys of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(270)
        self.setAccessibleName(self.tr("Candidates"))
        self.heading = ShortLabel(self.tr("Candidates"))
        self.heading.setObjectName("heading")
        self.blind_button = QPushButton()
        self.blind_button.setObjectName("quiet")
        self.blind_button.setCheckable(True)
        teach(
            self.blind_button,
            "blind",
            self.tr("Shuffle the letters, hide bars and sentences until the pick"),
            self.tr("Blind"),
        )
        self.blind_button.setAccessibleName(self.tr("Blind comparison"))
        self.blind_button.clicked.connect(self.blind)
        self.back = self._turner("‹", -1, self.tr("Earlier candidates of this cue"))
        self.on = self._turner("›", 1, self.tr("Later candidates of this cue"))
        self.place = QLabel()
        self.place.setObjectName("soft")
        self.nothing = QLabel()
        self.nothing.setObjectName("dim")
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(4, 4, 4, 4)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.keys = ShortLabel("")
        self.keys.setObjectName("keys")
        self.keys.setContentsMargins(12, 4, 8, 4)
        self.cards: list[CandidateCard] = []
        self._build()
        self.show_keys()
        self.say_nothing(nothing_made(None, None, False, False))

    def _turner(self, sign: str, by: int, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("quiet")
        button.setText(sign)
        teach(button, "batch_back" if by < 0 else "batch_on", tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self.turned.emit(by))
        return button

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(12, 4, 8, 4)
        top.addWidget(self.heading)
        top.addStretch(1)
        for widget in (self.back, self.place, self.on, self.blind_button):
            top.addWidget(widget)
        layout.addLayout(top)
        self._stack = QVBoxLayout()
        self._stack.setContentsMargins(8, 0, 8, 8)
        self._stack.setSpacing(6)
        self._stack.addWidget(self.nothing)
        self._stack.addStretch(1)
        inside = QWidget()
        inside.setLayout(self._stack)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        layout.addWidget(area, 1)
        layout.addWidget(self.keys)
        self._area = area

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Spectrograms are lower where four cards would not be seen whole."""
        for card in self.cards:
            card.strip.setFixedHeight(HIGH_PX if self.height() >= ROOMY_PX else LOW_PX)

    def show_keys(self) -> None:
        """What to press, with the keys in force."""
        self.keys.setText(with_keys(self.tr(KEYS)))
        for card in self.cards:
            card.show_keys()

    def write_note(self, letter: str) -> None:
        """Let a note on the candidate be written, on its card."""
        card = next((card for card in self.cards if card.letter == letter), None)
        if card is not None:
            card.note.write()
            self._area.ensureWidgetVisible(card, 0, 4)

    def show_candidates(
        self,
        title: str,
        shown: Sequence[tuple[str, Candidate, Sequence[np.ndarray] | None]],
        blind: bool,
        hidden: bool,
        besides: Mapping[str, Beside] | None = None,
    ) -> None:
        """`shown`: letter, candidate, pyramid of its levels. `hidden` while bars and sentences say nothing.

        `besides`: by letter, what else is to be said of a candidate.
        """
        self.heading.setText(title)
        self.blind_button.setChecked(blind)
        if [card.letter for card in self.cards] != [letter for letter, _, _ in shown]:
            self._deal([letter for letter, _, _ in shown])
        for card, (_, candidate, pyramid) in zip(self.cards, shown, strict=True):
            card.show_candidate(candidate, pyramid, hidden, (besides or {}).get(card.letter, Beside()))
        self.nothing.setVisible(not shown)
        self.keys.setVisible(bool(shown))

    def show_place(self, place: int, count: int) -> None:
        """Which batch of how many is shown; with one, there is nothing to turn to."""
        self.place.setText(f"{place}/{count}")
        self.place.setAccessibleName(self.tr("Batch {place} of {count}").format(place=place, count=count))
        self.back.setEnabled(place > 1)
        self.on.setEnabled(place < count)
        for widget in (self.back, self.place, self.on):
            widget.setVisible(count > 1)

    def say_nothing(self, why: str) -> None:
        """Why there are none, and what to press."""
        self.nothing.setText(why)

    def show_lit(self, letter: str | None, playing: bool, share: float | None) -> None:
        """`share` of the sound that has been played, for the card that is heard."""
        for card in self.cards:
            if card.letter == letter and not card.property("lit"):
                self._area.ensureWidgetVisible(card, 0, 4)
            card.show_lit(card.letter == letter, playing)
            card.strip.show_share(share if card.letter == letter else None)

    def _deal(self, letters: list[str]) -> None:
        for card in self.cards:
            self._stack.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [CandidateCard(letter) for letter in letters]
        for i, card in enumerate(self.cards):
            card.pressed.connect(self.audition)
            card.picked.connect(self.pick)
            card.menu_wanted.connect(self.menu_wanted)
            card.noted.connect(self.noted)
            card.left.connect(self.left)
            self._stack.insertWidget(i, card)
        self._share_out()

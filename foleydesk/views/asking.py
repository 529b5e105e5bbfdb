"""A question in its place, with a yes and a no: nothing opens over the work."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from engine.hub.licences import Licence
from foleydesk.views.look import TONES


class Question(QFrame):
    """Hidden until it is asked."""

    agreed = Signal()
    declined = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("question")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setOpenExternalLinks(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.yes = QPushButton()
        self.yes.setObjectName("next")
        self.no = QPushButton()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addLayout(row)
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self._decline)
        self.hide()

    def ask(self, html: str, yes: str, no: str) -> None:
        self.words.setText(html)
        self.yes.setText(yes)
        self.no.setText(no)
        self.show()
        self.yes.setFocus()

    def _agree(self) -> None:
        self.hide()
        self.agreed.emit()

    def _decline(self) -> None:
        self.hide()
        self.declined.emit()


def terms_in_words(what: str, terms: tuple[Licence, ...]) -> str:
    """Rich text: the terms, each with the page where all of it stands."""
    paragraphs = [f"<p style='margin:0 0 6px 0'>{escape(what)} comes under terms that are not free for every use:</p>"]
    for licence in terms:
        link = f"<a style='color:{TONES['accent']}' href='{escape(licence.url)}'>its whole text</a>"
        name = f"<b>{escape(licence.name)}</b>"
        paragraphs.append(f"<p style='margin:0 0 6px 0'>{name}. {escape(licence.says)} Here is {link}.</p>")
    return "".join(paragraphs)

"""What the program has to say, in one sentence, in nobody's way."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from foleydesk.views.look import draw
from foleydesk.views.teaching import say, teach
from foleydesk.views.wording import sentence_words

STAYS_MS = 8000
"""News goes by itself; a refusal stays until it is closed or another takes its place."""


class MessageBar(QWidget):
    """One sentence at a time; the word before it says what kind."""

    acted = Signal()
    wished = Signal(str)
    """The id of an action, where the button stands for one."""
    spoken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.mood = QLabel()
        self.mood.setObjectName("mood")
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = QPushButton()
        self.action.setObjectName("link")
        self.action.clicked.connect(self._act)
        self.action_id = ""
        """What the button does; empty where `acted` says so."""
        self.close_button = QToolButton()
        self.close_button.setObjectName("quiet")
        draw(self.close_button, "close")
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.close_button.setToolTip(self.tr("Close the message"))
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(10)
        row.addWidget(self.mood)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.action)
        row.addWidget(self.close_button)
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.setInterval(STAYS_MS)
        self._leave.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; empty while it is closed."""
        return "" if self.isHidden() else self.sentence.text()

    def refuse(self, sentence: str) -> None:
        """Something did not work, and this is what to do."""
        self._leave.stop()
        self._show(self.tr("That did not work"), sentence, "refuse", "")

    def miss(self, sentence: str, action: str, does: str) -> None:
        """Something is not there; the button with the words `action` does what the action `does` is for."""
        self._leave.stop()
        self._show(self.tr("Missing"), sentence, "refuse", action, does)

    def say(self, sentence: str, action: str = "") -> None:
        """Something happened that one may want to know."""
        self._show(self.tr("Note"), sentence, "say", action)
        if action:
            self._leave.stop()
        else:
            self._leave.start()

    def _act(self) -> None:
        if self.action_id:
            self.wished.emit(self.action_id)
        else:
            self.acted.emit()

    def _show(self, word: str, sentence: str, mood: str, action: str, does: str = "") -> None:
        self.action_id = does
        sentence = sentence_words(sentence)
        self.mood.setText(word)
        self.sentence.setText(sentence)
        self.action.setText(action)
        self.action.setToolTip(action)
        self.action.setVisible(bool(action))
        self.setProperty("mood", mood)
        self.setAccessibleName(f"{word}: {sentence}")
        for widget in (self, self.mood):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.show()
        self.spoken.emit()


class Hints(QWidget):
    """Three sentences for the first start, until they are closed; `{play}` in one is the key of that action."""

    closed = Signal()

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName("hints")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        self._labels: list[QLabel] = []
        for i, sentence in enumerate(sentences, 1):
            number = QLabel(str(i))
            number.setObjectName("number")
            label = QLabel()
            say(label, sentence)
            self._labels.append(label)
            label.setObjectName("hint")
            label.setWordWrap(True)
            row.addWidget(number, 0)
            row.addWidget(label, 1)
        shut = QToolButton()
        shut.setObjectName("quiet")
        draw(shut, "close")
        shut.setAccessibleName(self.tr("Close the hints"))
        teach(shut, "hints", self.tr("Close the hints"))
        shut.clicked.connect(self.hide)
        shut.clicked.connect(self.closed)
        row.addWidget(shut, 0, Qt.AlignmentFlag.AlignTop)

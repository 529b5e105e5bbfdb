"""One model in the list: what it is for, what it takes, how it stands, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from engine.hub.licences import Licence
from engine.hub.standing import State
from engine.spec import Progress
from foleydesk.studio.stocking import BUNDLED, OWN, ModelSight, figures, share
from foleydesk.views.asking import Question, terms_in_words
from foleydesk.views.look import TONES
from foleydesk.views.short import ShortLabel
from foleydesk.views.status import left_in_words

STATE_TONES = {
    BUNDLED: "good",
    OWN: "good",
    State.INSTALLED: "good",
    State.MISSING: "dim",
    State.PARTLY: "accent",
    State.DAMAGED: "poor",
}
"""The dot's colour; the word beside it says the same. Anything else is being done with it, and is the accent's."""


class ModelRow(QFrame):
    """Shows what it is told; every wish is a signal with the model's name."""

    get = Signal(str)
    verify = Signal(str)
    remove = Signal(str)
    cancel = Signal(str)
    accepted = Signal(str)

    def __init__(self, sight: ModelSight) -> None:
        super().__init__()
        self.setObjectName("model")
        self.name = sight.name
        self.sight = sight
        self.title = ShortLabel("")
        self.title.setObjectName("title")
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.RichText)
        self.about = QLabel()
        self.about.setObjectName("soft")
        self.about.setWordWrap(True)
        self.figures = QLabel()
        self.figures.setObjectName("dim")
        self.figures.setWordWrap(True)
        self.trouble = QLabel()
        self.trouble.setObjectName("trouble")
        self.trouble.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.words = ShortLabel("")
        self.words.setObjectName("soft")
        self.stop = QPushButton(self.tr("Cancel"))
        self.stop.setObjectName("quiet")
        self.stop.setToolTip(self.tr("Stop what is being done with this model"))
        self.stop.setAccessibleName(self.tr("Cancel"))
        self.stop.clicked.connect(lambda: self.cancel.emit(self.name))
        self.buttons = {
            "get": self._button(self.tr("Get …"), self.get, self.tr("Fetch its files; its terms are shown first")),
            "verify": self._button(self.tr("Verify"), self.verify, self.tr("Read every byte and compare it")),
            "remove": self._button(self.tr("Remove …"), None, self.tr("Take its files off this machine")),
        }
        self.buttons["remove"].clicked.connect(self._ask_removal)
        self.terms = Question()
        self.terms.agreed.connect(lambda: self.accepted.emit(self.name))
        self.removal = Question()
        self.removal.agreed.connect(lambda: self.remove.emit(self.name))
        self._build()
        self.show_sight(sight)
        self.show_busy(None)

    def _button(self, words: str, wish: object, tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(f"{words.rstrip(' …')} {self.name}")
        button.setToolTip(tip)
        if wish is not None:
            button.clicked.connect(lambda: wish.emit(self.name))  # type: ignore[attr-defined]
        return button

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.state)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(head)
        words.addWidget(self.about)
        words.addWidget(self.figures)
        words.addWidget(self.trouble)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in self.buttons.values():
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        going = QHBoxLayout()
        going.setSpacing(12)
        going.addWidget(self.bar, 1)
        going.addWidget(self.words, 2)
        going.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(row)
        column.addLayout(going)
        column.addWidget(self.terms)
        column.addWidget(self.removal)

    def show_sight(self, sight: ModelSight) -> None:
        self.sight = sight
        self.title.setText(sight.title)
        tone = TONES[STATE_TONES.get(sight.state, "accent")]
        self.state.setText(f"<span style='color:{tone}'>●</span>&nbsp; {sight.state}")
        self.about.setText(sight.about)
        self.figures.setText("  ·  ".join(part for part in (sight.size, sight.memory, sight.licence) if part))
        self.trouble.setText(sight.says)
        self.trouble.setVisible(bool(sight.says))
        self.buttons["get"].setText(self.tr("Get again") if sight.state == State.DAMAGED else self.tr("Get …"))
        can = {"get": sight.can_get, "verify": sight.can_verify, "remove": sight.can_remove}
        for name, button in self.buttons.items():
            button.setVisible(can[name])
        self.setAccessibleName(f"{sight.title}, {sight.state}, {self.figures.text()}")

    def show_busy(self, progress: Progress | None) -> None:
        """What is being done with this model; None when nothing is."""
        for widget in (self.bar, self.words, self.stop):
            widget.setVisible(progress is not None)
        for button in self.buttons.values():
            button.setEnabled(progress is None)
        if progress is None:
            return
        step, steps = share(progress)
        self.bar.setRange(0, steps)
        self.bar.setValue(step)
        # The stage comes last: it holds the name of a file, which may be too long for the row.
        parts = (figures(progress), left_in_words(progress.seconds_left), progress.stage)
        self.words.setText(" · ".join(part for part in parts if part))

    def ask_terms(self, terms: tuple[Licence, ...]) -> None:
        """Show them here; `accepted` says when they have been."""
        self.removal.hide()
        self.terms.ask(
            terms_in_words(self.sight.title, terms),
            self.tr("Accept and get {size}").format(size=self.sight.to_come),
            self.tr("Not now"),
        )

    def _ask_removal(self) -> None:
        self.terms.hide()
        self.removal.ask(
            self.tr("Remove {title} from this machine? It can be fetched again; what others need of it stays.").format(
                title=self.sight.title
            ),
            self.tr("Remove"),
            self.tr("Keep"),
        )

"""The models: which there are, what each takes, and how they come here and go. The work goes on beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from engine.hub.licences import Licence
from engine.spec import Progress
from foleydesk.studio.stocking import ModelSight, figures, share
from foleydesk.views.asking import Question, terms_in_words
from foleydesk.views.message import MessageBar
from foleydesk.views.model_row import ModelRow
from foleydesk.views.short import ShortLabel

WIDE, HIGH = 820, 640
ABOUT = "A model makes the sounds. Its files come from where its authors publish them, and stay on this machine."


class ModelsDialog(QDialog):
    """Not modal. Wishes carry the model's name."""

    get = Signal(str)
    verify = Signal(str)
    remove = Signal(str)
    cancel = Signal(str)
    accepted = Signal(str)
    import_wanted = Signal()
    import_cancelled = Signal()
    import_accepted = Signal()
    import_declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.setObjectName("models")
        self.rows: dict[str, ModelRow] = {}
        self.message = MessageBar()
        self.question = Question()
        self.question.agreed.connect(self.import_accepted)
        self.question.declined.connect(self.import_declined)
        self.import_button = QPushButton(self.tr("Import …"))
        self.import_button.setToolTip(
            self.tr("Take models from files that you have: MMAudio's or ComfyUI's folder, a hub's cache")
        )
        self.import_button.clicked.connect(self.import_wanted)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.words = ShortLabel("")
        self.words.setObjectName("soft")
        self.stop = QPushButton(self.tr("Cancel"))
        self.stop.setObjectName("quiet")
        self.stop.setToolTip(self.tr("Stop the import"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop.clicked.connect(self.import_cancelled)
        self._build()
        self.show_import(None)
        self.resize(WIDE, HIGH)

    def _build(self) -> None:
        about = QLabel(self.tr(ABOUT))
        about.setObjectName("soft")
        about.setWordWrap(True)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(16)
        head.addWidget(about, 1)
        head.addWidget(self.import_button)
        going = QHBoxLayout()
        going.setContentsMargins(16, 0, 16, 0)
        going.setSpacing(12)
        going.addWidget(self.bar, 1)
        going.addWidget(self.words, 2)
        going.addWidget(self.stop)
        self.list = QWidget()
        self.column = QVBoxLayout(self.list)
        self.column.setContentsMargins(16, 4, 16, 16)
        self.column.setSpacing(8)
        self.column.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(self.list)
        asking = QVBoxLayout()
        asking.setContentsMargins(16, 0, 16, 0)
        asking.addWidget(self.question)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addLayout(going)
        whole.addLayout(asking)
        whole.addWidget(self.scroll, 1)
        whole.addWidget(self.message)

    def show_models(self, sights: tuple[ModelSight, ...], busy: dict[str, Progress]) -> None:
        """Rows are kept as long as their models are there, so that a question in one stays open."""
        for name in [name for name in self.rows if name not in {sight.name for sight in sights}]:
            self.rows.pop(name).deleteLater()
        for place, sight in enumerate(sights):
            row = self.rows.get(sight.name)
            if row is None:
                row = self.rows[sight.name] = self._row(sight)
                self.column.insertWidget(place, row)
            row.show_sight(sight)
            row.show_busy(busy.get(sight.name))

    def _row(self, sight: ModelSight) -> ModelRow:
        row = ModelRow(sight)
        for mine, its in (
            (self.get, row.get), (self.verify, row.verify), (self.remove, row.remove), (self.cancel, row.cancel),
            (self.accepted, row.accepted),
        ):  # fmt: skip
            its.connect(mine)
        return row

    def show_busy(self, name: str, progress: Progress | None) -> None:
        if name in self.rows:
            self.rows[name].show_busy(progress)

    def show_import(self, progress: Progress | None) -> None:
        """How an import goes on; None when none does."""
        for widget in (self.bar, self.words, self.stop):
            widget.setVisible(progress is not None)
        self.import_button.setEnabled(progress is None)
        if progress is not None:
            step, steps = share(progress)
            self.bar.setRange(0, steps)
            self.bar.setValue(step)
            words = figures(progress)
            self.words.setText(f"{words} · {progress.stage}" if words else progress.stage)

    def ask_import(self, what: str, terms: tuple[Licence, ...]) -> None:
        """The terms of what was found in a folder."""
        self.question.ask(terms_in_words(what, terms), self.tr("Accept and import"), self.tr("Not now"))

    def go_to(self, name: str) -> None:
        """Bring a model's row into sight."""
        row = self.rows.get(name)
        if row is not None:
            self.list.adjustSize()
            self.scroll.ensureWidgetVisible(row, 0, 24)

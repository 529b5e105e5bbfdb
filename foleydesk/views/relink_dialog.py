"""Which files are missing, and a search for them. Not modal."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QProgressBar, QPushButton, QVBoxLayout, QWidget

from engine.spec import Progress
from foleydesk.storage.relink import Lost


class RelinkDialog(QDialog):
    """The user shall choose: `wanted` a folder to search, `file_wanted` the very file."""

    wanted = Signal()
    file_wanted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find missing files"))
        self.says = QLabel()
        self.says.setWordWrap(True)
        self.files = QListWidget()
        self.files.setAccessibleName(self.tr("Missing files"))
        self.files.setToolTip(self.tr("Where each file was when the project last saw it"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the search"))
        self.search = QPushButton(self.tr("Search a folder …"))
        self.search.setObjectName("next")
        self.search.setToolTip(self.tr("Everything below it is looked at; files are known by what they hold"))
        self.search.clicked.connect(self.wanted)
        self.file = QPushButton(self.tr("Choose the file …"))
        self.file.setToolTip(self.tr("Point at a single file: it is taken when it holds what is missing"))
        self.file.setAutoDefault(False)
        self.file.clicked.connect(self.file_wanted)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("End the search"))
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.cancelled)
        close = QPushButton(self.tr("Close"))
        close.setToolTip(self.tr("Leave them missing for now (Esc)"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.progress, 1)
        for button in (self.cancel, close, self.file, self.search):
            foot.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(self.says)
        whole.addWidget(self.files, 1)
        whole.addLayout(foot)
        self.resize(560, 320)

    def show_lost(self, lost: tuple[Lost, ...], running: bool, says: str = "") -> None:
        self.files.clear()
        self.files.addItems([one.path for one in lost])
        one, many = self.tr("One file is not where it was."), self.tr("{n} files are not where they were.")
        usual = (one if len(lost) == 1 else many.format(n=len(lost))) if lost else self.tr("Nothing is missing.")
        self.says.setText(says or usual)
        for button in (self.search, self.file):
            button.setEnabled(bool(lost) and not running)
        self.cancel.setVisible(running)
        self.progress.setVisible(running)
        if running:
            self.progress.setRange(0, 0)

    def show_progress(self, progress: Progress) -> None:
        self.progress.setRange(0, progress.steps)
        self.progress.setValue(progress.step)
        self.says.setText(self.tr("Looked at {n} of {all} files …").format(n=progress.step, all=progress.steps))

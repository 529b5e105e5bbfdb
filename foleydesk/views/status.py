"""What is being worked on, how long it takes, and how to end it; picks, device and loudness."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from foleydesk.views.short import ShortLabel
from foleydesk.views.teaching import teach
from foleydesk.views.timecode import left_in_words
from foleydesk.views.wording import sentence_words


class StatusRow(QWidget):
    """One row under everything."""

    cancel = Signal()
    train = Signal()
    jobs = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.job = ShortLabel(self.tr("Ready"))
        self.job.setObjectName("soft")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(150)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.cancel_button = QPushButton()
        teach(self.cancel_button, "cancel", self.tr("End what is being done"), self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel"))
        self.cancel_button.setObjectName("quiet")
        self.cancel_button.clicked.connect(self.cancel)
        self.jobs_button = QPushButton()
        self.jobs_button.setObjectName("quiet")
        self.jobs_button.setCheckable(True)
        self.jobs_button.setAccessibleName(self.tr("Jobs"))
        teach(self.jobs_button, "jobs", self.tr("What runs, what waits, and what came of the rest"))
        self.jobs_button.clicked.connect(self.jobs)
        self.show_jobs(0, False, 0)
        self.picks = QLabel()
        self.picks.setObjectName("soft")
        self.train_button = QPushButton(self.tr("Train"))
        self.train_button.setObjectName("link")
        teach(self.train_button, "train", self.tr("Teach an adapter from the picks"))
        self.train_button.setAccessibleName(self.tr("Train from picks"))
        self.train_button.clicked.connect(self.train)
        self.device = QLabel()
        self.device.setObjectName("figures")
        self.loudness = QLabel()
        self.loudness.setObjectName("figures")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 12, 3)
        row.setSpacing(12)
        row.addWidget(self.job)
        row.addWidget(self.progress)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        row.addWidget(self.jobs_button)
        for widget in (self.picks, self.train_button, self.device, self.loudness):
            row.addWidget(widget)
        self.setMinimumHeight(32)
        self.rest()

    def rest(self, words: str = "") -> None:
        """Nothing is being worked on."""
        self.job.setText(sentence_words(words) or self.tr("Ready"))
        self.progress.hide()
        self.cancel_button.hide()

    def work(
        self, title: str, step: int, steps: int, seconds_left: float | None, waiting: int = 0, counted: bool = True
    ) -> None:
        counting = self.tr("step {step} of {steps}").format(step=step, steps=steps) if counted and steps > 1 else ""
        parts = [title, counting, left_in_words(seconds_left)]
        parts.append(self.tr("{n} waiting").format(n=waiting) if waiting else "")
        words = " · ".join(part for part in parts if part)
        self.job.setText(words)
        self.progress.setRange(0, max(0, steps))
        self.progress.setValue(step)
        self.progress.show()
        self.cancel_button.show()

    def show_jobs(self, left: int, paused: bool, failed: int) -> None:
        """How many run or wait, whether those that wait are held, and how many have failed."""
        words = self.tr("Jobs {n}").format(n=left) if left else self.tr("Jobs")
        parts = (words, self.tr("paused") if paused else "", self.tr("{n} failed").format(n=failed) if failed else "")
        self.jobs_button.setText(" · ".join(part for part in parts if part))

    def show_picks(self, fresh: int, trainable: bool) -> None:
        one, many = self.tr("1 pick since last training ·"), self.tr("{n} picks since last training ·")
        self.picks.setText(one if fresh == 1 else many.format(n=fresh))
        self.train_button.setEnabled(trainable)

    def show_device(self, words: str) -> None:
        self.device.setText(words)
        self.device.setVisible(bool(words))

    def show_loudness(self, words: str) -> None:
        self.loudness.setText(words)
        self.loudness.setVisible(bool(words))

"""What is being worked on, how long it takes, and how to end it; picks, device and loudness."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from foleydesk.views.short import ShortLabel
from foleydesk.views.timecode import left_in_words


class StatusRow(QWidget):
    """One row under everything."""

    cancel = Signal()
    train = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.job = ShortLabel("Ready")
        self.job.setObjectName("soft")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(150)
        self.progress.setAccessibleName("Progress")
        self.cancel_button = QPushButton("Cancel  Esc")
        self.cancel_button.setObjectName("quiet")
        self.cancel_button.clicked.connect(self.cancel)
        self.picks = QLabel()
        self.picks.setObjectName("soft")
        self.train_button = QPushButton("Train")
        self.train_button.setObjectName("link")
        self.train_button.setToolTip("Teach an adapter from the picks")
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
        for widget in (self.picks, self.train_button, self.device, self.loudness):
            row.addWidget(widget)
        self.setMinimumHeight(32)
        self.rest()

    def rest(self, words: str = "Ready") -> None:
        """Nothing is being worked on."""
        self.job.setText(words)
        self.progress.hide()
        self.cancel_button.hide()

    def work(
        self, title: str, step: int, steps: int, seconds_left: float | None, waiting: int = 0, counted: bool = True
    ) -> None:
        counting = f"step {step} of {steps}" if counted and steps > 1 else ""
        parts = [title, counting, left_in_words(seconds_left)]
        parts.append(f"{waiting} waiting" if waiting else "")
        words = " · ".join(part for part in parts if part)
        self.job.setText(words)
        self.progress.setRange(0, max(0, steps))
        self.progress.setValue(step)
        self.progress.show()
        self.cancel_button.show()

    def show_picks(self, fresh: int, trainable: bool) -> None:
        word = "pick" if fresh == 1 else "picks"
        self.picks.setText(f"{fresh} {word} since last training ·")
        self.train_button.setEnabled(trainable)

    def show_device(self, words: str) -> None:
        self.device.setText(words)
        self.device.setVisible(bool(words))

    def show_loudness(self, words: str) -> None:
        self.loudness.setText(words)
        self.loudness.setVisible(bool(words))

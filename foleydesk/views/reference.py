"""The inspector's row for the sound that a cue should sound like."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from foleydesk.views.look import draw
from foleydesk.views.teaching import teach, with_keys

EMPTY = "choose or drop a sound …"
CAN = "A sound file that the candidates should sound like: choose one ({reference}), or drop a file or a candidate here"
SIDE_PX = 24


class ReferenceField(QWidget):
    """Names the file; plays it, clears it, and takes what is dropped on it."""

    wanted = Signal()
    dropped = Signal(str)
    heard = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._says = self.tr(EMPTY)
        self.name = QPushButton()
        self.name.setObjectName("field")
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.name.clicked.connect(self.wanted)
        self.play = self._button("play", "reference_hear", self.tr("Hear the reference sound"))
        self.play.clicked.connect(self.heard)
        self.clear = self._button("close", "reference_clear", self.tr("Clear the reference sound"))
        self.clear.clicked.connect(self.cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.name, 1)
        row.addWidget(self.play)
        row.addWidget(self.clear)
        self.show_reference("", "", False)

    @staticmethod
    def _button(drawing: str, action: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("quiet")
        draw(button, drawing)
        button.setIconSize(QSize(12, 12))
        button.setFixedSize(SIDE_PX, SIDE_PX)
        teach(button, action, tip)
        button.setAccessibleName(tip)
        return button

    def show_reference(self, path: str, why_not: str, there: bool, name: str = "") -> None:
        """`path` may be empty; `why_not` says why it cannot be followed; `there`: a cue is chosen.

        `name`: what to call it, if not by its file.
        """
        missing = bool(path) and not Path(path).is_file()
        self._says = f"{name or Path(path).name}{self.tr(' · missing') if missing else ''}" if path else self.tr(EMPTY)
        usable = there and not why_not
        self.name.setEnabled(usable)
        self.play.setVisible(bool(path))
        self.play.setEnabled(not missing)
        self.clear.setVisible(bool(path))
        can = with_keys(self.tr(CAN))
        gone = self.tr("{path} is missing: put it back, or choose it again").format(path=path)
        what = f"{gone}\n{can}" if missing else f"{path}\n{can}".strip()
        self.name.setToolTip(
            why_not or (what if there else self.tr("Choose a cue first; a reference sound belongs to it"))
        )
        self.name.setAccessibleName(self.tr("Reference sound"))
        self.name.setAccessibleDescription(why_not or self._says)
        self._fit()

    def show_playing(self, playing: bool) -> None:
        draw(self.play, "pause" if playing else "play")

    def _fit(self) -> None:
        room = max(24, self.name.width() - 10)
        words = QFontMetrics(self.name.font()).elidedText(self._says, Qt.TextElideMode.ElideRight, room)
        self.name.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.name.isEnabled() and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and self.name.isEnabled():
            event.acceptProposedAction()
            self.dropped.emit(paths[0])

"""A note: read as a paragraph, as long as it may be, and written in a line in its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget


class Note(QWidget):
    """Takes no room while there is none. A press on it writes on; Enter keeps what is written, Esc what was."""

    written = Signal(str)
    left = Signal()
    """The hand goes back to the keys of the window."""

    def __init__(self, name: str) -> None:
        """`name`: what the note is called for those who cannot see it."""
        super().__init__()
        self.words = QLabel()
        self.words.setObjectName("note")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setMinimumWidth(60)
        self.words.setToolTip(self.tr("Press to change the note"))
        self.words.setCursor(Qt.CursorShape.IBeamCursor)
        self.field = QLineEdit()
        self.field.setObjectName("inline")
        self.field.setPlaceholderText(self.tr("What is there to say about it?"))
        self.field.setAccessibleName(name)
        self.field.setToolTip(name)
        self.field.editingFinished.connect(self._finish)
        self.field.returnPressed.connect(self.left)
        for part in (self.words, self.field):
            part.installEventFilter(self)
            part.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self.field)
        self.hide()

    @property
    def text(self) -> str:
        return self.words.text()

    def show_note(self, words: str) -> None:
        """What is kept; what is being written stays as it is."""
        self.words.setText(words)
        if not self.field.hasFocus():
            self._read()

    def write(self) -> None:
        self.field.setText(self.text)
        self.words.hide()
        self.field.show()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _read(self) -> None:
        self.field.hide()
        self.words.setVisible(bool(self.text))
        self.setVisible(bool(self.text))

    def _finish(self) -> None:
        if self.field.isHidden():
            return
        words = self.field.text().strip()
        changed = words != self.text
        self.words.setText(words)
        self._read()
        if changed:
            self.written.emit(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.words and event.type() == QEvent.Type.MouseButtonPress:
            self.write()
            return True
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            key: QKeyEvent = event  # type: ignore[assignment]
            if key.key() == Qt.Key.Key_Escape:
                self.field.setText(self.text)
                self._read()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

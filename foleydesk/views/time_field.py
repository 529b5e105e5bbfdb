"""Where the playhead is, and where it shall go: a time code, frames or seconds can be typed over it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from foleydesk.views.look import mono
from foleydesk.views.teaching import teach

NOWHERE = "--:--:--:--"
CODE_PX = 14
WIDEST = "-00:00:00:000"


class TimeField(QLineEdit):
    """Shows what it is given, except while it is being written in."""

    sought = Signal(str)
    left = Signal()
    """The hand goes back to the keys of the window."""

    def __init__(self) -> None:
        super().__init__(NOWHERE)
        self.setObjectName("timecode")
        self.setFont(mono(CODE_PX))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(WIDEST) + 24)
        self.setMaximumWidth(self.minimumWidth())
        self.setAccessibleName(self.tr("Playhead"))
        teach(self, "go_to", self.tr("Where the playhead is; type a time code, 53f or 2.5 s to go there"))
        self._shown = NOWHERE
        self.returnPressed.connect(self._go)

    def show_code(self, code: str) -> None:
        self._shown = code
        if not self.hasFocus() and self.text() != code:
            self.setText(code)

    def begin(self) -> None:
        """Write over all of it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _go(self) -> None:
        words = self.text().strip()
        self.left.emit()
        if words and words != self._shown:
            self.sought.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setText(self._shown)
        self.deselect()

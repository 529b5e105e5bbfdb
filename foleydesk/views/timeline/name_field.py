"""A name that is written where it stands: Enter keeps it, Escape leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

HIGH, LEAST_WIDE = 26, 120


class NameField(QLineEdit):
    """Hidden until `open_at`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Name"))
        self._done: Callable[[str], None] | None = None
        self.hide()

    def open_at(self, where: QRect, name: str, done: Callable[[str], None]) -> None:
        """`done` is called with the new name, once, where it differs and is none of nothing."""
        self._done, self._name = done, name
        self.setText(name)
        wide = max(LEAST_WIDE, where.width())
        parent = self.parentWidget()
        left = min(where.left(), max(0, parent.width() - wide))
        self.setGeometry(left, where.center().y() - HIGH // 2, min(wide, parent.width()), HIGH)
        self.show()
        self.raise_()
        self.setFocus()
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close(keep=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._close(keep=False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close(keep=event.reason() != Qt.FocusReason.PopupFocusReason)

    def _close(self, keep: bool) -> None:
        done, self._done = self._done, None
        if done is None:
            return
        name = self.text().strip()
        self.hide()
        self.parentWidget().setFocus()
        if keep and name != self._name:
            done(name)

"""The history: every step by name, those that were undone below the place where one is; a click goes there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from foleydesk.views.drawer import DrawerPanel
from foleydesk.views.look import tone
from foleydesk.views.wording import edit_words


class HistoryList(QListWidget):
    """Arrows walk here, Enter goes there."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            key: QKeyEvent = event  # type: ignore[assignment]
            own = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if key.key() in own and not key.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.accept()
                return True
        return super().event(event)


class HistoryPanel(DrawerPanel):
    """`wanted`: how many steps shall be done."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.name(self.tr("History"), "history")
        self.setMinimumWidth(180)
        self.list = HistoryList()
        self.list.setAccessibleName(self.tr("History of edits"))
        self.list.setToolTip(self.tr("Click a step, or press Enter on it, to go back to it or on to it"))
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        self.tools.addStretch(1)
        self.body.addWidget(self.list, 1)

    def show_history(self, steps: tuple[str, ...], place: int) -> None:
        """`place`: how many of the steps are done."""
        words = (self.tr("As it was opened"), *(edit_words(step) for step in steps))
        self.list.blockSignals(True)
        if [self.list.item(i).text() for i in range(self.list.count())] != list(words):
            self.list.clear()
            self.list.addItems(words)
        for i in range(self.list.count()):
            self._tell(self.list.item(i), i, place)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self.list.scrollToItem(self.list.currentItem())

    def begin(self) -> None:
        self.list.setFocus()

    def _tell(self, item: QListWidgetItem, i: int, place: int) -> None:
        undone = i > place
        font = item.font()
        font.setItalic(undone)
        item.setFont(font)
        item.setForeground(tone("dim" if undone else "text"))
        now = self.tr("you are here") if i == place else self.tr("undone") if undone else self.tr("done")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {now}")
        item.setToolTip(f"{item.text()} · {now}")

    def _go(self, item: QListWidgetItem) -> None:
        self.wanted.emit(self.list.row(item))

"""Every command by name: a few letters find it, Enter does it, and what cannot be done now says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from foleydesk.actions import ACTIONS
from foleydesk.views.look import tone
from foleydesk.views.reasons import why_not
from foleydesk.views.teaching import key_of
from foleydesk.views.wording import menu_words, words_of

if TYPE_CHECKING:
    from foleydesk.views.handlers import Handlers

WIDE, HIGH = 620, 420
START, TOGETHER, APART = 8, 4, 1
"""What a letter that is found is worth: where a word begins, behind the one before, anywhere."""


@dataclass(frozen=True)
class Command:
    """An action as the palette shows it. `reason` says why it cannot be done now; empty when it can."""

    id: str
    words: str
    menu: str
    keys: str
    can: bool
    reason: str


def likeness(typed: str, words: str) -> int | None:
    """How well `typed` finds `words`: its letters must be there in order. None where they are not."""
    sought, text = "".join(typed.casefold().split()), words.casefold()
    if not sought:
        return 0
    begin = text.find(typed.casefold().strip())
    found = 0 if begin < 0 else len(sought) * START + (START if begin == 0 or text[begin - 1] == " " else 0)
    at, last, worth = 0, -2, 0
    for letter in sought:
        here = text.find(letter, at)
        starts = next((i for i in range(at, len(text)) if text[i] == letter and (i == 0 or text[i - 1] in " (:")), -1)
        if here != last + 1 and starts >= 0:
            here = starts
        if here < 0:
            return found or None
        worth += START if here == 0 or text[here - 1] in " (:" else TOGETHER if here == last + 1 else APART
        at, last = here + 1, here
    return max(found, worth) + (1 if begin == 0 else 0)


def found(typed: str, commands: tuple[Command, ...]) -> list[Command]:
    """Those that `typed` finds, the likeliest first; of those as like, what can be done goes first."""
    worth = {one.id: likeness(typed, f"{one.words} {one.menu}") for one in commands}
    left = [one for one in commands if worth[one.id] is not None]
    return sorted(left, key=lambda one: (-(worth[one.id] or 0), bool(typed) and not one.can))


def _command(name: str, menu: str, handlers: Handlers) -> Command:
    can = handlers.can(name)
    return Command(name, words_of(name), menu_words(menu), key_of(name), can, "" if can else why_not(handlers, name))


class Palette(QFrame):
    """Opens over the window and goes when something else is pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setAccessibleName(self.tr("Commands"))
        self.commands: tuple[Command, ...] = ()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Find a command"))
        self.field.setToolTip(self.tr("A few letters of a command's name"))
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setColumnCount(3)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Commands that were found"))
        self.list.setToolTip(self.tr("Enter or a click does it"))
        self.list.itemClicked.connect(lambda item: self._do(item))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)

    def open_over(self, window: QWidget, handlers: Handlers) -> None:
        """Show every command as it stands now."""
        self.commands = tuple(_command(one.id, one.menu, handlers) for one in ACTIONS if one.id != "palette")
        self.resize(min(WIDE, window.width() - 40), min(HIGH, window.height() - 80))
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 60)))
        self.field.clear()
        self._find("")
        self.show()
        self.field.setFocus()

    def _find(self, typed: str) -> None:
        self.list.clear()
        for one in found(typed, self.commands):
            beside = one.menu if one.can or not one.reason else f"{one.menu} · {one.reason}"
            item = QTreeWidgetItem(self.list, [one.words, beside, one.keys])
            item.setData(0, Qt.ItemDataRole.UserRole, one.id)
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            ink = QColor(tone("text" if one.can else "dim"))
            for column in range(3):
                item.setForeground(column, ink if column == 0 else tone("dim"))
                item.setToolTip(column, one.reason or one.words)
            if not one.can:
                font = item.font(0)
                font.setItalic(True)
                item.setFont(0, font)
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, self.tr("{words}, not now").format(words=one.words))
        if self.list.topLevelItemCount():
            self.list.setCurrentItem(self.list.topLevelItem(0))
        self._share_out()

    def _share_out(self) -> None:
        room = self.list.viewport().width()
        keys = max((self.list.sizeHintForColumn(2), 60))
        self.list.setColumnWidth(2, keys)
        self.list.setColumnWidth(0, round((room - keys) * 0.54))
        self.list.setColumnWidth(1, room - keys - self.list.columnWidth(0))

    def showEvent(self, event: object) -> None:
        self._share_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            by = steps.get(Qt.Key(event.key()), 0)
            count = self.list.topLevelItemCount()
            if by and count:
                here = self.list.indexOfTopLevelItem(self.list.currentItem())
                self.list.setCurrentItem(self.list.topLevelItem(max(0, min(count - 1, here + by))))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _do(self, item: QTreeWidgetItem | None) -> None:
        """What cannot be done now stays in the list, with its reason."""
        command = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        if any(one.id == command and one.can for one in self.commands):
            self.hide()
            self.chosen.emit(command)

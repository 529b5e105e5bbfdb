"""Every command's keys: another editor's habits as a preset, keys of one's own over it, and what clashes is said."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.spec import Refused
from foleydesk.actions import MENUS, of_menu
from foleydesk.shortcuts import OURS, PRESETS, OwnKeys, Taken, keys_in_force, portable, reset, with_keys
from foleydesk.views.palette import likeness
from foleydesk.views.teaching import native
from foleydesk.views.wording import menu_words, words_of

WIDE, HIGH = 720, 560
NAME = Qt.ItemDataRole.UserRole


class ShortcutEditor(QDialog):
    """Not modal. `said` carries the preset and the user's own keys; they hold at once."""

    said = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setObjectName("preferences")
        self._preset = OURS
        self._own: tuple[OwnKeys, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search a command or a key"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setToolTip(self.tr("A few letters of a command, or its key"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.preset = QComboBox()
        self.preset.addItems(list(PRESETS))
        self.preset.setAccessibleName(self.tr("Preset"))
        self.preset.setToolTip(self.tr("The habits of another editor; keys of your own stay"))
        self.preset.activated.connect(self._take_preset)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([self.tr("Command"), self.tr("Keys"), ""])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.tr("Commands and their keys"))
        self.list.setToolTip(self.tr("Choose a command, then press its new keys below"))
        self.list.currentItemChanged.connect(lambda now, before: self._show_chosen())
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setAccessibleName(self.tr("New keys"))
        self.keys.setToolTip(self.tr("Press the keys that the command should have"))
        for field in self.keys.findChildren(QLineEdit):
            field.setAccessibleName(self.keys.accessibleName())
            field.setToolTip(self.keys.toolTip())
            field.setPlaceholderText(self.tr("Press keys"))
        self.keys.editingFinished.connect(self._show_taken)
        self.keys.keySequenceChanged.connect(self._show_taken)
        self.take = self._button(self.tr("Use"), self.tr("Give these keys to the command"), self._take)
        self.add = self._button(self.tr("Add"), self.tr("Give the command these keys too"), self._add)
        self.none = self._button(self.tr("No keys"), self.tr("Take the command's keys away"), self._take_away)
        self.one = self._button(self.tr("Reset"), self.tr("The command's keys as the preset has them"), self._reset_one)
        self.all = self._button(self.tr("Reset all"), self.tr("Forget all keys of your own"), self._reset_all)
        self.chosen = QLabel()
        self.chosen.setObjectName("soft")
        self.trouble = QLabel()
        self.trouble.setObjectName("trouble")
        self.trouble.setWordWrap(True)
        self._build()
        self._fill()
        self.resize(WIDE, HIGH)

    def _button(self, words: str, tip: str, does: object) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(tip)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        button.clicked.connect(does)
        return button

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        word = QLabel(self.tr("Preset"))
        word.setObjectName("soft")
        word.setBuddy(self.preset)
        top.addWidget(word)
        top.addWidget(self.preset)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.keys, 1)
        for button in (self.take, self.add, self.none, self.one):
            row.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.trouble, 1)
        foot.addWidget(self.all)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.chosen)
        whole.addLayout(row)
        whole.addLayout(foot)

    def _fill(self) -> None:
        for menu in MENUS:
            head = QTreeWidgetItem(self.list, [menu_words(menu)])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setFirstColumnSpanned(True)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            for one in of_menu(menu):
                item = QTreeWidgetItem(head, [words_of(one.id)])
                item.setData(0, NAME, one.id)
            head.setExpanded(True)
        self.list.setItemsExpandable(False)
        self.list.setColumnWidth(0, 330)
        self.list.setColumnWidth(1, 210)

    def show_keys(self, preset: str, own: tuple[OwnKeys, ...]) -> None:
        """What is in force now."""
        self._preset, self._own = preset, own
        self.preset.setCurrentText(preset if preset in PRESETS else OURS)
        now, mine = keys_in_force(preset, own), {one.action for one in own}
        for item in self._items():
            name = item.data(0, NAME)
            item.setText(1, " · ".join(native(key) for key in now[name]))
            item.setText(2, self.tr("changed") if name in mine else "")
        self.all.setEnabled(bool(own))
        self._show_chosen()
        self._filter(self.search.text())

    def choose(self, action_id: str) -> None:
        """Select a command's row."""
        item = next((item for item in self._items() if item.data(0, NAME) == action_id), None)
        if item is not None:
            self.list.setCurrentItem(item)
            self.list.scrollToItem(item)

    def _items(self) -> list[QTreeWidgetItem]:
        heads = [self.list.topLevelItem(i) for i in range(self.list.topLevelItemCount())]
        return [head.child(i) for head in heads if head is not None for i in range(head.childCount())]

    def _chosen(self) -> str:
        item = self.list.currentItem()
        return str(item.data(0, NAME) or "") if item is not None else ""

    def _typed(self) -> str:
        return portable(self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    def _show_chosen(self) -> None:
        name = self._chosen()
        self.keys.blockSignals(True)
        self.keys.clear()
        self.keys.blockSignals(False)
        self.chosen.setText(
            self.tr("New keys for “{words}”").format(words=words_of(name)) if name else self.tr("No command is chosen.")
        )
        self.trouble.setText("")
        self.keys.setEnabled(bool(name))
        self.none.setEnabled(bool(name) and bool(keys_in_force(self._preset, self._own)[name]))
        self.one.setEnabled(any(one.action == name for one in self._own))
        self.take.setEnabled(False)
        self.add.setEnabled(False)

    def _show_taken(self) -> None:
        """Whose the pressed keys are already, before they are taken."""
        typed, name = self._typed(), self._chosen()
        self.trouble.setText("")
        if typed and name:
            self._try(typed)
        free = bool(typed) and not self.trouble.text()
        self.take.setEnabled(free)
        self.add.setEnabled(free and bool(keys_in_force(self._preset, self._own)[name]))

    def _try(self, *keys: str) -> tuple[OwnKeys, ...] | None:
        try:
            return with_keys(self._preset, self._own, self._chosen(), keys)
        except Refused as refusal:
            self.trouble.setText(self._in_words(refusal))
            return None

    def _take(self) -> None:
        if self._typed():
            self._say(self._try(self._typed()))

    def _add(self) -> None:
        now = keys_in_force(self._preset, self._own)[self._chosen()]
        if self._typed():
            self._say(self._try(*now, self._typed()))

    def _take_away(self) -> None:
        self._say(self._try())

    def _reset_one(self) -> None:
        try:
            self._say(reset(self._preset, self._own, self._chosen()))
        except Refused as refusal:
            self.trouble.setText(self._in_words(refusal))

    def _in_words(self, refusal: Refused) -> str:
        """A clash in the language of the window."""
        if not isinstance(refusal, Taken):
            return self.tr("Tab moves between the controls; choose another key.")
        already = self.tr("{key} is “{words}” already; give that another key first.")
        now = self.tr("{key} is “{words}” now; change or reset that first.")
        return (now if refusal.now else already).format(key=native(refusal.key), words=words_of(refusal.other))

    def _reset_all(self) -> None:
        self._say(())

    def _take_preset(self) -> None:
        self._preset = self.preset.currentText()
        self._say(self._own)

    def _say(self, own: tuple[OwnKeys, ...] | None) -> None:
        if own is not None:
            self.show_keys(self._preset, own)
            self.said.emit(self._preset, own)

    def _filter(self, typed: str) -> None:
        """By letters of the command, or by a key as it is written."""
        for item in self._items():
            keys = item.text(1).casefold().split(" · ")
            item.setHidden(likeness(typed, item.text(0)) is None and typed.casefold().strip() not in keys)
        for i in range(self.list.topLevelItemCount()):
            head = self.list.topLevelItem(i)
            assert head is not None
            head.setHidden(all(head.child(j).isHidden() for j in range(head.childCount())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the search goes to the list rather than closing anything."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)

"""Menus and keys from the list of actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from foleydesk.actions import MENUS, of_menu
from foleydesk.shortcuts import Keys
from foleydesk.views.wording import menu_words, words_of

if TYPE_CHECKING:
    from foleydesk.views.handlers import Handlers
    from foleydesk.views.main_window import MainWindow


class Menus:
    """One QAction an entry, on the window, so that its keys work wherever the hand is."""

    def __init__(self, window: MainWindow, handlers: Handlers) -> None:
        self.window, self.handlers = window, handlers
        self.actions: dict[str, QAction] = {}
        self._held = 0
        self.recent = QMenu(QCoreApplication.translate("Menu", "Open recent"), window)
        self.recent.setToolTipsVisible(True)
        for title in MENUS:
            menu = window.header.menus.addMenu(menu_words(title))
            for entry in of_menu(title):
                if entry.rule:
                    menu.addSeparator()
                if entry.id == "open_demo":
                    menu.addMenu(self.recent)
                action = QAction(words_of(entry.id), window)
                action.setCheckable(entry.checkable)
                action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
                action.triggered.connect(lambda _=False, name=entry.id: handlers.do(name))
                menu.addAction(action)
                window.addAction(action)
                self.actions[entry.id] = action

    def use_keys(self, keys: Keys) -> None:
        """These are the keys from now on."""
        for name, action in self.actions.items():
            action.setShortcuts([QKeySequence(key) for key in keys.get(name, ())])

    def show_recent(self, projects: tuple[str, ...]) -> None:
        """The projects opened last, the newest first; of two of one name, where they lie."""
        self.recent.clear()
        names = [Path(path).name for path in projects]
        for path, name in zip(projects, names, strict=True):
            twin = names.count(name) > 1
            action = self.recent.addAction(f"{name}  ·  {Path(path).parent.name}" if twin else name)
            action.setToolTip(path)
            action.triggered.connect(lambda _=False, path=path: self.handlers.open_path(Path(path)))
        self.recent.addSeparator()
        forget = self.recent.addAction(QCoreApplication.translate("Menu", "Forget these"))
        forget.triggered.connect(lambda: self.window.settling.forget_recent())
        self.recent.setEnabled(bool(projects))

    def check(self, action_id: str, on: bool) -> None:
        self.actions[action_id].setChecked(on)

    @contextmanager
    def at_the_end(self) -> Iterator[None]:
        """Of everything that asks for `refresh` within this block, one is done, when all is shown."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
        self.refresh()

    def refresh(self) -> None:
        """Grey out what would do nothing now."""
        if self._held:
            return
        for name, action in self.actions.items():
            action.setEnabled(self.handlers.can(name))
        undo, redo = self.handlers.undo_words()
        self.actions["undo"].setText(undo)
        self.actions["redo"].setText(redo)

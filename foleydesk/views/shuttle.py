"""The shuttle's middle key: whether it is held down, which a shortcut cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow

KEYS = ("shuttle_back", "shuttle_stop", "shuttle_on")


class Shuttle(QObject):
    """Listens to the keys of the window: with the middle one held, the others play for as long as they are held too."""

    ended = Signal()
    """A key of two that were held together has been let go."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.held = False
        self._jogs = False
        self._actions = {name: window.menus.actions[name] for name in KEYS}
        for action in self._actions.values():
            action.setAutoRepeat(False)
        window.installEventFilter(self)

    def jog(self) -> None:
        """It plays for as long as both keys are held."""
        self._jogs = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            self.held = self.held or self._named(event) == "shuttle_stop"
        elif event.type() == QEvent.Type.KeyRelease:
            self._released(self._named(event))
        elif event.type() == QEvent.Type.WindowDeactivate:
            self._released("shuttle_stop")
        return False

    def _named(self, event: QEvent) -> str:
        """The action whose key it is; nothing while a key that is held repeats itself."""
        key: QKeyEvent = event  # type: ignore[assignment]
        if key.isAutoRepeat():
            return ""
        pressed = QKeySequence(key.keyCombination())
        return next((name for name, action in self._actions.items() if pressed in action.shortcuts()), "")

    def _released(self, name: str) -> None:
        if name == "shuttle_stop":
            self.held = False
        if name and self._jogs:
            self._jogs = False
            self.ended.emit()

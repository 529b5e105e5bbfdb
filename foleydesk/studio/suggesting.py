"""Prompts for what is seen, thought of while nobody waits: asked for once, kept, and never in the way."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from engine.spec import Span, Suggestion
from foleydesk.document.project import Media
from foleydesk.studio.making import Making

QUIET_MS = 400
"""A span that is still being dragged is not looked at."""
MOST = 3
"""More prompts than this are not read at a glance."""


class Suggesting(QObject):
    """What might be heard in a stretch of picture, by model. `found` says that there is something new to show."""

    found = Signal()

    def __init__(self, parent: QObject, making: Making) -> None:
        super().__init__(parent)
        self._making = making
        self._known: dict[str, tuple[Suggestion, ...]] = {}
        self._wish: tuple[str, str, Span, str] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(QUIET_MS)
        self._soon.timeout.connect(self._ask)
        making.suggested.connect(self._keep)

    def of(self, media: Media, span: Span, model: str) -> tuple[Suggestion, ...]:
        """What is known by now; where nothing is, it is looked for soon."""
        name = f"{media.hash} {span.start} {span.end} {model}"
        if name not in self._known:
            self._want(name, media.path, span, model)
            return ()
        self.leave()
        return self._known[name]

    def leave(self) -> None:
        """Nobody wants to know any more."""
        self._wish = None
        self._soon.stop()

    def _want(self, name: str, media: str, span: Span, model: str) -> None:
        wish = (name, media, span, model)
        if wish != self._wish:
            self._wish = wish
            self._soon.start()

    def _ask(self) -> None:
        if self._wish is not None:
            self._making.suggest(*self._wish)

    def _keep(self, name: str, suggestions: tuple[Suggestion, ...]) -> None:
        self._known[name] = suggestions[:MOST]
        if self._wish is not None and self._wish[0] == name:
            self._wish = None
        if suggestions:
            self.found.emit()

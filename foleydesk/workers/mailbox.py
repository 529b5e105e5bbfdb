"""Brings what a worker thread has to say to the thread where its Qt object lives."""

from __future__ import annotations

import contextlib
from collections import deque
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Mailbox(QObject):
    """A child of the object that sends the signals; the worker thread holds only this, never its parent.

    The parent therefore dies in its own thread, whatever the worker is doing, and its receivers may be
    anything callable: all signals are emitted where the parent lives, in the order they were posted.
    """

    _woken = Signal()

    def __init__(self, sender: QObject) -> None:
        super().__init__(sender)
        self._letters: deque[tuple[str, tuple[Any, ...]]] = deque()
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, signal: str, *what: Any) -> None:
        """From any thread: emit the parent's `signal` with `what`, soon."""
        self._letters.append((signal, what))
        with contextlib.suppress(RuntimeError):  # the parent is gone: nobody is left to tell
            self._woken.emit()

    def deliver(self) -> None:
        """At once, to be called where the parent lives."""
        self._deliver()

    def forget(self) -> None:
        """Drop what has not been delivered."""
        self._letters.clear()

    def close(self) -> None:
        """Drop what has not been delivered, and whatever is still posted."""
        with contextlib.suppress(RuntimeError):
            self._woken.disconnect(self._deliver)
        self._letters.clear()

    @Slot()
    def _deliver(self) -> None:
        while self._letters:
            signal, what = self._letters.popleft()
            getattr(self.parent(), signal).emit(*what)

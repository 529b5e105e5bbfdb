"""Looks for moved files by what they hold, off the window's thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from foleydesk.storage.relink import Lost, find
from foleydesk.workers.line import Line, Work
from foleydesk.workers.mailbox import Mailbox

JOB = "search"


class SearchThread(QObject):
    """One search at a time."""

    progressed = Signal(str, object)
    """Job, engine.spec.Progress."""
    finished = Signal(str, object)
    """Job; content hash to path of what was found."""
    failed = Signal(str, str)
    cancelled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._line = Line("search", self._mailbox.post)

    def search(self, wanted: tuple[Lost, ...], place: Path) -> None:
        """`place`: a folder, or the very file."""
        self._line.add(Work(JOB, lambda on_progress: find(wanted, place, on_progress), "finished"))

    def cancel(self) -> None:
        self._line.cancel(JOB)

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """No signal follows; True when the thread has ended."""
        self._mailbox.close()
        return self._line.stop(timeout_s)

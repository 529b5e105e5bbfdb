"""Looks at a video off the window's thread: an hour of film takes longer to look at than a frame may take."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.media.probe import probe
from foleydesk.workers.line import Line, Work
from foleydesk.workers.mailbox import Mailbox


class ProbeThread(QObject):
    """The latest path asked for wins."""

    probed = Signal(str, object)
    """Path, engine.media.probe.MediaInfo."""
    failed = Signal(str, str)
    """Path, one sentence."""
    cancelled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._line = Line("probe", self._mailbox.post)
        self.asked = ""
        """The path that was asked for last; an answer about another one comes too late."""

    def look(self, path: Path) -> None:
        self.asked = str(path)
        self._line.add(Work(self.asked, lambda on_progress: probe(path), "probed"))

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Waits for the thread; True when it has ended. No signal follows."""
        self._mailbox.close()
        return self._line.stop(timeout_s)

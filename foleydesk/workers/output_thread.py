"""Looks for audio devices off the window's thread: the first look starts PortAudio, which may take seconds."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from foleydesk.playback.outputs import output_devices
from foleydesk.workers.line import Line, Work
from foleydesk.workers.mailbox import Mailbox


class OutputThread(QObject):
    """Begins with the first look."""

    found = Signal(str, object)
    """An empty name, tuple of foleydesk.playback.outputs.OutputDevice."""
    failed = Signal(str, str)
    cancelled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._line = Line("outputs", self._mailbox.post)

    def look(self) -> None:
        self._line.add(Work("", lambda on_progress: output_devices(), "found"))

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Waits for the thread; True when it has ended. No signal follows."""
        self._mailbox.close()
        return self._line.stop(timeout_s)

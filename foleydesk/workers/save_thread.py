"""Writes projects off the window's thread: many takes and a slow disk take longer than a frame may take."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from foleydesk.storage.saving import Saving
from foleydesk.workers.line import Line, Work
from foleydesk.workers.mailbox import Mailbox


class SaveThread(QObject):
    """The latest state asked for wins over one that has not been begun."""

    saved = Signal(str, object)
    """Job id, and the project that is on the disk now."""
    failed = Signal(str, str)
    """Job id, one sentence; what was saved before is still there."""
    cancelled = Signal(str)
    """A newer state is written instead."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._line = Line("save", self._mailbox.post)
        self._asked = 0

    @property
    def newest(self) -> str:
        """Id of the job that was asked for last."""
        return f"save {self._asked}"

    @property
    def busy(self) -> bool:
        return self._line.busy

    def save(self, saving: Saving) -> None:
        self._line.cancel(self.newest)
        self._asked += 1
        self._line.add(Work(self.newest, lambda on_progress: saving.write(), "saved"))

    def finish(self) -> None:
        """Wait until everything that was asked for is on the disk or refused; it has been told when this returns."""
        if self.busy:
            through = threading.Event()
            self._line.add(Work("through", lambda on_progress: through.set()))
            through.wait()
        self._mailbox.deliver()

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Finishes and waits for the thread; True when it has ended. No signal follows."""
        self.finish()
        self._mailbox.close()
        return self._line.stop(timeout_s)

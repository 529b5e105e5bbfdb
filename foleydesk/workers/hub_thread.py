"""Models fetched, imported, checked and removed off the window's thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.hub import catalogue as published
from engine.spec import OnProgress
from foleydesk.workers.line import Line, Work
from foleydesk.workers.mailbox import Mailbox

if TYPE_CHECKING:
    from engine.hub.importing import Look

NICENESS = 5
PATIENCE_S = 2.0
"""How long the end of the program waits for a silent server; what has come of a file is safe at any moment."""


class HubThread(QObject):
    """Two lines: a download may take an hour, and what is done with the files on this machine does not wait for it."""

    progressed = Signal(str, object)
    """Job id, engine.spec.Progress in bytes; at most 20 a second."""
    pulled = Signal(str, object)
    """Job id, engine.registry.ModelCard."""
    looked = Signal(str, object)
    """Job id, engine.hub.importing.Look."""
    imported = Signal(str, object)
    """Job id, engine.hub.importing.Imported."""
    verified = Signal(str, object)
    """Job id, list of engine.hub.verify.Verdict."""
    removed = Signal(str, object)
    """Job id, engine.hub.remove.Removed."""
    failed = Signal(str, str)
    """Job id, one sentence."""
    cancelled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._far = Line("hub-far", self._mailbox.post, NICENESS)
        self._near = Line("hub-near", self._mailbox.post, NICENESS)

    def pull(self, job: str, name: str) -> None:
        """Ends in pulled, failed or cancelled."""

        def run(on_progress: OnProgress) -> Any:
            from engine.hub.pull import pull

            return pull(name, on_progress, catalogue=published.CATALOGUE)

        self._far.add(Work(job, run, "pulled"))

    def look(self, job: str, folder: Path) -> None:
        """Ends in looked, failed or cancelled. Brings torch into the process."""

        def run(on_progress: OnProgress) -> Any:
            from engine.hub.importing import look_through

            return look_through(folder, on_progress, published.CATALOGUE)

        self._near.add(Work(job, run, "looked"))

    def install(self, job: str, look: Look) -> None:
        """Ends in imported, failed or cancelled."""

        def run(on_progress: OnProgress) -> Any:
            from engine.hub.importing import install

            return install(look, on_progress, published.CATALOGUE)

        self._near.add(Work(job, run, "imported"))

    def verify(self, job: str, name: str) -> None:
        """Ends in verified, failed or cancelled."""

        def run(on_progress: OnProgress) -> Any:
            from engine.hub.verify import verify
            from engine.registry import model

            return verify([model(name)], on_progress)

        self._near.add(Work(job, run, "verified"))

    def remove(self, job: str, name: str) -> None:
        """Ends in removed or failed."""

        def run(on_progress: OnProgress) -> Any:
            from engine.hub.remove import remove

            return remove(name, published.CATALOGUE)

        self._near.add(Work(job, run, "removed"))

    def cancel(self, job: str) -> None:
        """Waiting work ends at once, running work with the bytes that come next; cancelled says so."""
        self._far.cancel(job)
        self._near.cancel(job)

    def shutdown(self, timeout_s: float = PATIENCE_S) -> bool:
        """Gives up what is under way; True when both threads have ended. No signal follows."""
        self._mailbox.close()
        ended = [line.stop(timeout_s) for line in (self._far, self._near)]
        return all(ended)

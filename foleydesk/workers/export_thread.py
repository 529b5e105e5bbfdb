"""Exports off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.spec import OnProgress
from foleydesk.export.deliver import deliver
from foleydesk.export.render import Export
from foleydesk.export.request import Delivery
from foleydesk.export.video import export_video
from foleydesk.export.wav_mix import export_wav
from foleydesk.workers.line import Line, Work
from foleydesk.workers.mailbox import Mailbox

if TYPE_CHECKING:
    from foleydesk.document.project import Project

Exporter = Callable[["Project", Path, Path, OnProgress], Export]


class ExportThread(QObject):
    """One export after another, each of the project as it was when asked."""

    progressed = Signal(str, object)
    """Job id, engine.spec.Progress; at most 20 a second."""
    finished = Signal(str, object)
    """Job id; foleydesk.export.render.Export, or of a delivery foleydesk.export.request.Delivered. Both say what was
    written in `says`."""
    failed = Signal(str, str)
    """Job id, one sentence; nothing was written."""
    cancelled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._line = Line("export", self._mailbox.post)

    @property
    def busy(self) -> bool:
        return self._line.busy

    def mix(self, job_id: str, project: Project, folder: Path, out: Path) -> None:
        """The mix as WAV. `folder`: the project's folder, which take paths are relative to."""
        self._add(job_id, export_wav, project, folder, out)

    def video(self, job_id: str, project: Project, folder: Path, out: Path) -> None:
        """The picture's packets with the mix as sound."""
        self._add(job_id, export_video, project, folder, out)

    def deliver(self, job_id: str, project: Project, folder: Path, delivery: Delivery) -> None:
        """Every file that the request names, or none."""
        self._line.add(Work(job_id, lambda on_progress: deliver(project, folder, delivery, on_progress), "finished"))

    def cancel(self, job_id: str) -> None:
        self._line.cancel(job_id)

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Gives up what is under way and waits for the thread; True when it has ended. No signal follows."""
        self._mailbox.close()
        return self._line.stop(timeout_s)

    def _add(self, job_id: str, export: Exporter, project: Project, folder: Path, out: Path) -> None:
        self._line.add(Work(job_id, lambda on_progress: export(project, folder, out, on_progress), "finished"))

"""Exports, off the window's thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.spec import Progress
from foleydesk.document.project import Project
from foleydesk.export.request import Delivery
from foleydesk.workers.export_thread import ExportThread


class Delivering(QObject):
    """Mix, video and whole deliveries of the project as it stands when they are asked for."""

    progressed = Signal(object)
    finished = Signal(str)
    """One sentence about what was written, and where."""
    failed = Signal(str)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.title = ""
        self.progress: Progress | None = None
        self._count = 0
        self._going: list[str] = []
        self._thread = ExportThread(self)
        self._thread.progressed.connect(self._progressed)
        self._thread.finished.connect(self._finished)
        self._thread.failed.connect(self._failed)
        self._thread.cancelled.connect(self._over)

    @property
    def running(self) -> bool:
        return bool(self._going)

    def mix(self, project: Project, folder: Path, out: Path) -> None:
        self._thread.mix(self._job(f"Exporting {out.name}"), project, folder, out)

    def video(self, project: Project, folder: Path, out: Path) -> None:
        self._thread.video(self._job(f"Exporting {out.name}"), project, folder, out)

    def deliver(self, project: Project, folder: Path, delivery: Delivery) -> None:
        """All that a frozen request names, in as many formats as it wants; `finished` says what came of it."""
        self._thread.deliver(self._job(f"Delivering to {delivery.out.name}"), project, folder, delivery)

    def cancel(self) -> bool:
        """False when nothing is exported."""
        if not self._going:
            return False
        self._thread.cancel(self._going[0])
        return True

    def shutdown(self) -> None:
        self._thread.shutdown()

    def _job(self, title: str) -> str:
        self._count += 1
        self.title = title
        self.progress = Progress(title, 0, 1)
        self._going.append(f"export-{self._count}")
        self.progressed.emit(self.progress)
        return self._going[-1]

    def _progressed(self, job: str, progress: Progress) -> None:
        self.progress = progress
        self.progressed.emit(progress)

    def _finished(self, job: str, export: object) -> None:
        self._over(job)
        self.finished.emit(getattr(export, "says", "") or f"Written: {getattr(export, 'path', '')}")

    def _failed(self, job: str, sentence: str) -> None:
        self._over(job)
        self.failed.emit(sentence)

    def _over(self, job: str) -> None:
        self._going = [one for one in self._going if one != job]
        self.progress = None
        self.ended.emit()

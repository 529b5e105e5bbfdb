"""Exports, off the window's thread."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.spec import Progress, Refused
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
    began = Signal(str, str, object)
    """Job, title, and as plain data what was asked for."""
    at = Signal(str, object)
    """Job, engine.spec.Progress."""
    over = Signal(str, str, str)
    """Job, how it ended ("done", "failed" or "cancelled"), and the sentence about it."""

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
        self._thread.cancelled.connect(lambda job: self._over(job, "cancelled"))

    @property
    def running(self) -> bool:
        return bool(self._going)

    def mix(self, project: Project, folder: Path, out: Path) -> None:
        self._thread.mix(self._job(f"Exporting {out.name}", {"what": "mix", "out": str(out)}), project, folder, out)

    def video(self, project: Project, folder: Path, out: Path) -> None:
        self._thread.video(self._job(f"Exporting {out.name}", {"what": "video", "out": str(out)}), project, folder, out)

    def deliver(self, project: Project, folder: Path, delivery: Delivery) -> None:
        """All that a frozen request names, in as many formats as it wants; `finished` says what came of it."""
        job = self._job(f"Delivering to {delivery.out.name}", {"what": "delivery", **delivery.as_data()})
        self._thread.deliver(job, project, folder, delivery)

    def again(self, project: Project, folder: Path, request: Mapping[str, Any]) -> None:
        """What `began` said, once more, of the project as it is now. Raises Refused when the data is damaged."""
        what, out = request.get("what"), Path(str(request.get("out", "")))
        if what == "delivery":
            self.deliver(project, folder, Delivery.of_data(request))
        elif what in ("mix", "video"):
            (self.mix if what == "mix" else self.video)(project, folder, out)
        else:
            raise Refused("It is not known any more what was to be exported; ask for it again.")

    def cancel(self, job: str = "") -> bool:
        """End this one, or else the one that runs; False when nothing is exported."""
        if not self._going:
            return False
        self._thread.cancel(job or self._going[0])
        return True

    def shutdown(self) -> None:
        self._thread.shutdown()

    def _job(self, title: str, request: Mapping[str, Any]) -> str:
        self._count += 1
        self.title = title
        self.progress = Progress(title, 0, 1)
        self._going.append(f"export-{self._count}")
        self.began.emit(self._going[-1], title, dict(request))
        self.progressed.emit(self.progress)
        return self._going[-1]

    def _progressed(self, job: str, progress: Progress) -> None:
        self.progress = progress
        self.at.emit(job, progress)
        self.progressed.emit(progress)

    def _finished(self, job: str, export: object) -> None:
        says = getattr(export, "says", "") or f"Written: {getattr(export, 'path', '')}"
        self._over(job, "done", says)
        self.finished.emit(says)

    def _failed(self, job: str, sentence: str) -> None:
        self._over(job, "failed", sentence)
        self.failed.emit(sentence)

    def _over(self, job: str, state: str, says: str = "") -> None:
        self.over.emit(job, state, says)
        self._going = [one for one in self._going if one != job]
        self.progress = None
        self.ended.emit()

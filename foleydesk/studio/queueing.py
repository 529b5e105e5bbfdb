"""One list of all that is long: generations, training, exports, downloads; and what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.spec import Progress, Refused
from foleydesk.workers.jobs import Job, Kind

if TYPE_CHECKING:
    from foleydesk.studio.studio import Studio


class Queueing(QObject):
    """The list is that of the project's queue, so that it is there again after a restart.

    Generations wait for each other and for a pause; the others run beside them, each kind one after another.
    """

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.studio = studio
        self._records: dict[str, str] = {}
        """The job in the list, by what its service calls it."""
        studio.making.changed.connect(self.changed)
        exports, learning, stocking = studio.delivering, studio.learning, studio.stocking
        exports.began.connect(lambda job, title, request: self._began(job, "export", title, request))
        exports.at.connect(self._at)
        exports.over.connect(self._over)
        learning.progressed.connect(self._trains)
        learning.finished.connect(lambda adapter: self._over("train", "done", learning.says))
        learning.failed.connect(lambda sentence: self._over("train", "failed", sentence))
        learning.ended.connect(self._training_ended)
        stocking.began.connect(self._fetches)
        stocking.progressed.connect(lambda name: self._at(f"fetch {name}", stocking.busy[name]))
        stocking.over.connect(lambda name, state, says: self._over(f"fetch {name}", state, says))

    def all(self) -> tuple[Job, ...]:
        """What runs, what waits in its order, then what is over, the newest first."""
        jobs = self.studio.making.jobs.all()
        left = [job for job in jobs if not job.over]
        left.sort(key=lambda job: job.state != "running")
        return (*left, *reversed([job for job in jobs if job.over]))

    @property
    def paused(self) -> bool:
        return self.studio.making.paused

    def pause(self, on: bool) -> None:
        self.studio.making.pause(on)

    def order(self, job_ids: Sequence[str]) -> None:
        """Those of them that wait come in this order."""
        waiting = {job.id for job in self.studio.making.jobs.waiting()}
        self.studio.making.jobs.order([name for name in job_ids if name in waiting])

    def shift(self, job_id: str, by: int) -> None:
        """One place earlier (-1) or later (1) among those that wait."""
        names = [job.id for job in self.studio.making.jobs.waiting()]
        if job_id in names and 0 <= (place := names.index(job_id)) + by < len(names):
            names[place], names[place + by] = names[place + by], names[place]
            self.studio.making.jobs.order(names)

    def cancel(self, job_id: str) -> None:
        job = self.studio.making.jobs.job(job_id)
        service = next((name for name, record in self._records.items() if record == job_id), "")
        if job.over:
            return
        if job.kind == "generate":
            self.studio.making.end(job_id)
        elif job.kind == "export":
            self.studio.delivering.cancel(service)
        elif job.kind == "train":
            self.studio.learning.cancel()
        elif job.kind == "fetch":
            self.studio.stocking.cancel(service.removeprefix("fetch "))

    def retry(self, job_id: str) -> None:
        """Once more what is over; a generation keeps its recipe, an export is of the project as it is now."""
        job, studio = self.studio.making.jobs.job(job_id), self.studio
        if not job.over:
            return
        try:
            if job.kind == "generate" and studio.learning.running:
                raise Refused("Training has the device; wait for it to end, or cancel it.")
            if job.kind == "generate":
                studio.making.retry(job_id)
            elif job.kind == "export" and studio.project is not None and studio.folder is not None:
                self._forget(job_id)
                studio.delivering.again(studio.project, studio.folder.path, job.request)
            elif job.kind == "train" and studio.train():
                self._forget(job_id)
            elif job.kind == "fetch":
                self._forget(job_id)
                studio.stocking.pull(str(job.request.get("model")))
        except Refused as refusal:
            studio.refused.emit(str(refusal))

    def clear(self) -> None:
        """Forget what is over."""
        self.studio.making.jobs.clear_over()

    def _forget(self, job_id: str) -> None:
        """It is in the list anew."""
        self.studio.making.jobs.remove(job_id)

    def _began(self, name: str, kind: Kind, title: str, request: dict[str, object]) -> None:
        job = self.studio.making.jobs.add(kind, title, request)
        self._records[name] = job.id
        self.studio.making.jobs.start(job.id)

    def _at(self, name: str, progress: Progress) -> None:
        if name in self._records:
            self.studio.making.jobs.progress(self._records[name], progress)

    def _over(self, name: str, state: str, says: str = "") -> None:
        job, jobs = self._records.pop(name, ""), self.studio.making.jobs
        if state == "done":
            jobs.finish(job, says)
        elif state == "failed":
            jobs.fail(job, says)
        else:
            jobs.cancel(job)

    def _trains(self, progress: Progress) -> None:
        if "train" not in self._records:
            self._began("train", "train", "Training from picks", {})
        self._at("train", progress)

    def _training_ended(self) -> None:
        """It is said right after this whether it was finished; what stays unsaid was cancelled."""
        job = self._records.get("train", "")
        if job and self.studio.learning.cancelled:
            self._over("train", "cancelled")

    def _fetches(self, name: str, doing: str) -> None:
        if doing == "downloading":
            title = next((one.title for one in self.studio.stocking.sights() if one.name == name), name)
            self._began(f"fetch {name}", "fetch", f"Fetching {title}", {"model": name})

"""Generation: from a cue to jobs for the engine, and from the engine's candidates to takes of the cue."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.registry import data_home
from engine.spec import Candidate, EventCurve, Progress, Recipe, Refused, Span, Suggestion
from foleydesk.studio.going import Going
from foleydesk.workers.engine_process import EngineProcess
from foleydesk.workers.jobs import Job, Jobs, generation, generation_request

log = logging.getLogger(__name__)

SUGGEST = "suggest-"
"""What the names of jobs begin with that look for a prompt."""
BROKEN_OFF = "This was broken off when the project was closed; try it again."


class Making(QObject):
    """The engine's queue. Results come with the cue that they belong to."""

    made = Signal(str, object)
    """Cue, tuple of Candidate in rank order."""
    spotted = Signal(str, object)
    """Cue, EventCurve."""
    suggested = Signal(str, object)
    """The name it was asked for by, tuple of engine.spec.Suggestion."""
    failed = Signal(str)
    changed = Signal()
    """The jobs have changed."""
    device = Signal(str)
    unloaded = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.jobs = Jobs()
        self._takes_of: Callable[[str], Path] = Path
        self._given = ""
        """The job that the engine has; the others wait here, where their order can still change."""
        self._forget = self.jobs.subscribe(self._jobs_changed)
        self._spots: dict[str, str] = {}
        self._suggestions: dict[str, str] = {}
        """The look for a prompt that is under way, by job; at most one."""
        self._asked = 0
        self._engine = EngineProcess(self, data_home() / "cache")
        self._engine.ready.connect(self.device)
        self._engine.progressed.connect(self._progressed)
        self._engine.generated.connect(self._generated)
        self._engine.spotted.connect(self._spotted)
        self._engine.suggested.connect(self._suggested)
        self._engine.failed.connect(self._failed)
        self._engine.cancelled.connect(self._cancelled)
        self._engine.unloaded.connect(self.unloaded)

    def open(self, jobs: Path, takes_of: Callable[[str], Path]) -> None:
        """Serve the project with this queue; `takes_of` gives the folder of a cue's candidates.

        Generations that waited or ran when the program ended run again; of what else ran it is said that it was broken
        off.
        """
        self._leave()
        self._takes_of = takes_of
        self.jobs = Jobs(jobs)
        self._forget = self.jobs.subscribe(self._jobs_changed)
        for job in self.jobs.waiting():
            if job.kind != "generate":
                self.jobs.fail(job.id, BROKEN_OFF)
        self._next()
        self.changed.emit()

    def close(self) -> None:
        """The project goes; its waiting jobs stay in its queue for the next time."""
        self._leave()
        self.jobs = Jobs()
        self._forget = self.jobs.subscribe(self._jobs_changed)

    def _leave(self) -> None:
        self._forget()
        given, self._given = self._given, ""
        if given:
            self._engine.cancel(given)

    def generate(self, recipe: Recipe, candidates: int, cue: str, title: str) -> Job:
        job = self.jobs.add("generate", title, generation_request(recipe, candidates, cue))
        self._next()
        return job

    @property
    def paused(self) -> bool:
        return self.jobs.paused

    def pause(self, on: bool) -> None:
        """What the engine has goes on; what waits goes on waiting until the pause is over."""
        self.jobs.pause(on)
        self._next()

    def retry(self, job_id: str) -> None:
        """A generation that is over is made again, when those that wait have been."""
        self.jobs.retry(job_id)
        self._next()

    def end(self, job_id: str) -> None:
        """Cancel this generation, whether it runs or waits."""
        if job_id == self._given:
            self._engine.cancel(job_id)
        else:
            self.jobs.cancel(job_id)

    def spot(self, media: str, span: Span, cue: str) -> None:
        """Look for events; the answer comes with the cue."""
        name = f"spot-{cue}"
        self._spots[name] = cue
        self._engine.spot(name, media, span)

    def suggest(self, name: str, media: str, span: Span, model: str) -> None:
        """Look for what might be heard; a newer wish takes the place of one that waits. The answer comes with `name`.

        Nobody asked for it by hand, so what goes wrong is left to the log: the answer is then that there is nothing.
        """
        if name in self._suggestions.values():
            return
        for job in self._suggestions:
            self._engine.cancel(job)
        self._asked += 1
        job = f"{SUGGEST}{self._asked}"
        self._suggestions = {job: name}
        self._engine.suggest(job, media, span, model)

    def cancel(self) -> bool:
        """End what runs, or else what waits last; False when there is nothing."""
        going = [job for job in self.jobs.all() if not job.over and job.kind == "generate"]
        if not going:
            return False
        self.end(next((job for job in going if job.id == self._given), going[-1]).id)
        return True

    def going(self) -> Going | None:
        """The generation that runs, or the first that waits."""
        left = [job for job in self.jobs.all() if not job.over and job.kind == "generate"]
        job = next((job for job in left if job.state == "running"), left[0] if left else None)
        if job is None:
            return None
        at = job.progress or Progress("waiting", 0, 0)
        if self.paused and not self._given:
            return Going("Paused", 0, 1, None, len(left), counted=False)
        title = job.title if at.stage == "waiting" else f"{job.title} · {at.stage[:1].lower()}{at.stage[1:]}"
        return Going(title, at.step, at.steps, at.seconds_left, len(left) - 1)

    def busy_cues(self) -> set[str]:
        """Cues that candidates are being made for."""
        return {str(job.request.get("cue")) for job in self.jobs.all() if not job.over and job.kind == "generate"}

    def warm(self) -> None:
        """Get the engine ready before it is asked for anything."""
        self._engine.warm()

    def use(self, device: str) -> None:
        """What models run on from the next job on."""
        self._engine.use(device)

    def unload(self) -> None:
        """Free the device; `unloaded` says when."""
        self._engine.unload()

    def shutdown(self) -> None:
        self._forget()
        self._engine.shutdown()

    def _next(self) -> None:
        """Give the engine the first that waits, unless it has one or there is a pause."""
        while not self._given and not self.paused:
            job = next(iter(self.jobs.waiting("generate")), None)
            if job is None:
                return
            try:
                recipe, candidates, cue = generation(job)
            except Refused as refusal:
                self.jobs.fail(job.id, str(refusal))
                self.failed.emit(str(refusal))
                continue
            self._given = job.id
            self.jobs.start(job.id)
            self._engine.generate(job.id, recipe, candidates, self._takes_of(cue))

    def _over(self, job_id: str) -> None:
        """The engine has done with it, one way or the other."""
        if job_id == self._given:
            self._given = ""
            self._next()

    def _progressed(self, job_id: str, progress: Progress) -> None:
        if job_id not in self._spots and not job_id.startswith(SUGGEST):
            self.jobs.progress(job_id, progress)

    def _generated(self, job_id: str, candidates: tuple[Candidate, ...]) -> None:
        try:
            _, _, cue = generation(self.jobs.job(job_id))
        except (KeyError, Refused):
            return
        self.jobs.finish(job_id)
        self.made.emit(cue, candidates)
        self._over(job_id)

    def _spotted(self, job_id: str, curve: EventCurve) -> None:
        cue = self._spots.pop(job_id, None)
        if cue is not None:
            self.spotted.emit(cue, curve)

    def _suggested(self, job_id: str, suggestions: tuple[Suggestion, ...]) -> None:
        name = self._suggestions.pop(job_id, None)
        if name is not None:
            self.suggested.emit(name, suggestions)

    def _failed(self, job_id: str, sentence: str) -> None:
        if not job_id:
            log.warning("the engine is not ready: %s", sentence)
            return
        if job_id.startswith(SUGGEST):
            log.warning("no prompt is suggested: %s", sentence)
            self._suggested(job_id, ())
            return
        if self._spots.pop(job_id, None) is None:
            self.jobs.fail(job_id, sentence)
            self._over(job_id)
        self.failed.emit(sentence)

    def _cancelled(self, job_id: str) -> None:
        if job_id.startswith(SUGGEST):
            self._suggestions.pop(job_id, None)
            return
        if self._spots.pop(job_id, None) is None:
            self.jobs.cancel(job_id)
            self._over(job_id)

    def _jobs_changed(self, jobs: tuple[Job, ...]) -> None:
        self.changed.emit()

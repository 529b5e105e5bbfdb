"""The job queue: a list that the program finds again after a restart. No Qt."""

from __future__ import annotations

import json
import logging
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from engine.media.atomic import replacing
from engine.spec import Progress, Recipe, Refused, from_json, to_json

log = logging.getLogger(__name__)

Kind = Literal["generate", "train", "export", "proxy", "fetch"]
State = Literal["waiting", "running", "done", "failed", "cancelled"]
KINDS = ("generate", "train", "export", "proxy", "fetch")
OVER = ("done", "failed", "cancelled")
VERSION = 1
REMEMBERED = 50
"""How many jobs that are over stay in the list."""


@dataclass(frozen=True)
class Job:
    """Something long. `request` is plain JSON data, enough to run it again; `says` is the last sentence about it."""

    id: str
    kind: Kind
    title: str
    state: State = "waiting"
    progress: Progress | None = None
    request: Mapping[str, Any] = field(default_factory=dict)
    says: str = ""

    @property
    def over(self) -> bool:
        return self.state in OVER


Watcher = Callable[[tuple[Job, ...]], None]


class Jobs:
    """The queue in order. Every change of state is on disk before it returns; progress is not kept."""

    def __init__(self, path: Path | None = None) -> None:
        """`path`: the JSON file; None keeps the queue in memory. Jobs that ran when the program ended wait again."""
        self._path = path
        self._watchers: list[Watcher] = []
        self._jobs, self._paused = _read(path) if path is not None else ((), False)

    @property
    def paused(self) -> bool:
        """Whether what waits shall go on waiting; a restart does not change it."""
        return self._paused

    def pause(self, on: bool) -> None:
        if on != self._paused:
            self._paused = on
            self._set(self._jobs)

    def all(self) -> tuple[Job, ...]:
        return self._jobs

    def job(self, job_id: str) -> Job:
        """Raises KeyError when there is no such job."""
        for job in self._jobs:
            if job.id == job_id:
                return job
        raise KeyError(job_id)

    def waiting(self, kind: Kind | None = None) -> tuple[Job, ...]:
        return tuple(job for job in self._jobs if job.state == "waiting" and kind in (None, job.kind))

    def running(self) -> Job | None:
        """The first job that runs."""
        return next((job for job in self._jobs if job.state == "running"), None)

    def add(self, kind: Kind, title: str, request: Mapping[str, Any] | None = None) -> Job:
        job = Job(uuid.uuid4().hex[:12], kind, title, request=dict(request or {}))
        self._set((*self._jobs, job))
        return job

    def start(self, job_id: str) -> None:
        self._change(job_id, state="running", says="")

    def progress(self, job_id: str, progress: Progress) -> None:
        """A waiting job that progresses is running; a late word about one that is over is ignored."""
        job = self._find(job_id)
        if job is None or job.over:
            return
        if job.state != "running":
            self.start(job_id)
        self._change(job_id, keep=False, progress=progress)

    def finish(self, job_id: str, says: str = "") -> None:
        self._change(job_id, state="done", progress=None, says=says)

    def fail(self, job_id: str, says: str) -> None:
        self._change(job_id, state="failed", progress=None, says=says)

    def cancel(self, job_id: str) -> None:
        """Only the list; whoever runs the job is told separately."""
        self._change(job_id, state="cancelled", progress=None)

    def retry(self, job_id: str) -> None:
        """A job that is over waits again, at the end of the queue."""
        job = self._find(job_id)
        if job is not None and job.over:
            rest = tuple(other for other in self._jobs if other.id != job_id)
            self._set((*rest, replace(job, state="waiting", says="")))

    def move(self, job_id: str, to: int) -> None:
        """Put a job at place `to` of the list."""
        job = self.job(job_id)
        rest = [other for other in self._jobs if other.id != job_id]
        rest.insert(to, job)
        self._set(tuple(rest))

    def order(self, job_ids: Sequence[str]) -> None:
        """Put these jobs in this order, on the places that they have together; the others stay where they are."""
        known = {job.id: job for job in self._jobs}
        wanted = [known[job_id] for job_id in dict.fromkeys(job_ids) if job_id in known]
        among, coming = {job.id for job in wanted}, iter(wanted)
        self._set(tuple(next(coming) if job.id in among else job for job in self._jobs))

    def remove(self, job_id: str) -> None:
        """Forget a job that is over."""
        self._set(tuple(job for job in self._jobs if job.id != job_id or not job.over))

    def clear_over(self) -> None:
        self._set(tuple(job for job in self._jobs if not job.over))

    def subscribe(self, watcher: Watcher) -> Callable[[], None]:
        """`watcher(jobs)` after every change; the result ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher) if watcher in self._watchers else None

    def _find(self, job_id: str) -> Job | None:
        return next((job for job in self._jobs if job.id == job_id), None)

    def _change(self, job_id: str, keep: bool = True, **what: Any) -> None:
        jobs = tuple(replace(job, **what) if job.id == job_id else job for job in self._jobs)
        self._set(jobs, keep)

    def _set(self, jobs: tuple[Job, ...], keep: bool = True) -> None:
        over = [job.id for job in jobs if job.over]
        forgotten = set(over[: max(0, len(over) - REMEMBERED)])
        self._jobs = tuple(job for job in jobs if job.id not in forgotten)
        if keep and self._path is not None:
            _write(self._path, self._jobs, self._paused)
        for watcher in tuple(self._watchers):
            watcher(self._jobs)


def generation_request(recipe: Recipe, candidates: int, cue: str) -> dict[str, Any]:
    """What a "generate" job keeps, so that it can run after a restart."""
    return {"recipe": to_json(recipe), "candidates": candidates, "cue": cue}


def generation(job: Job) -> tuple[Recipe, int, str]:
    """Recipe, number of candidates and cue of a "generate" job. Raises Refused when they are damaged."""
    try:
        recipe = from_json(Recipe, job.request["recipe"])
        return recipe, int(job.request["candidates"]), str(job.request["cue"])
    except (Refused, KeyError, TypeError, ValueError) as error:
        raise Refused(f"The job “{job.title}” has lost its recipe; ask for it again.") from error


def _read(path: Path) -> tuple[tuple[Job, ...], bool]:
    """A damaged queue is put aside, not lost and not in the way."""
    if not path.exists():
        return (), False
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_job(entry) for entry in data["jobs"] if entry["kind"] in KINDS), bool(data.get("paused"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("the job queue %s cannot be read (%s); starting with an empty one", path, error)
        try:
            os.replace(path, path.with_name(path.name + ".damaged"))
        except OSError:
            log.warning("and it cannot be put aside")
        return (), False


def _job(entry: Mapping[str, Any]) -> Job:
    state: State = entry["state"] if entry["state"] in OVER else "waiting"
    return Job(entry["id"], entry["kind"], entry["title"], state, None, entry["request"], entry.get("says", ""))


def _write(path: Path, jobs: tuple[Job, ...], paused: bool) -> None:
    """Whole or not at all. A disk that cannot be written costs the queue its memory, not the job its run."""
    kept = [{**to_json(replace(job, progress=None)), "request": dict(job.request)} for job in jobs]
    text = json.dumps({"version": VERSION, "paused": paused, "jobs": kept}, ensure_ascii=False, indent=1)
    try:
        with replacing(path) as part:
            part.write_text(text, encoding="utf-8")
    except Refused as refusal:
        log.warning("the job queue is not kept: %s", refusal)

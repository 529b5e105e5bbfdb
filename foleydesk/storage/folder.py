"""A project's folder: opened under a lock, journalled, saved, and found again as it was after any end.

`project.json` and the journal before it are kept when a newer one is written, so that a damaged `project.json` costs
nothing: `project.previous.json` with both journals gives the same project.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from engine.media.atomic import cannot_write, replacing
from engine.spec import Refused
from foleydesk.document.desk import Desk
from foleydesk.document.edit import Edit
from foleydesk.document.project import VERSION, Project
from foleydesk.document.rules import check
from foleydesk.storage.adopt import adopt
from foleydesk.storage.changes import changes
from foleydesk.storage.journal import Journal
from foleydesk.storage.lock import Lock
from foleydesk.storage.recovery import DAMAGED, JOURNAL, JOURNAL_BEFORE, PREVIOUS, PROJECT, recover
from foleydesk.storage.saving import Saving
from foleydesk.storage.snapshot import write_snapshot, written
from training.preferences.store import PickStore

LOCK = ".lock"
PICKS = "picks.sqlite"
TAKES = "takes"
CACHE = "cache"


class ProjectFolder:
    """An open project. Use `create` or `open`; `close` it."""

    def __init__(self, path: Path, lock: Lock) -> None:
        self.path = path
        self.recovered = False
        """Whether the project is more than what was last saved: the program ended without saving."""
        self._lock = lock
        self._project = self._saved = Project()
        self._line = 0
        self._seen: set[str] = set()
        """Candidates that were ever in the project."""
        self._journal: Journal | None = None
        self._closed = False

    @classmethod
    def create(cls, path: Path, project: Project) -> ProjectFolder:
        """Make the folder with the project in it. Raises Refused, with nothing made."""
        path = Path(os.path.abspath(path))
        new = not os.path.lexists(path)
        try:
            path.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise Refused(f"{path} is a file, not a folder; choose another name.") from error
        except OSError as error:
            raise Refused(cannot_write(path, error)) from error
        if (path / PROJECT).exists() or (path / PREVIOUS).exists():
            raise Refused(f"There is a project in {path} already; open it or choose another name.")
        try:
            return cls._begin(path, check(project))
        except Refused:
            if new:
                shutil.rmtree(path, ignore_errors=True)
            raise

    @classmethod
    def open(cls, path: Path) -> ProjectFolder:
        """Raises Refused when it is no project, is open elsewhere, comes from a newer version or cannot be saved."""
        path = Path(os.path.abspath(path))
        _must_be_project(path)
        folder = cls(path, Lock(path / LOCK, path.name))
        try:
            folder._load()
        except BaseException:
            folder.close()
            raise
        return folder

    @classmethod
    def _begin(cls, path: Path, project: Project) -> ProjectFolder:
        folder = cls(path, Lock(path / LOCK, path.name))
        try:
            for leftover in (JOURNAL, JOURNAL_BEFORE):
                (path / leftover).unlink(missing_ok=True)
            folder._make_rooms()
            folder._journal = Journal(path / JOURNAL)
            folder._remember(project)
            write_snapshot(path / PROJECT, project)
            folder._saved = project
        except BaseException:
            folder.close()
            raise
        return folder

    @staticmethod
    def read(path: Path) -> Project:
        """The project as it would open, without a lock and without a change to the folder. Raises Refused."""
        path = Path(os.path.abspath(path))
        _must_be_project(path)
        return recover(path).project

    @property
    def project(self) -> Project:
        """As last recorded."""
        return self._project

    @property
    def takes(self) -> Path:
        """Where the engine writes candidates."""
        return self.path / TAKES

    @property
    def cache(self) -> Path:
        """What may be deleted at any time."""
        return self.path / CACHE

    @cached_property
    def picks(self) -> PickStore:
        """Raises Refused when the file is damaged."""
        return PickStore(self.path / PICKS)

    def takes_of(self, cue: str) -> Path:
        """A folder for one cue's candidates: those found there belong to it, whatever becomes of its span."""
        return self.takes / cue

    def desk(self) -> Desk:
        """A desk that writes every change to the journal before it shows it."""
        return Desk(self._project, journal=self.record, saved=self._saved)

    def record(self, change: Edit | Project) -> None:
        """Write a change to the journal; on the disk when this returns. Raises Refused, and then nothing is written."""
        project = change.apply(self._project) if isinstance(change, Edit) else change
        says = {"edit": change.text} if isinstance(change, Edit) else {}
        difference = changes(self._project, project, lambda thing: written(thing, self.path))
        if difference:
            self._open_journal().append(
                {"line": self._line + 1, "version": VERSION, **says, "change": difference},
            )
            self._line += 1
        self._remember(project)

    def save(self, project: Project) -> None:
        """Write the project whole. Raises Refused, and then what was saved before is still there."""
        self._saved = self.saving(project).write()

    def saving(self, project: Project) -> Saving:
        """The project, recorded and ready to be written by any thread. Raises Refused."""
        self.record(check(project))
        journal = self._open_journal()
        return Saving(self.path, project, self._line, self._set_aside(), journal, journal.mark)

    def close(self) -> None:
        """Let go of everything. What was recorded and not saved stays in the journal."""
        if self._closed:
            return
        self._closed = True
        if "picks" in self.__dict__:
            self.picks.close()
        if self._journal is not None:
            self._journal.close()
        self._lock.release()

    def __enter__(self) -> ProjectFolder:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _load(self) -> None:
        found = recover(self.path)
        self._make_rooms()
        self._seen, self._line = found.seen, found.line
        self._journal = Journal(self.path / JOURNAL)
        self._saved = found.saved
        self._remember(found.project)
        if found.version < VERSION:
            self._keep_aside(found.version)
        if found.damaged:
            self._put_right()
        elif found.version < VERSION:
            self.save(self._project)
        whole = adopt(self._project, self.takes, self._seen)
        self.recovered = found.damaged or whole != found.saved
        if whole != self._project:
            self.record(whole)

    def _keep_aside(self, version: int) -> None:
        """What an older program wrote, for that program."""
        for name in (PROJECT, PREVIOUS, JOURNAL, JOURNAL_BEFORE):
            if (self.path / name).exists():
                with replacing(self.path / older(name, version)) as part:
                    shutil.copyfile(self.path / name, part)

    def _put_right(self) -> None:
        """Keep the damaged file aside and write what was recovered."""
        current = self.path / PROJECT
        with suppress(OSError):
            shutil.copyfile(current, self.path / DAMAGED)
        write_snapshot(current, self._project, self._line, self._set_aside())
        self._saved = self._project

    def _make_rooms(self) -> None:
        try:
            self.takes.mkdir(exist_ok=True)
            self.cache.mkdir(exist_ok=True)
        except OSError as error:
            raise Refused(cannot_write(self.path, error)) from error

    def _open_journal(self) -> Journal:
        if self._closed or self._journal is None:
            raise Refused(f"{self.path.name} is closed; open it again.")
        return self._journal

    def _remember(self, project: Project) -> None:
        self._project = project
        self._seen.update(take.candidate.id for take in project.takes)

    def _set_aside(self) -> tuple[str, ...]:
        return tuple(sorted(self._seen - {take.candidate.id for take in self._project.takes}))


def older(name: str, version: int) -> str:
    """What a file of an older version is called when it is kept aside: project.json is project.version-1.json."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.version-{version}{dot}{suffix}"


def _must_be_project(path: Path) -> None:
    if not os.path.exists(path):
        raise Refused(f"There is no project {path}, or it may not be read.")
    if not os.path.exists(path / PROJECT) and not os.path.exists(path / PREVIOUS):
        raise Refused(f"{path} is not a Foleydesk project: there is no {PROJECT} in it.")

"""The project as it is now, with the way back. Whoever wants to know of changes subscribes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.spec import Refused
from foleydesk.document.edit import Edit
from foleydesk.document.project import Project

Watcher = Callable[[Project, Project], None]
"""Called with the project and what it was before."""
Journal = Callable[[Edit | Project], None]
"""Called with every change before it happens; what it refuses does not happen."""


@dataclass(frozen=True)
class Step:
    """One undo: the edit, and the projects on both sides of it."""

    edit: Edit
    before: Project
    after: Project


class Desk:
    """Holds one project. Every change goes through `do`, `undo`, `redo` or `go_to`."""

    def __init__(self, project: Project, journal: Journal | None = None, saved: Project | None = None) -> None:
        """`saved`: what is on disk when that is not `project`, as after a recovery."""
        self._project = project
        self._saved = project if saved is None else saved
        self._journal = journal
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._watchers: list[Watcher] = []
        self._open = False
        """Whether the last step may still grow."""

    @property
    def project(self) -> Project:
        return self._project

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what was saved."""
        return self._project != self._saved

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    @property
    def undo_text(self) -> str:
        return self._done[-1].edit.text if self._done else ""

    @property
    def redo_text(self) -> str:
        return self._undone[-1].edit.text if self._undone else ""

    @property
    def history(self) -> tuple[str, ...]:
        """The words of every step, the first one first: those that are done, then those that were undone."""
        steps = (*self._done, *reversed(self._undone))
        return tuple(step.edit.text for step in steps)

    @property
    def place(self) -> int:
        """How many of the steps in `history` are done."""
        return len(self._done)

    def do(self, edit: Edit) -> None:
        """Raises Refused, and then nothing has changed. An edit without effect is no step."""
        after = edit.apply(self._project)
        if after == self._project:
            return
        self._write(edit)
        before = self._project
        if self._open and self._done and edit.merges_with(self._done[-1].edit):
            before = self._done.pop().before
        if after != before:
            self._done.append(Step(edit, before, after))
        self._undone.clear()
        self._open = True
        self._become(after)

    def undo(self) -> None:
        """Does nothing when there is nothing to undo."""
        if not self._done:
            return
        step = self._done[-1]
        self._write(step.before)
        self._undone.append(self._done.pop())
        self._open = False
        self._become(step.before)

    def redo(self) -> None:
        if not self._undone:
            return
        step = self._undone[-1]
        self._write(step.after)
        self._done.append(self._undone.pop())
        self._open = False
        self._become(step.after)

    def way_to(self, place: int) -> tuple[Project, ...]:
        """The projects between, from the one that is now to the one of which so many steps are done.

        Raises Refused where the history has no such place.
        """
        steps = [*self._done, *reversed(self._undone)]
        if not 0 <= place <= len(steps):
            raise Refused("The history has no such step (any more).")
        if place < self.place:
            return (self._project, *(step.before for step in reversed(steps[place : self.place])))
        return (self._project, *(step.after for step in steps[self.place : place]))

    def go_to(self, place: int) -> None:
        """As if undone or redone until so many steps are done; watchers hear of one change. Raises as `way_to`."""
        project = self.way_to(place)[-1]
        if place == self.place:
            return
        self._write(project)
        steps = [*self._done, *reversed(self._undone)]
        self._done, self._undone = steps[:place], steps[place:][::-1]
        self._open = False
        self._become(project)

    def seal(self) -> None:
        """The gesture is over: what comes next is a step of its own."""
        self._open = False

    def saved(self, project: Project | None = None) -> None:
        """This project is on disk now; the one that is open, where none is named."""
        self._saved = self._project if project is None else project
        self._open = False

    def subscribe(self, watcher: Watcher) -> Callable[[], None]:
        """Gives what ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def _write(self, change: Edit | Project) -> None:
        if self._journal is not None:
            self._journal(change)

    def _become(self, project: Project) -> None:
        earlier, self._project = self._project, project
        for watcher in tuple(self._watchers):
            watcher(project, earlier)

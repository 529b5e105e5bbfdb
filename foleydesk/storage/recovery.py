"""The last state of a project, from whatever its program left behind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.spec import Refused
from foleydesk.document.project import Project
from foleydesk.document.rules import check
from foleydesk.storage.changes import changed
from foleydesk.storage.journal import entries
from foleydesk.storage.snapshot import Damaged, Snapshot, in_memory, read_snapshot

PROJECT = "project.json"
PREVIOUS = "project.previous.json"
DAMAGED = "project.damaged.json"
JOURNAL = "journal.jsonl"
JOURNAL_BEFORE = "journal.previous.jsonl"


@dataclass(frozen=True)
class Recovered:
    """`project`: everything that was recorded; `saved`: what the snapshot alone holds; paths absolute.

    `line`: the last journal line in `project`; `seen`: every candidate that was ever in it; `damaged`: project.json
    could not be read, and the snapshot before it was taken.
    """

    project: Project
    saved: Project
    line: int
    seen: set[str]
    damaged: bool


def recover(path: Path) -> Recovered:
    """Changes nothing. Raises Refused when no snapshot can be read, or the project comes from a newer version."""
    snapshot, damaged = _newest_snapshot(path)
    states = _replayed(snapshot, path)
    seen = set(snapshot.saved.set_aside)
    for state in states:
        seen.update(take.candidate.id for take in state.takes)
    while len(states) > 1 and not _sound(states[-1]):
        states.pop()
    latest = in_memory(Snapshot(states[-1], snapshot.saved), path)
    return Recovered(latest, in_memory(snapshot, path), snapshot.saved.line + len(states) - 1, seen, damaged)


def _newest_snapshot(path: Path) -> tuple[Snapshot, bool]:
    try:
        return read_snapshot(path / PROJECT), False
    except Damaged as damage:
        try:
            return read_snapshot(path / PREVIOUS), True
        except Damaged:
            raise damage from None


def _replayed(snapshot: Snapshot, path: Path) -> list[Project]:
    """The snapshot's project, then the project after each journal line that follows it without a gap."""
    states = [snapshot.project]
    for entry in [*entries(path / JOURNAL_BEFORE), *entries(path / JOURNAL)]:
        if entry.get("line") != snapshot.saved.line + len(states):
            continue
        try:
            states.append(changed(states[-1], entry.get("change", {})))
        except Refused:
            break
    return states


def _sound(project: Project) -> bool:
    try:
        check(project)
    except Refused:
        return False
    return True

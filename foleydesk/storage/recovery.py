"""The last state of a project, from whatever its program left behind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.spec import Refused
from foleydesk.document.project import VERSION, Project
from foleydesk.storage.changes import changed_data
from foleydesk.storage.journal import Entry, entries
from foleydesk.storage.snapshot import Damaged, Snapshot, in_memory, project_of, read_snapshot
from foleydesk.storage.upgrades import Data, too_new, upgraded

PROJECT = "project.json"
PREVIOUS = "project.previous.json"
DAMAGED = "project.damaged.json"
JOURNAL = "journal.jsonl"
JOURNAL_BEFORE = "journal.previous.jsonl"


@dataclass(frozen=True)
class Recovered:
    """`project`: everything that was recorded; `saved`: what the snapshot alone holds; paths absolute.

    `line`: the last journal line in `project`; `seen`: every candidate that was ever in it; `damaged`: project.json
    could not be read, and the snapshot before it was taken; `version`: the oldest that anything was written in.
    """

    project: Project
    saved: Project
    line: int
    seen: set[str]
    damaged: bool
    version: int


def recover(path: Path) -> Recovered:
    """Changes nothing. Raises Refused when no snapshot can be read, or anything comes from a newer version."""
    snapshot, damaged = _newest_snapshot(path)
    states = _replayed(snapshot, path)
    seen = set(snapshot.saved.set_aside)
    for state in states:
        seen.update(_candidates(state))
    project = snapshot.project
    while len(states) > 1:
        try:
            project = project_of(states[-1])
            break
        except Refused:
            states.pop()
    line = snapshot.saved.line + len(states) - 1
    latest = in_memory(Snapshot(project, snapshot.saved), path)
    return Recovered(latest, in_memory(snapshot, path), line, seen, damaged, snapshot.version)


def _newest_snapshot(path: Path) -> tuple[Snapshot, bool]:
    try:
        return read_snapshot(path / PROJECT), False
    except Damaged as damage:
        try:
            return read_snapshot(path / PREVIOUS), True
        except Damaged:
            raise damage from None


def _replayed(snapshot: Snapshot, path: Path) -> list[Data]:
    """The snapshot's data, then the data after each journal line that follows it without a gap.

    Lines say which version wrote them, and are read on data of that version.
    """
    states = [snapshot.data]
    for entry in [*entries(path / JOURNAL_BEFORE), *entries(path / JOURNAL)]:
        if entry.get("line") != snapshot.saved.line + len(states):
            continue
        version = _version(entry)
        if version > VERSION:
            raise too_new(path.name, version)
        try:
            states.append(changed_data(upgraded(states[-1], version), entry.get("change", {})))
        except (Refused, AttributeError):
            break
    return states


def _version(entry: Entry) -> int:
    """The first version did not say."""
    version = entry.get("version", 1)
    return version if isinstance(version, int) else 1


def _candidates(state: Data) -> set[str]:
    """The ids of those in it."""
    try:
        return {take["candidate"]["id"] for take in state.get("takes", [])}
    except (KeyError, TypeError):
        return set()

"""The project as one JSON file: its fields, and beside them what the storage remembers for itself."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from engine.spec import Refused, from_json, to_json
from foleydesk.document.project import VERSION, Cue, Media, Project, Reference, Sound, Take
from foleydesk.document.rules import check
from foleydesk.storage.atomic import write_text
from foleydesk.storage.upgrades import Data, too_new, upgraded, version_of
from training.preferences.places import found, found_path, stored, stored_path

Thing = TypeVar("Thing")


class Damaged(Refused):
    """The file is there, but holds no project."""


@dataclass(frozen=True)
class Saved:
    """What stands in the file beside the project's own fields."""

    line: int = 0
    """The last journal line that is in the project."""
    set_aside: tuple[str, ...] = ()
    """Candidates that were taken out of the project again."""
    media_was: str = ""
    """Where the picture was, absolute."""


@dataclass(frozen=True)
class Snapshot:
    """A project in its stored form (`written`), and the data as it stands in the file, of whatever version."""

    project: Project
    saved: Saved = field(default_factory=Saved)
    data: Data = field(default_factory=dict)

    @property
    def version(self) -> int:
        """That of the file."""
        return version_of(self.data) if self.data else VERSION


def write_snapshot(path: Path, project: Project, line: int = 0, set_aside: tuple[str, ...] = ()) -> None:
    """Write a project as it is in memory, whole or not at all; raises Refused."""
    folder = path.parent
    saved = Saved(line, set_aside, project.media.path if project.media else "")
    stored_form = replace(
        project,
        version=VERSION,
        media=written(project.media, folder),
        cues=tuple(written(cue, folder) for cue in project.cues),
        takes=tuple(written(take, folder) for take in project.takes),
        sounds=tuple(written(sound, folder) for sound in project.sounds),
    )
    data = {**to_json(stored_form), "saved": to_json(saved)}
    write_text(path, in_lines(data))


def in_lines(data: Data) -> str:
    """JSON with a line for each field, and one for each thing of a list: to be read, and quick to write."""
    fields = []
    for name, value in data.items():
        if isinstance(value, list) and value:
            lines = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value)
            fields.append(f" {json.dumps(name)}: [\n  {lines}\n ]")
        else:
            fields.append(f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(fields) + "\n}\n"


def read_snapshot(path: Path) -> Snapshot:
    """Raises Damaged for a file that holds no project, Refused for one from a newer version."""
    data = _data(path)
    try:
        version = version_of(data)
    except Refused as refusal:
        raise Damaged(f"{path} holds no project; restore it from a copy.") from refusal
    if version > VERSION:
        raise too_new(path.parent.name, version)
    try:
        return Snapshot(project_of(data), from_json(Saved, data.pop("saved", {})), data)
    except Refused as refusal:
        raise Damaged(f"{path} is damaged: {refusal}") from refusal


def project_of(data: Data) -> Project:
    """The project of data of this version or an older one. Raises Refused for one that cannot be."""
    return check(from_json(Project, upgraded(data)))


def written(thing: Thing, folder: Path) -> Thing:
    """A thing of the project as it is stored: with paths relative to the folder where that keeps them true."""
    if isinstance(thing, Media):
        return replace(thing, path=stored_path(thing.path, folder))
    if isinstance(thing, Cue) and thing.reference is not None:
        near = stored_path(thing.reference.path, folder)
        return replace(thing, reference=replace(thing.reference, path=near))
    if isinstance(thing, Sound):
        return replace(thing, path=stored_path(thing.path, folder))
    if isinstance(thing, Take):
        return replace(thing, candidate=stored(thing.candidate, folder))
    return thing


def in_memory(snapshot: Snapshot, folder: Path) -> Project:
    """The project with absolute paths; the picture where it is now, or else where it was."""

    def where(reference: Reference) -> Reference:
        return replace(reference, path=found_path(reference.path, folder))

    project = snapshot.project.with_candidates(lambda candidate: found(candidate, folder)).with_references(where)
    sounds = tuple(replace(sound, path=found_path(sound.path, folder)) for sound in project.sounds)
    project = replace(project, sounds=sounds)
    if project.media is None:
        return project
    path, was = found_path(project.media.path, folder), snapshot.saved.media_was
    if was and not os.path.exists(path) and os.path.exists(was):
        path = was
    return project.with_media(replace(project.media, path=path))


def _data(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{path} is damaged and cannot be read; restore it from a copy.") from error
    except FileNotFoundError as error:
        raise Damaged(f"{path} is missing; restore it from a copy.") from error
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror or error}); check its permissions.") from error
    if not isinstance(data, dict):
        raise Damaged(f"{path} holds no project; restore it from a copy.")
    return data

"""Files that a project misses, found again by what they hold, wherever they were moved."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from engine.media.probe import content_hash
from engine.spec import OnProgress, Progress, Refused, ignore
from foleydesk.document.project import Project

STAGE = "Searching"


@dataclass(frozen=True)
class Lost:
    """A file that is not where the project says. `hash` names its content, `path` is where it was."""

    hash: str
    path: str

    @property
    def name(self) -> str:
        return PurePath(self.path).name


def lost(project: Project) -> tuple[Lost, ...]:
    """The picture, reference sounds and sounds that are missing, each content once. Takes lie in the project itself."""
    named = [(project.media.hash, project.media.path)] if project.media is not None else []
    named += [(sound.hash, sound.path) for sound in project.sounds]
    named += [(cue.reference.hash, cue.reference.path) for cue in project.cues if cue.reference is not None]
    gone = {hash: path for hash, path in reversed(named) if hash and not os.path.exists(path)}
    here = {hash for hash, path in named if os.path.exists(path)}
    return tuple(Lost(hash, path) for hash, path in reversed(gone.items()) if hash not in here)


def find(wanted: Iterable[Lost], place: Path, on_progress: OnProgress = ignore) -> dict[str, str]:
    """Hash to path of those found at the place, a file or a folder and all below: the same content, whatever its name.

    Files of the same name are looked at first, then those of the same kind, then all others; what is found ends the
    search. `on_progress` sees every file and may raise Cancelled. Raises Refused when there is nothing.
    """
    place = Path(os.path.abspath(place))
    if not place.exists():
        raise Refused(f"There is nothing at {place}; choose another folder or file.")
    left = {one.hash: one for one in wanted}
    found: dict[str, str] = {}
    files = [place] if place.is_file() else _files(place)
    paths = _likely_first(files, tuple(left.values())) if left else []
    for done, path in enumerate(paths, 1):
        if not left:
            break
        on_progress(Progress(STAGE, done, len(paths)))
        try:
            name = content_hash(path)
        except OSError:
            continue
        if left.pop(name, None) is not None:
            found[name] = str(path)
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Every plain file below; links to folders are not followed, and what may not be read is passed by."""
    for home, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(home) / name
            if path.is_file():
                yield path


def _likely_first(paths: Iterable[Path], wanted: tuple[Lost, ...]) -> list[Path]:
    names = {one.name.casefold() for one in wanted}
    kinds = {PurePath(one.path).suffix.casefold() for one in wanted}

    def unlikely(path: Path) -> int:
        if path.name.casefold() in names:
            return 0
        return 1 if path.suffix.casefold() in kinds else 2

    return sorted(paths, key=unlikely)

"""Models from files that are on this machine already: a checkout of MMAudio, ComfyUI's folder, a hub's cache.

Files are recognised by their tensors. They are linked where the disk allows that and copied where it does not; the
user's own files stay where and as they are.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine import weights
from engine.hub.catalogue import CATALOGUE, Catalogue, Part, Published, in_bytes
from engine.hub.layouts import Shapes
from engine.hub.recognise import Seen, published_layouts, recognise
from engine.hub.shelf import OWN_ROLE, Place, Record, card_path, places_of, write_card
from engine.hub.turns import turn
from engine.media.atomic import cannot_write
from engine.registry import ModelCard
from engine.spec import OnProgress, Progress, Refused, ignore

ENDINGS = (".pth", ".pt", ".bin", ".ckpt", ".safetensors")
SMALLEST = 1024
"""A file of fewer bytes holds no weights, at most a pointer to where they are."""
CHUNK = 4 * 1024 * 1024


@dataclass(frozen=True)
class Look:
    """What lies in a folder: every weight file, and the best one for each part."""

    folder: Path
    seen: tuple[Seen, ...]
    best: dict[str, Seen]

    def models(self, catalogue: Catalogue = CATALOGUE) -> tuple[Published, ...]:
        """Those whose network is among it."""
        return tuple(model for model in catalogue.models if model.files.get(OWN_ROLE) in self.best)

    @property
    def complaints(self) -> tuple[str, ...]:
        """One sentence for each file that is of no use, those first that should have been."""
        return (*self.broken, *(one.says for one in self.seen if one.foreign))

    @property
    def broken(self) -> tuple[str, ...]:
        """One sentence for each file that is damaged, or lacks something."""
        return tuple(one.says for one in self.seen if one.part is None and not one.foreign)


@dataclass(frozen=True)
class Imported:
    """What came of it. `lacking`: models whose network is here, and what they still need."""

    taken: tuple[Part, ...]
    installed: tuple[ModelCard, ...]
    lacking: tuple[tuple[Published, tuple[Part, ...]], ...]
    complaints: tuple[str, ...]
    """One sentence for each file that is of no use."""
    broken: tuple[str, ...] = ()
    """Those of them that are about damaged files."""


def import_folder(folder: Path, on_progress: OnProgress = ignore, catalogue: Catalogue = CATALOGUE) -> Imported:
    """Look, and install what is found. Whoever calls has had the terms accepted. Raises Refused, or Cancelled."""
    return install(look_through(folder, on_progress, catalogue), on_progress, catalogue)


def look_through(
    folder: Path,
    on_progress: OnProgress = ignore,
    catalogue: Catalogue = CATALOGUE,
    layouts: Mapping[str, Shapes] | None = None,
) -> Look:
    """Look at every weight file in a folder and below. `layouts`: what to recognise; the published parts if left out.

    Raises Refused when there is no such folder, or no weight file in it.
    """
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}; name the one that your model files lie in.")
    paths = list(_weight_files(folder))
    if not paths:
        raise Refused(f"There is no weight file in {folder}; files that end in {', '.join(ENDINGS)} were looked for.")
    on_progress(Progress("Looking at the files", 0, len(paths)))
    known = published_layouts() if layouts is None else layouts
    seen = []
    for at, path in enumerate(paths, start=1):
        seen.append(recognise(path, known, catalogue))
        on_progress(Progress("Looking at the files", at, len(paths)))
    best: dict[str, Seen] = {}
    for one in seen:  # of two forms of the same part the larger one, which has the finer numbers
        if one.part is not None and (one.part not in best or one.bytes > best[one.part].bytes):
            best[one.part] = one
    return Look(folder, tuple(seen), best)


def install(look: Look, on_progress: OnProgress = ignore, catalogue: Catalogue = CATALOGUE) -> Imported:
    """Take what is not here yet, and write the cards of the models that are whole then. Steps are bytes.

    Raises Refused when nothing of it is of use, or the disk is full; what was taken before stays.
    """
    if not look.best:
        raise Refused(_nothing(look))
    wanted = [(place, look.best[name]) for name, place in _places(catalogue).items() if name in look.best]
    wanted = [(place, one) for place, one in wanted if place.stored() is None]
    total, before = sum(one.bytes for _, one in wanted), 0
    for place, one in wanted:
        on_bytes = _told(on_progress, f"Taking {one.path.name}", before, total)
        with turn(place.lock, partial(on_bytes, 0)):
            if place.stored() is None:
                _take(one, place, on_bytes)
        before += one.bytes
    installed, lacking = [], []
    for model in catalogue.models:
        missing = tuple(place.part for _, place in places_of(model, catalogue) if place.stored() is None)
        if not missing and (model in look.models(catalogue) or not card_path(model).is_file()):
            installed.append(write_card(model, catalogue))
        elif missing and model in look.models(catalogue):
            lacking.append((model, missing))
    taken = tuple(place.part for place, _ in wanted)
    return Imported(taken, tuple(installed), tuple(lacking), look.complaints, look.broken)


def _places(catalogue: Catalogue) -> dict[str, Place]:
    return {place.part.name: place for model in catalogue.models for _, place in places_of(model, catalogue)}


def _take(one: Seen, place: Place, on_bytes: Callable[[int], None]) -> None:
    """Link or copy, with the hash; the final name comes last."""
    source = one.path.resolve()
    file = place.folder / f"{Path(place.part.file).stem}{source.suffix or Path(place.part.file).suffix}"
    begun = place.folder / f".{file.name}.import"
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        begun.unlink(missing_ok=True)
        try:
            if _linked(source, begun):
                sha256, md5 = _hashes(begun, None, on_bytes)
            else:
                _check_space(one, place.folder)
                sha256, md5 = _hashes(source, begun, on_bytes)
            as_published = bool(place.part.md5) and md5 == place.part.md5
            size = begun.stat().st_size
            place.write_record(Record(place.part.name, file.name, sha256, size, str(one.path), as_published))
            os.replace(begun, file)
        finally:
            begun.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(cannot_write(file, error)) from error
    weights.note_hash(file, sha256)


def _linked(source: Path, to: Path) -> bool:
    with contextlib.suppress(OSError, NotImplementedError):  # another disk, or one without links
        os.link(source, to)
        return True
    return False


def _hashes(source: Path, copy: Path | None, on_bytes: Callable[[int], None]) -> tuple[str, str]:
    """SHA-256 and MD5 of a file, and a copy of it where one is wanted."""
    sha256, md5, done = hashlib.sha256(), hashlib.md5(usedforsecurity=False), 0
    with source.open("rb") as file, copy.open("wb") if copy else contextlib.nullcontext() as target:
        while chunk := file.read(CHUNK):
            sha256.update(chunk)
            md5.update(chunk)
            if target is not None:
                target.write(chunk)
            done += len(chunk)
            on_bytes(done)
        if target is not None:
            target.flush()
            os.fsync(target.fileno())
    return sha256.hexdigest(), md5.hexdigest()


def _check_space(one: Seen, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if one.bytes > free:
        raise Refused(
            f"The disk has no room for a copy of {one.path}: it has {in_bytes(one.bytes)}, and {in_bytes(free)} are "
            f"free at {folder}; free some space, or set FOLEYDESK_HOME to the disk that the file is on."
        )


def _weight_files(folder: Path) -> Iterator[Path]:
    """Each file once, even where links lead to it twice."""
    found: set[Path] = set()
    for home, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(home) / name
            if path.suffix.lower() not in ENDINGS or not path.is_file() or path.stat().st_size < SMALLEST:
                continue
            if (real := path.resolve()) not in found:
                found.add(real)
                yield path


def _told(on_progress: OnProgress, stage: str, before: int, total: int) -> Callable[[int], None]:
    return lambda done: on_progress(Progress(stage, before + done, total))


def _nothing(look: Look) -> str:
    """One file: what is wrong with it. Several: how many, and the first."""
    first = look.complaints[0]
    if len(look.complaints) == 1:
        return first
    return f"None of the {len(look.complaints)} weight files in {look.folder} is of use here; the first: {first}"

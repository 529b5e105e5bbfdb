"""Are a model's files the ones its card names? Told by hash, once for each state of a file. Torch-free."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from engine.hub.catalogue import CATALOGUE
from engine.media.atomic import replacing
from engine.registry import ModelCard, data_home
from engine.spec import Refused


def check(card: ModelCard, roles: Collection[str] | None = None) -> None:
    """Raises Refused, naming the file, when one (of these roles) is missing, cut short or changed."""
    for role in card.files if roles is None else roles:
        path, wanted = card.path(role), card.file(role)
        again = mending(card.name)
        if not path.is_file():
            raise Refused(f"The weight file {path} is missing; {again}.")
        size = path.stat().st_size
        if size != wanted.bytes:
            raise Refused(f"The weight file {path} is damaged ({size} bytes instead of {wanted.bytes}); {again}.")
        if _hash(path) != wanted.sha256:
            raise Refused(f"The weight file {path} is damaged (its content is not what its card names); {again}.")


def mending(name: str) -> str:
    """What to do about a model whose files are not as they should be."""
    if CATALOGUE.find(name) is not None:
        return f"`foleydesk models pull {name}` gets it again"
    return f"install the model {name} again"


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def known_hash(path: Path) -> str | None:
    """What an earlier look found, where size and time of change are still the same; else None."""
    known = _notes().get(str(path.resolve()))
    return str(known[2]) if isinstance(known, list) and known[:2] == _state(path) else None


def note_hash(path: Path, digest: str) -> None:
    """Remember a file's SHA-256 as the one of its present state. A disk that does not take it costs only time later."""
    notes = {**_notes(), str(path.resolve()): [*_state(path), digest]}
    with contextlib.suppress(OSError, Refused):
        _notes_path().parent.mkdir(parents=True, exist_ok=True)
        with replacing(_notes_path()) as part:
            part.write_text(json.dumps(notes, indent=1), encoding="utf-8")


def _hash(path: Path) -> str:
    """The file's SHA-256, from an earlier look where nothing has changed since."""
    digest = known_hash(path)
    if digest is None:
        digest = sha256(path)
        note_hash(path, digest)
    return digest


def _state(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]


def _notes_path() -> Path:
    return data_home() / "hashes.json"


def _notes() -> dict[str, object]:
    try:
        notes = json.loads(_notes_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}

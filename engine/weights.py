"""Are a model's files the ones its card names? Told by hash, once for each state of a file. Torch-free."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

from engine.media.atomic import replacing
from engine.registry import ModelCard, data_home
from engine.spec import Refused


def check(card: ModelCard) -> None:
    """Raises Refused, naming the file, when one is missing, cut short or changed."""
    for role in card.files:
        path, wanted = card.path(role), card.file(role)
        again = f"install the model {card.name} again"
        if not path.is_file():
            raise Refused(f"The weight file {path} is missing; {again}.")
        size = path.stat().st_size
        if size != wanted.bytes:
            raise Refused(f"The weight file {path} is damaged ({size} bytes instead of {wanted.bytes}); {again}.")
        if _hash(path) != wanted.sha256:
            raise Refused(f"The weight file {path} is damaged (its content is not what its card names); {again}.")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash(path: Path) -> str:
    """The file's SHA-256, from the notes of an earlier look where size and time of change are the same."""
    stat = path.stat()
    name, state = str(path.resolve()), [stat.st_size, stat.st_mtime_ns]
    notes = _notes()
    known = notes.get(name)
    if isinstance(known, list) and known[:2] == state:
        return str(known[2])
    digest = sha256(path)
    notes[name] = [*state, digest]
    with contextlib.suppress(OSError, Refused):
        _notes_path().parent.mkdir(parents=True, exist_ok=True)
        with replacing(_notes_path()) as part:
            part.write_text(json.dumps(notes, indent=1), encoding="utf-8")
    return digest


def _notes_path() -> Path:
    return data_home() / "hashes.json"


def _notes() -> dict[str, object]:
    try:
        notes = json.loads(_notes_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}

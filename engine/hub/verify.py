"""Are the files of installed models what their cards say? Every byte is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine import weights
from engine.registry import ModelCard, ModelFile
from engine.spec import OnProgress, Progress, ignore

CHUNK = 4 * 1024 * 1024


@dataclass(frozen=True)
class Verdict:
    """On one file of a model. `says`: what is wrong and how to mend it; empty where it is fine."""

    model: str
    path: Path
    bytes: int
    says: str = ""

    @property
    def fine(self) -> bool:
        return not self.says


def verify(cards: list[ModelCard], on_progress: OnProgress = ignore) -> list[Verdict]:
    """Hash every file of these models, a shared one once. Steps are bytes. Raises Cancelled from `on_progress`."""
    files = [(card, card.path(role), card.file(role)) for card in cards for role in card.files]
    total = sum(path.stat().st_size for path in {path.resolve() for _, path, _ in files} if path.is_file())
    known: dict[Path, str] = {}
    done, found = 0, []
    for card, path, wanted in files:
        real = path.resolve()
        if path.is_file() and real not in known:
            digest = hashlib.sha256()
            for chunk in _chunks(path):
                digest.update(chunk)
                done += len(chunk)
                on_progress(Progress(f"Reading {path.name}", done, total))
            known[real] = digest.hexdigest()
            weights.note_hash(path, known[real])  # a damaged file is then fetched again by a pull
        found.append(Verdict(card.name, real, wanted.bytes, _wrong(card, real, wanted, known.get(real))))
    return found


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _wrong(card: ModelCard, path: Path, wanted: ModelFile, digest: str | None) -> str:
    if digest is None:
        return f"{path} is missing; {weights.mending(card.name)}."
    size = path.stat().st_size
    if size != wanted.bytes:
        return f"{path} is damaged ({size} bytes instead of {wanted.bytes}); {weights.mending(card.name)}."
    if digest != wanted.sha256:
        return f"{path} is damaged (its content is not what its card names); {weights.mending(card.name)}."
    return ""

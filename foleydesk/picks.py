"""What the command line says about a project's picks."""

from __future__ import annotations

from pathlib import Path

from engine.spec import Refused
from training.preferences.pairs import export_pairs, pairs
from training.preferences.store import PickStore


def stats(project: Path) -> dict[str, int]:
    """Counts by name, and how many pairs they give."""
    with _store(project) as store:
        return {**store.stats(), "pairs": len(pairs(store, project))}


def export(project: Path, out: Path) -> int:
    """Write the pairs as JSON lines; gives their number."""
    with _store(project) as store:
        found = pairs(store, project)
    export_pairs(found, out)
    return len(found)


def _store(project: Path) -> PickStore:
    path = project / "picks.sqlite"
    if not path.is_file():
        raise Refused(f"There are no picks in {project} yet; open it and pick a candidate.")
    return PickStore(path)

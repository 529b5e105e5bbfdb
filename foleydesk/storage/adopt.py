"""Takes that were written, but that the program ended before it knew of: back to their cues."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from engine.spec import Candidate, Refused
from foleydesk.document.ids import new_id
from foleydesk.document.project import Cue, Project, Take
from foleydesk.document.take_edits import AddTakes


def adopt(project: Project, takes: Path, known: Collection[str]) -> Project:
    """The project with every candidate below `takes` that is not `known` and whose cue is still there.

    A candidate lies in a folder with its cue's id, or its recipe says which cue it was made for.
    """
    found: list[Take] = []
    for path in sorted(takes.rglob("*.json")):
        if path.stem in known or path.name.startswith("."):
            continue
        candidate = _read(path)
        cue = _cue_of(project, path, candidate) if candidate else None
        if candidate is not None and cue is not None and candidate.id not in known:
            found.append(Take(new_id(), cue.id, candidate))
    return AddTakes(tuple(found)).apply(project) if found else project


def _read(path: Path) -> Candidate | None:
    from engine.candidates import read_candidate

    try:
        candidate = read_candidate(path)
    except Refused:
        return None
    return candidate if candidate.length > 0 else None


def _cue_of(project: Project, path: Path, candidate: Candidate) -> Cue | None:
    recipe = candidate.recipe
    for cue in project.cues:
        if path.parent.name == cue.id:
            return cue
    if project.media is None or project.media.hash != recipe.media_hash:
        return None
    same_span = [cue for cue in project.cues if cue.span == recipe.span]
    same_words = [cue for cue in same_span if (cue.prompt, cue.negative) == (recipe.prompt, recipe.negative)]
    return next(iter(same_words or same_span), None)

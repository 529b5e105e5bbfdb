"""Projects, takes and edits to test with. Sounds on disk are a few real samples."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile

from engine.spec import Candidate, Recipe, Span, to_json
from foleydesk.document.edits import AddCue, AddTakes, OpenMedia, PlaceTake
from foleydesk.document.project import Cue, Media, Project, Take

MINUTE = 60 * 48_000
SPAN = Span(48_000, 96_000)


def media(path: str = "/pictures/bunny.mp4", length: int = MINUTE, hash: str = "picture") -> Media:
    return Media("m", path, hash, length, Fraction(24_000, 1001), 1280, 720, True)


def candidate(seed: int = 0, span: Span = SPAN, prompt: str = "steps", folder: Path | None = None) -> Candidate:
    """With a sound in `folder` when one is given."""
    recipe = Recipe("/pictures/bunny.mp4", "picture", span, prompt, seed=seed)
    name = f"{span.start}-{prompt}-{seed}"
    home = folder or Path("/takes")
    made = Candidate(name, recipe, str(home / f"{name}.wav"), str(home / f"{name}.mel.npz"), span.length)
    if folder is not None:
        soundfile.write(made.wav, np.zeros(span.length), 48_000, "PCM_24")
        stored = replace(made, wav=f"{name}.wav", mel=f"{name}.mel.npz")
        (folder / f"{name}.json").write_text(json.dumps(to_json(stored)))
    return made


def takes(cue: str = "c1", count: int = 4, folder: Path | None = None) -> tuple[Take, ...]:
    return tuple(Take(f"{cue}-t{i}", cue, candidate(i, folder=folder)) for i in range(count))


def scored(folder: Path | None = None) -> Project:
    """A cue with four takes, the second of them placed on Props."""
    project = Project(name="Bunny")
    for edit in (
        OpenMedia(media()),
        AddCue(Cue("c1", SPAN.start, SPAN.end, "steps")),
        AddTakes(takes(folder=folder)),
        PlaceTake("c1", "c1-t1", "props", "clip1"),
    ):
        project = edit.apply(project)
    return project

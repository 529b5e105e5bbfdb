"""Projects with sounds that a test can reckon with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.media.audio_file import write_wav
from engine.spec import Candidate, Recipe, Span
from foleydesk.document.project import Clip, Project, Take
from foleydesk.playback.transport import Transport

sys.path.insert(0, str(Path(__file__).parents[1]))

from tape import Tape  # noqa: E402


class Bench:
    """A project on which clips are laid; `sounds` are what its takes hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sounds: dict[str, np.ndarray] = {}
        self.project = Project()

    def take(self, name: str, sound: np.ndarray) -> str:
        wav = self.folder / f"{name}.wav"
        write_wav(wav, sound)
        self.sounds[name] = np.asarray(sound, np.float32)
        recipe = Recipe("clip.mp4", "", Span(0, len(sound)))
        self.project = self.project.with_take(Take(name, "cue", Candidate(name, recipe, str(wav), "", len(sound))))
        return name

    def clip(self, take: str, start: int, track: str = "feet", **what) -> None:
        given = {"offset": 0, "length": len(self.sounds[take]), **what}
        self.project = self.project.with_clip(Clip(f"clip-{len(self.project.clips)}", track, take, start, **given))

    def track(self, name: str, **what) -> None:
        self.project = self.project.with_track(replace(self.project.track(name), **what))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def tape() -> Tape:
    return Tape()


@pytest.fixture
def transport(tape: Tape) -> Iterator[Transport]:
    transport = Transport(tape)
    yield transport
    tape.until = float("inf")
    transport.close()

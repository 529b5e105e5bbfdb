"""Candidates on disk: `<id>.wav`, `<id>.mel.npz` and, last of all, `<id>.json`. Torch-free."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.audio import pyramid
from engine.media.atomic import cannot_write, replacing
from engine.media.audio_file import write_wav
from engine.spec import FAST, SAMPLE_RATE, Candidate, Recipe, Refused, from_json, to_json

SOUND_VERSION = 5
"""Raise it when the same recipe and weights would give another sound: the ids change with it."""


def candidate_id(recipe: Recipe, weights: Sequence[str]) -> str:
    """A name for what the recipe gives with these weights (their hashes), wherever the files that it names lie."""
    places = dict.fromkeys(("media", "adapter", "reference", "base"), "")
    data = {**to_json(recipe), **places, "weights": list(weights), "version": SOUND_VERSION}
    if recipe.precision == FAST:  # which recipes of earlier versions do not say
        del data["precision"]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def check_folder(folder: Path) -> None:
    """Make the folder and try it, before anyone has waited for a sound. Raises Refused."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except FileExistsError as error:
        raise Refused(f"{folder} is a file, not a folder; choose another place.") from error
    except OSError as error:
        raise Refused(cannot_write(folder, error)) from error


def paths(folder: Path, name: str) -> tuple[Path, Path, Path]:
    """The WAV, the levels of its spectrogram, and the JSON, in the order in which they are written."""
    return folder / f"{name}.wav", folder / f"{name}.mel.npz", folder / f"{name}.json"


def write_all(found: Sequence[tuple[Candidate, NDArray[np.float32]]], folder: Path) -> tuple[Candidate, ...]:
    """Write candidates with their sounds (48 kHz, mono); all or none. Returns them with absolute paths."""
    with _none_left_on_failure([path for candidate, _ in found for path in paths(folder, candidate.id)]):
        return tuple(_write(candidate, wave, folder) for candidate, wave in found)


def read_candidate(path: Path) -> Candidate:
    """The candidate of a `<id>.json`, its files beside it. Raises Refused when it is damaged or they are missing."""
    try:
        candidate = from_json(Candidate, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise Refused(f"The candidate {path} cannot be read ({error}); generate it again.") from error
    wav, mel = path.parent / Path(candidate.wav).name, path.parent / Path(candidate.mel).name
    if not wav.is_file():
        raise Refused(f"The sound {wav} is missing; generate it again.")
    return replace(candidate, wav=str(wav), mel=str(mel))


def _write(candidate: Candidate, wave: NDArray[np.float32], folder: Path) -> Candidate:
    wav, mel, card = paths(folder, candidate.id)
    write_wav(wav, wave, SAMPLE_RATE)
    pyramid.save(mel, pyramid.pyramid(pyramid.mel_levels(wave)))
    stored = replace(candidate, wav=wav.name, mel=mel.name, length=len(wave))
    with replacing(card) as part:
        part.write_text(json.dumps(to_json(stored), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return replace(stored, wav=str(wav), mel=str(mel))


@contextlib.contextmanager
def _none_left_on_failure(made: Sequence[Path]) -> Iterator[None]:
    """Whatever of these was not there before is gone again if the block raises."""
    new = [path for path in made if not os.path.lexists(path)]
    try:
        yield
    except BaseException:
        for path in new:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise

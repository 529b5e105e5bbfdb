"""Does a candidate take after the sound that it was given as a reference, and does it stay in time?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.audio.resample import resample
from engine.media.audio_file import read_audio, write_wav
from engine.ranking.semantic import TextAudio
from engine.ranking.text_audio import load_text_audio
from engine.spec import SAMPLE_RATE, Candidate
from training.pretrain.bank import RATE
from training.pretrain.evaluate.bench import Bench, heard, wave
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.evaluate.spectral import centroid
from training.pretrain.evaluate.timing import generated, scored
from training.pretrain.held_out import HeldOut, held_out
from training.pretrain.sounding import Shelf

ASKS = "does a candidate take after its reference?"
SEED = 47_000_000
LONGEST_S = 3.0
"""More of a reference is not listened to."""
MOST_LOST = 0.05


def chosen(shelf: Shelf, scene: HeldOut, seed: int) -> np.ndarray:
    """(samples,) at 44.1 kHz: an unheard recording of what the scene's prompt asks for, else of what may sound it."""
    rng = np.random.default_rng(seed)
    takes = shelf.takes[scene.thing if scene.thing in shelf.takes else shelf.thing_for(rng, scene.motion)]
    return takes[int(rng.integers(len(takes)))][: int(LONGEST_S * RATE)]


def written(shelf: Shelf, scenes: Sequence[HeldOut], folder: Path) -> list[str]:
    """A reference for each scene as a WAV file."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for i, scene in enumerate(scenes):
        path = folder / f"{i:03d}.wav"
        write_wav(path, resample(chosen(shelf, scene, SEED + i), RATE, SAMPLE_RATE), SAMPLE_RATE)
        paths.append(str(path))
    return paths


def likeness(ear: TextAudio, sound: Path | str, reference: Path | str) -> tuple[float, float]:
    """Cosine in the ear's embedding (higher is nearer) and distance of centroids in octaves (lower is nearer)."""
    one, other = (np.asarray(ear.embed_audio(read_audio(path, RATE, mono=True)[None, :, 0]))[0]
                  for path in (sound, reference))
    return float(one @ other), abs(centroid(wave(sound)) - centroid(wave(reference)))


def nearer(ear: TextAudio, given: Sequence[Candidate], not_given: Sequence[Candidate],
           references: Sequence[str]) -> tuple[float, float]:
    """Share of the trials in which the candidate with the reference is the nearer one, by ear and by centroid."""
    with_it = [likeness(ear, c.wav, reference) for c, reference in zip(given, references, strict=True)]
    without = [likeness(ear, c.wav, reference) for c, reference in zip(not_given, references, strict=True)]
    pairs = list(zip(with_it, without, strict=True))
    return float(np.mean([a[0] > b[0] for a, b in pairs])), float(np.mean([a[1] < b[1] for a, b in pairs]))


def measure(bench: Bench) -> Figure:
    """Every scene with and without an unheard recording as its reference, from the same seed."""
    if "reference" not in bench.card.capabilities:
        return Figure("reference", ASKS, "",
                      missing=f"not available with this model: {bench.card.name} cannot follow a reference sound")
    scenes = held_out(bench.setting.scenes, bench.setting.work / "held-out")
    references = written(bench.unheard, scenes, bench.folder / "references")
    not_given, given = generated(bench, scenes), generated(bench, scenes, references)
    trials = slice(0, bench.setting.trials)
    ear, bright = nearer(load_text_audio(bench.card), given[trials], not_given[trials], references[trials])
    true = [[at for at, _ in scene.events] for scene in scenes]
    f1 = [scored(true, [heard(candidate.wav) for candidate in made]).f1 for made in (given, not_given)]
    return Figure(
        "reference", ASKS,
        f"{len(references[trials])} trials with and without a recording kept out of training, same words and seed; "
        f"timing on {len(scenes)} scenes; {bench.how}",
        (
            Row("nearer with the reference, by the ear's embedding", ear, least=0.8),
            Row("nearer with the reference, by spectral centroid", bright, least=0.8),
            Row("onset F1 with references", f1[0]),
            Row("onset F1 lost to references", f1[1] - f1[0], most=MOST_LOST),
        ),
    )

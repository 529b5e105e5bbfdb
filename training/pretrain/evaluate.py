"""`python -m training.pretrain.evaluate`: is the generated sound in time with what is seen?

Held-out scenes go through the engine as video files. The onsets of the generated sound are held against the true
events of the same scene, and against those of another one (videos shuffled); F1 within 0.1 s, pooled over scenes.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from engine.media.audio_file import read_audio
from engine.media.probe import probe
from engine.ranking.onsets import onsets
from engine.service import Engine
from engine.spec import Candidate, Recipe, Span
from training.metrics.onset import OnsetScores, onset_scores, pooled
from training.pretrain.held_out import HeldOut, held_out


def generated(engine: Engine, scenes: list[HeldOut], into: Path, adapter: str | None = None, seed: int = 11,
              guidance: float = 4.5, model: str = "visiosonic-mini") -> list[Candidate]:
    """One candidate for each scene."""
    made: list[Candidate] = []
    for i, scene in enumerate(scenes):
        media = probe(scene.video)
        recipe = Recipe(str(scene.video), media.hash, Span(0, media.length), scene.prompt, adapter=adapter,
                        guidance=guidance, seed=seed + 100 * i, model=model)
        made += engine.generate(recipe, 1, into)
    return made


def heard(wav: str) -> list[float]:
    """Onsets of a sound in seconds."""
    return [onset.at for onset in onsets(read_audio(wav, mono=True)[:, 0])]


def timing(scenes: list[HeldOut], found: list[list[float]], shift: int = 0) -> OnsetScores:
    """Onsets of each scene's sound against the true events of the scene `shift` places on."""
    true = [[at for at, _ in scene.events] for scene in scenes]
    return pooled([onset_scores(true[(i + shift) % len(true)], found[i]) for i in range(len(found))])


def figures(count: int, work: Path, guidance: float = 4.5, adapter: str | None = None) -> dict[str, float]:
    """Onset F1 of generated sound and of the spotter, true and shuffled."""
    scenes = held_out(count, work / "held-out")
    engine = Engine(cache=work / "cache")
    with tempfile.TemporaryDirectory() as folder:
        made = generated(engine, scenes, Path(folder), adapter, guidance=guidance)
        found = [heard(candidate.wav) for candidate in made]
    spotted = [[event.at / 48_000 for event in engine.spot(scene.video).events] for scene in scenes]
    shuffled = pooled([timing(scenes, found, shift) for shift in (1, 7, 13)])
    return {
        "scenes": count,
        "generated": round(timing(scenes, found).f1, 3),
        "generated_shuffled": round(shuffled.f1, 3),
        "spotter": round(timing(scenes, spotted).f1, 3),
        "spotter_shuffled": round(timing(scenes, spotted, 7).f1, 3),
    }


def main(count: Annotated[int, typer.Option(help="How many held-out scenes.")] = 40,
         work: Annotated[Path, typer.Option(help="Where scenes and caches lie.")] = Path("work/pretrain"),
         guidance: float = 4.5, adapter: str | None = None) -> None:
    """Print onset F1 within 0.1 s on held-out scenes, as JSON."""
    print(json.dumps(figures(count, work, guidance, adapter), indent=1))


if __name__ == "__main__":
    typer.run(main)

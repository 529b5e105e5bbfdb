"""A request from outside the desktop, answered with a folder: ranked sounds, recipes, the best one in a video."""

from __future__ import annotations

import json
import math
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from engine.media.mux import mux
from engine.media.probe import MediaInfo, probe
from engine.registry import data_home
from engine.spec import SAMPLE_RATE, Candidate, Event, OnProgress, Recipe, Refused, Span, ignore, to_json
from foleydesk.overview import Lane, draw
from foleydesk.workplace import workplace

LISTING = "candidates.json"


def picture(path: Path) -> MediaInfo:
    """Probe a video that sounds are to be made for. Raises Refused when there is nothing to see in it."""
    info = probe(path)
    if not info.has_picture:
        raise Refused(f"{path} has sound but no picture; give a video.")
    return info


def span_of(info: MediaInfo, start: float = 0.0, duration: float | None = None) -> Span:
    """The asked-for stretch in samples, ended where the picture ends. Raises Refused when it lies outside."""
    if not math.isfinite(start) or (duration is not None and not math.isfinite(duration)):
        raise Refused("Start and duration are seconds, such as 1.5.")
    first = round(start * SAMPLE_RATE)
    length = info.length if duration is None else round(duration * SAMPLE_RATE)
    if not 0 <= first < info.length:
        raise Refused(f"{info.path} is {info.length / SAMPLE_RATE:.2f} s long; it has nothing at {start:g} s.")
    if length <= 0:
        raise Refused(f"A duration of {duration:g} s leaves nothing to sound; give more than 0.")
    return Span(first, min(first + length, info.length))


def unsaid(sentence: str) -> None:
    """For those who do not want to hear it."""


def answer(
    recipe: Recipe,
    candidates: int,
    out: Path,
    device: str = "auto",
    on_progress: OnProgress = ignore,
    say: Callable[[str], None] = unsaid,
) -> list[Candidate]:
    """Generate, rank and lay everything into the folder `out`; gives the candidates, best first, as they lie there.

    `say` is told beforehand how much memory it will take. Raises Refused, and then `out` is as it was. torch enters
    the process here.
    """
    info = picture(Path(recipe.media))
    with workplace(out) as work:
        from engine.service import Engine

        engine = Engine(cache=data_home() / "cache", device=device)
        say(f"{engine.estimate(recipe, candidates).says}.")
        made = engine.generate(recipe, candidates, work, on_progress)
        events = recipe.events if recipe.events is not None else engine.spot(recipe.media, recipe.span).events
        return deliver(info, made, events, work, out)


def deliver(
    info: MediaInfo, candidates: Sequence[Candidate], events: Sequence[Event], work: Path, out: Path
) -> list[Candidate]:
    """Lay ranked candidates into `out` by way of `work`; `candidates.json` goes last, so what it lists is there."""
    named = []
    for rank, candidate in enumerate(candidates, start=1):
        wav = work / f"candidate-{rank}.wav"
        shutil.copyfile(candidate.wav, wav)
        named.append(replace(candidate, wav=str(wav)))
    mux(info.path, named[0].wav, work / "best.mp4", at=named[0].recipe.span.start)
    overview(info, named, events).save(work / "overview.png")
    listing = json.dumps([entry(rank, candidate) for rank, candidate in enumerate(named, start=1)], indent=2)
    (work / LISTING).write_text(listing + "\n", encoding="utf-8")
    _move(work, out, [Path(candidate.wav).name for candidate in named])
    return [replace(candidate, wav=str(out / Path(candidate.wav).name)) for candidate in named]


def entry(rank: int, candidate: Candidate) -> dict[str, Any]:
    """What `candidates.json` says of one candidate; `file` lies beside it."""
    return {
        "rank": rank,
        "file": Path(candidate.wav).name,
        "id": candidate.id,
        "samples": candidate.length,
        "seconds": round(candidate.length / SAMPLE_RATE, 3),
        "score": to_json(candidate.card),
        "recipe": to_json(candidate.recipe),
    }


def overview(info: MediaInfo, candidates: Sequence[Candidate], events: Sequence[Event]) -> Image.Image:
    """The timeline of the candidates' span."""
    recipe = candidates[0].recipe
    lanes = [Lane(Path(c.wav).stem, c.wav, c.card.total, c.card.says) for c in candidates]
    return draw(info, recipe.span, lanes, events, title_of(recipe))


def title_of(recipe: Recipe) -> str:
    adapter = f" + {Path(recipe.adapter).name}" if recipe.adapter else ""
    return f"{recipe.prompt or 'no prompt'} · {recipe.model}{adapter} · {recipe.steps} steps"


def _move(work: Path, out: Path, sounds: Sequence[str]) -> None:
    (out / LISTING).unlink(missing_ok=True)
    for stale in out.glob("candidate-*.wav"):
        if stale.name not in sounds:
            stale.unlink()
    for name in (*sounds, "best.mp4", "overview.png", LISTING):
        os.replace(work / name, out / name)

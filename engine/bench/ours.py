"""The same request to this program's engine: once from nothing, once again with everything at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from engine.bench.timing import Timing, Watch, peak_memory
from engine.spec import EXACT, SAMPLE_RATE, OnProgress, Progress, Recipe, Span

if TYPE_CHECKING:
    from engine.bench.mmaudio import Request
    from engine.service import Engine

DURING = {"Looking at the picture": "picture", "Generating": "sampling", "Decoding": "decoding", "Ranking": "writing"}
AFTER = {"Looking at the picture": "loading", "Generating": "decoding", "Decoding": "writing", "Ranking": "writing"}
"""What the comparison calls the engine's stages, and what begins with the last step of each.

Parts are loaded where they are first needed: words, the network and the codec count as loading here, the encoders of
the picture as picture.
"""


def run(work: Path, request: Request) -> list[Timing]:
    """From files as published in `work` to candidates beside a video with sound; `work/home` is the user's folder."""
    os.environ["FOLEYDESK_HOME"] = str(work / "home")
    name = _name(request)
    _install(work, name)
    watch = Watch(request.device)
    watch.enter("loading")
    import torch

    from engine.conditioning.precision import of_pictures
    from engine.media.mux import mux
    from engine.service import Engine

    engine = Engine(work / "cache" / str(os.getpid()), request.device)
    recipe = _recipe(request, name)
    how = of_pictures(recipe.precision, request.device)
    found = []
    for i in range(2):
        if i:
            watch = Watch(request.device)
            watch.enter("loading")
        made = engine.generate(recipe, request.candidates, work / f"ours-{i}", _followed(watch))
        watch.enter("writing")
        for candidate in made:
            mux(request.video, candidate.wav, Path(candidate.wav).with_suffix(".mp4"))
        first = next(candidate for candidate in made if candidate.recipe.seed == request.seed)
        says = f"ours, {request.device}, pictures {how}, torch {torch.__version__}"
        whole = watch.whole()
        _spread(watch.seconds, request.steps * request.candidates)
        peak = peak_memory(request.device)
        raw, swift = raw_sound(engine, recipe, work) if i else "", how != EXACT
        found.append(Timing(whole, watch.cpu(), watch.seconds, peak, (first.wav,), "" if i else says, raw, swift))
    return found


def raw_alone(work: Path, request: Request) -> Timing:
    """Only the first sound as it leaves the vocoder, by nobody's watch."""
    os.environ["FOLEYDESK_HOME"] = str(work / "home")
    from engine.service import Engine

    engine = Engine(work / "cache" / str(os.getpid()), request.device)
    return Timing(0.0, 0.0, {}, 0, raw=raw_sound(engine, _recipe(request, _name(request)), work))


def raw_sound(engine: Engine, recipe: Recipe, work: Path) -> str:
    """The sound of the recipe before it is finished, as an array in a file."""
    import numpy as np

    from engine.generation import Plan, latents, waveform

    given = engine.conditions(recipe)
    backbone = engine.backbone(recipe.model)
    plan = Plan(recipe.sampler, recipe.steps, recipe.guidance, recipe.negative)
    latent = latents(backbone, given, plan, [recipe.seed], 1, lambda done, steps: None)[0]
    path = work / f"ours-{recipe.precision}.npy"
    np.save(path, waveform(backbone, latent, recipe.seed))
    return str(path)


def _name(request: Request) -> str:
    return "mmaudio-" + request.variant.replace("_", "-")


def _recipe(request: Request, name: str) -> Recipe:
    return Recipe(request.video, "", Span(0, round(request.seconds * SAMPLE_RATE)), request.prompt, request.negative,
                  model=name, sampler="euler", steps=request.steps, guidance=request.guidance, seed=request.seed,
                  events=(), precision=request.precision)


def _followed(watch: Watch) -> OnProgress:
    """A progress callback that tells the watch what began. A stage is first heard of when its first step is done."""

    def on_progress(progress: Progress) -> None:
        over = progress.step >= progress.steps
        watch.enter((AFTER if over else DURING).get(progress.stage, "loading"))

    return on_progress


def _install(work: Path, name: str) -> None:
    from engine import registry
    from engine.hub.importing import import_folder

    if name not in {card.name for card in registry.models()}:
        import_folder(work)


def _spread(seconds: dict[str, float], steps: int) -> None:
    """The first step was counted as loading; it took what the others did."""
    first = min(seconds.get("sampling", 0.0) / max(1, steps - 1), seconds.get("loading", 0.0))
    if first:
        seconds["sampling"] += first
        seconds["loading"] -= first

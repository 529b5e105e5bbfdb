"""What is asked of the engine for a cue, and which of its takes belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from engine.spec import FAST, Candidate, Guidances, Recipe, Span
from foleydesk.document.project import Cue, Project, Take

SEED_STRIDE = 10
"""Asked again, a cue's seeds begin at the next 11, 21, 31 …: the gap tells one batch from the next."""

Batch = tuple[Candidate, ...]
"""Candidates that were made together, best first: one recipe, one run of seeds."""


@dataclass(frozen=True)
class Settings:
    """How the next candidates are made."""

    seed: int = 1
    steps: int = 25
    guidance: float = 4.5
    guidances: Guidances = field(default_factory=Guidances)
    candidates: int = 4
    precision: str = FAST


@dataclass(frozen=True)
class Base:
    """A sound to make others from, with its content hash."""

    candidate: Candidate
    hash: str


def recipe_for(project: Project, cue: Cue, settings: Settings) -> Recipe:
    """What would be asked for now. Seeds that were used already are passed by."""
    return _with_free_seeds(_asked(project, cue, settings), project.takes_of(cue.id), settings.candidates)


def variation_of(base: Base, strength: float, project: Project, cue: Cue, settings: Settings) -> Recipe:
    """More like the base: `strength` 0 is the base itself, 1 has nothing of it. The words are the cue's as they are."""
    recipe = replace(_from(base, _asked(project, cue, settings)), strength=strength)
    return _with_free_seeds(recipe, project.takes_of(cue.id), settings.candidates)


def anew(base: Base, region: Span, project: Project, cue: Cue, settings: Settings) -> Recipe:
    """The base with `region` (samples of the medium) made anew."""
    recipe = replace(_from(base, _asked(project, cue, settings)), region=region)
    return _with_free_seeds(recipe, project.takes_of(cue.id), settings.candidates)


def batches(takes: Sequence[Take]) -> list[Batch]:
    """What was made for a cue, the newest last."""
    alike: dict[Recipe, dict[int, tuple[int, Candidate]]] = {}
    for place, take in enumerate(takes):
        recipe = take.candidate.recipe
        alike.setdefault(_but_seed(recipe), {})[recipe.seed] = (place, take.candidate)
    found = [run for by_seed in alike.values() for run in _runs(by_seed)]
    found.sort(key=lambda run: max(place for place, _ in run))
    return [tuple(sorted((one for _, one in run), key=lambda one: -one.card.total)) for run in found]


def _asked(project: Project, cue: Cue, settings: Settings) -> Recipe:
    assert project.media is not None
    return Recipe(
        media=project.media.path,
        media_hash=project.media.hash,
        span=cue.span,
        prompt=cue.prompt,
        negative=cue.negative,
        reference=cue.reference.path if cue.reference else None,
        reference_hash=cue.reference.hash if cue.reference else "",
        events=cue.events,
        model=project.model,
        adapter=project.adapter,
        steps=settings.steps,
        guidance=settings.guidance,
        guidances=settings.guidances,
        seed=settings.seed,
        precision=settings.precision,
    )


def _from(base: Base, recipe: Recipe) -> Recipe:
    """The recipe over the stretch of picture that the base was made for."""
    return replace(recipe, span=base.candidate.recipe.span, base=base.candidate.wav, base_hash=base.hash)


def _with_free_seeds(recipe: Recipe, takes: Sequence[Take], candidates: int) -> Recipe:
    asked = _but_seed(recipe)
    used = {take.candidate.recipe.seed for take in takes if _but_seed(take.candidate.recipe) == asked}
    if used.intersection(range(recipe.seed, recipe.seed + candidates)):
        return replace(recipe, seed=(max(used) // SEED_STRIDE + 1) * SEED_STRIDE + 1)
    return recipe


def _runs(by_seed: dict[int, tuple[int, Candidate]]) -> list[list[tuple[int, Candidate]]]:
    """Seeds that count on without a gap belong together."""
    runs: list[list[tuple[int, Candidate]]] = []
    for seed in sorted(by_seed):
        if seed - 1 not in by_seed:
            runs.append([])
        runs[-1].append(by_seed[seed])
    return runs


def _but_seed(recipe: Recipe) -> Recipe:
    """What candidates of one batch have in common; hashes stand for the files, wherever they lie.

    The sampler is left out: asked for, it is the model's own choice, which only what was made has by name.
    """
    return replace(
        recipe, seed=0, media="", reference=recipe.reference and "reference", base=recipe.base and "base", sampler="",
    )  # fmt: skip

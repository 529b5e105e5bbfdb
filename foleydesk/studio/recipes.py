"""What is asked of the engine for a cue, and which of its takes belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.spec import Candidate, Recipe
from foleydesk.document.project import Cue, Project, Take

SEED_STRIDE = 10
"""Asked again, a cue's seeds begin at the next 11, 21, 31 …: the gap tells one batch from the next."""


@dataclass(frozen=True)
class Settings:
    """How the next candidates are made."""

    seed: int = 1
    steps: int = 25
    guidance: float = 4.5
    candidates: int = 4


def recipe_for(project: Project, cue: Cue, settings: Settings) -> Recipe:
    """What would be asked for now. Seeds that were used already are passed by."""
    assert project.media is not None
    recipe = Recipe(
        media=project.media.path,
        media_hash=project.media.hash,
        span=cue.span,
        prompt=cue.prompt,
        negative=cue.negative,
        events=cue.events,
        model=project.model,
        adapter=project.adapter,
        steps=settings.steps,
        guidance=settings.guidance,
        seed=settings.seed,
    )
    used = {take.candidate.recipe.seed for take in project.takes_of(cue.id) if _alike(take.candidate.recipe, recipe)}
    if used.intersection(range(recipe.seed, recipe.seed + settings.candidates)):
        return replace(recipe, seed=(max(used) // SEED_STRIDE + 1) * SEED_STRIDE + 1)
    return recipe


def newest_batch(takes: Sequence[Take]) -> tuple[Candidate, ...]:
    """The candidates that were made together with the last one, best first: one recipe, one run of seeds."""
    if not takes:
        return ()
    last = takes[-1].candidate.recipe
    alike = {take.candidate.recipe.seed: take.candidate for take in takes if _alike(take.candidate.recipe, last)}
    low = high = last.seed
    while low - 1 in alike:
        low -= 1
    while high + 1 in alike:
        high += 1
    together = [alike[seed] for seed in range(low, high + 1)]
    return tuple(sorted(together, key=lambda one: -one.card.total))


def _alike(one: Recipe, other: Recipe) -> bool:
    """Whether they differ in nothing but the seed."""
    return replace(one, seed=0, media="") == replace(other, seed=0, media="")

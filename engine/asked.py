"""Whether a recipe can be followed at all: its numbers, its model, and what that model can do."""

from __future__ import annotations

import dataclasses

from engine import registry
from engine.registry import ModelCard
from engine.sampling.course import SCHEMES
from engine.spec import EXACT, FAST, SAMPLE_RATE, Recipe, Refused

MOST_CANDIDATES = 64
MOST_STEPS = 1000
LARGEST_SEED = 2**63 - 1 - MOST_CANDIDATES
STRICTEST = 100.0
"""Guidance beyond this is noise."""


def checked(recipe: Recipe, candidates: int) -> ModelCard:
    """The recipe's model. Raises Refused for anything that it, or nobody, can do."""
    if not 1 <= candidates <= MOST_CANDIDATES:
        raise Refused(f"{candidates} candidates cannot be made; ask for 1 to {MOST_CANDIDATES}.")
    if not 1 <= recipe.steps <= MOST_STEPS:
        raise Refused(f"{recipe.steps} steps cannot be taken; ask for 1 to {MOST_STEPS}.")
    if not 0 <= recipe.seed <= LARGEST_SEED:
        raise Refused(f"The seed {recipe.seed} cannot be used; choose one from 0 to {LARGEST_SEED}.")
    for guidance in (recipe.guidance, *dataclasses.astuple(recipe.guidances)):
        if guidance is not None and not 0 <= guidance <= STRICTEST:
            raise Refused(f"A guidance of {guidance:g} cannot be used; choose one from 0 to {STRICTEST:g}.")
    if recipe.sampler and recipe.sampler not in SCHEMES:
        raise Refused(f"There is no sampler {recipe.sampler}; choose one of {', '.join(SCHEMES)}.")
    if recipe.precision not in (FAST, EXACT):
        raise Refused(f"There is no precision {recipe.precision}; choose {FAST} or {EXACT}.")
    card = registry.model(recipe.model)
    if recipe.reference and "reference" not in card.capabilities:
        raise Refused(f"The model {card.name} cannot follow a reference sound; leave it out or choose another model.")
    _check_base(recipe, card)
    return card


def _check_base(recipe: Recipe, card: ModelCard) -> None:
    if not 0 <= recipe.strength <= 1:
        raise Refused(f"A strength of {recipe.strength:g} cannot be used; choose one from 0 to 1.")
    region, span = recipe.region, recipe.span
    if recipe.base is None:
        if region is not None or recipe.strength < 1:
            raise Refused("Only a take can be varied or partly made anew; choose the one to start from.")
        return
    needed = "variation" if region is None else "region"
    if needed not in card.capabilities:
        raise Refused(f"The model {card.name} cannot start from a take; choose another model.")
    if region is not None and not span.start <= region.start < region.end <= span.end:
        start, end = ((at - span.start) / SAMPLE_RATE for at in (region.start, region.end))
        raise Refused(
            f"The part from {start:.2f} to {end:.2f} s is not within the cue, which is {span.seconds:.2f} s long; "
            "choose one that is."
        )

"""Where a candidate comes from that was made out of another one, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from engine.spec import Candidate
from foleydesk.studio.recipes import Batch

LetterOf = Callable[[Batch, Candidate], str]
"""The letter under which a batch shows one of its candidates."""


def origin_in_words(candidate: Candidate, batches: Sequence[Batch], letter_of: LetterOf) -> str:
    """Such as: varies B, 50 %; or: 0.4 s of B anew. The batch is named where it is not the one before. Else empty."""
    recipe = candidate.recipe
    if recipe.base is None:
        return ""
    name = _name(candidate, batches, letter_of)
    if recipe.region is not None:
        return f"{recipe.region.seconds:.2g} s of {name} anew"
    return f"varies {name}, {round(100 * recipe.strength)} %"


def _name(candidate: Candidate, batches: Sequence[Batch], letter_of: LetterOf) -> str:
    own = _place(candidate.id, batches, lambda one: one.id)
    place = _place(candidate.recipe.base or "", batches, lambda one: one.wav)
    if place is None:
        return Path(candidate.recipe.base or "").name
    base = next(one for one in batches[place] if one.wav == candidate.recipe.base)
    letter = letter_of(batches[place], base)
    return letter if own == place + 1 else f"{letter} of batch {place + 1}"


def _place(wanted: str, batches: Sequence[Batch], name: Callable[[Candidate], str]) -> int | None:
    return next((i for i, batch in enumerate(batches) if any(name(one) == wanted for one in batch)), None)

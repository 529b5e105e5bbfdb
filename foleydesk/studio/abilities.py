"""What the chosen model can be asked for beyond words, and what to say where it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from engine.registry import ModelCard, model
from engine.spec import Refused


@dataclass(frozen=True)
class Abilities:
    """`title`: of the model, for sentences."""

    title: str
    reference: bool = False
    variation: bool = False
    region: bool = False
    suggestions: bool = False
    """A model without an eye of its own borrows the bundled model's."""

    @property
    def no_reference(self) -> str:
        """Why a reference sound cannot be followed; empty where it can."""
        return "" if self.reference else f"{self.title} cannot follow a reference sound; choose another model."

    @property
    def no_variation(self) -> str:
        return "" if self.variation else f"{self.title} cannot vary a sound; choose another model."

    @property
    def no_region(self) -> str:
        return "" if self.region else f"{self.title} cannot make a part of a sound anew; choose another model."


def abilities_of(name: str) -> Abilities:
    """A model that is missing or damaged can do nothing; generation says what is wrong with it."""
    try:
        return _of(model(name))
    except Refused:
        return Abilities(name)


def _of(card: ModelCard) -> Abilities:
    can = {name: name in card.capabilities for name in ("reference", "variation", "region")}
    return Abilities(card.title, suggestions=True, **can)

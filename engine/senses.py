"""The small networks that look, listen and read for the rest of the program: a model's own, or the bundled one's.

What a sound is judged by, events and suggestions are there whichever model is chosen. What a model is conditioned on
comes from its own networks alone.
"""

from __future__ import annotations

import contextlib
from typing import Any

import torch

from engine import registry, weights
from engine.conditioning.look import Spotter
from engine.conditioning.sentence import SentenceEncoder
from engine.conditioning.vision import Vision
from engine.loaders import Loaders
from engine.ranking.semantic import TextAudio
from engine.registry import ModelCard
from engine.spec import Recipe, Refused, Span

BUNDLED = Recipe("", "", Span(0, 1)).model
"""The model that lends its senses."""

PARTS = {"sentence": ("sentence", "tokenizer"), "spotter": ("spotter", "motion")}
"""Files of a role that is more than one file."""


def parts(role: str, card: ModelCard) -> tuple[str, ...]:
    """The files on a card that make up a role."""
    return tuple(part for part in PARTS.get(role, (role,)) if part == role or part in card.files)


def identity(role: str, card: ModelCard) -> str:
    """The hashes of a role's files: what is found by the same ones is the same."""
    return "+".join(card.file(part).sha256 for part in parts(role, card))


class Senses:
    """Each is loaded when first asked for, and kept: all of them are some 60 MB."""

    def __init__(self, device: torch.device, loaders: Loaders) -> None:
        self.device = device
        self.loaders = loaders
        self._held: dict[tuple[str, str], Any] = {}

    def spotter(self, card: ModelCard) -> Spotter | None:
        """What finds the moments that should sound; None where nobody has one."""
        return self._of("spotter", card)

    def ear(self, card: ModelCard) -> TextAudio | None:
        """What tells how near words and sounds are; None where nobody has one."""
        return self._of("text_audio", card)

    def sentence(self, card: ModelCard) -> SentenceEncoder | None:
        """What knows what words mean; None where nobody has one."""
        return self._of("sentence", card)

    def vision(self, card: ModelCard) -> Vision | None:
        """What tells what a picture shows; None where nobody has one."""
        return self._of("vision", card)

    def owner(self, role: str, card: ModelCard) -> ModelCard | None:
        """Whose network of this role serves the model: its own, else the bundled model's."""
        if role in card.files:
            return card
        lender = None
        with contextlib.suppress(Refused):
            lender = registry.model(BUNDLED)
        return lender if lender is not None and role in lender.files else None

    def _of(self, role: str, card: ModelCard) -> Any:
        owner = self.owner(role, card)
        if owner is None:
            return None
        key = (role, identity(role, owner))
        if key not in self._held:
            if owner is not card:
                weights.check(owner, parts(role, owner))
            self._held[key] = getattr(self.loaders, role)(owner, self.device)
        return self._held[key]

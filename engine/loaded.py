"""What is in memory: one model with the adapter that sits on it, and the small networks that serve every model."""

from __future__ import annotations

from typing import Any

import torch

from engine import memory, weights
from engine.adapters import AdapterCard, attach, detach
from engine.backbones.base import Backbone
from engine.conditioning.look import Spotter
from engine.conditioning.sentence import SentenceEncoder
from engine.conditioning.vision import Vision
from engine.loaders import Loaders, bundled_loaders
from engine.ranking.semantic import TextAudio
from engine.registry import ModelCard
from engine.senses import Senses
from engine.spec import Refused


class Loaded:
    """The parts of one model, each loaded when first asked for, from files checked against the card."""

    def __init__(self, card: ModelCard, device: torch.device, loaders: Loaders, senses: Senses) -> None:
        weights.check(card)
        self.card = card
        self.device = device
        self.loaders = loaders
        self.senses = senses
        self._backbone: Backbone | None = None
        self._adapter: tuple[str, Any] | None = None

    def system(self) -> Backbone:
        """The generator with whatever adapter sits on it; what it loads in stages is not loaded yet."""
        if self._backbone is None:
            self._backbone = self.loaders.backbone(self.card, self.device)
        return self._backbone

    def backbone(self, adapter: AdapterCard | None = None) -> Backbone:
        """The generator with this adapter on it, or with none, ready to sample."""
        backbone = self.system()
        backbone.module.eval()
        self._wear(backbone, adapter)
        return backbone

    @property
    def adapter_hash(self) -> str | None:
        """Of the adapter that sits on the backbone."""
        return self._adapter[0] if self._adapter else None

    def spotter(self) -> Spotter | None:
        """None where nobody has one; so with the other senses."""
        return self.senses.spotter(self.card)

    def ear(self) -> TextAudio | None:
        return self.senses.ear(self.card)

    def sentence(self) -> SentenceEncoder | None:
        return self.senses.sentence(self.card)

    def vision(self) -> Vision | None:
        return self.senses.vision(self.card)

    def owner(self, role: str) -> ModelCard | None:
        """Whose network of this role serves the model."""
        return self.senses.owner(role, self.card)

    def has(self, *roles: str) -> bool:
        """Whether the model has networks of its own for all of these."""
        return all(role in self.card.files for role in roles)

    def _wear(self, backbone: Backbone, adapter: AdapterCard | None) -> None:
        wanted = weights.sha256(adapter.weights) if adapter else None
        if self._adapter and self._adapter[0] != wanted:
            detach(self._adapter[1])
            self._adapter = None
        if adapter and wanted and self._adapter is None:
            try:
                self._adapter = (wanted, attach(backbone.module, adapter))
            except Refused:
                self._backbone = None  # half an adapter may sit on it
                raise
            for parameter in backbone.module.eval().parameters():
                parameter.data = parameter.data.to(self.device)


class Shelf:
    """Holds the model in use, and lets go of it for another: two at once may not fit."""

    def __init__(self, device: str, loaders: Loaders | None = None) -> None:
        self.wanted = device
        self._loaders = loaders
        self._loaded: Loaded | None = None
        self._senses: Senses | None = None

    def take(self, card: ModelCard) -> Loaded:
        """Raises Refused for a damaged file or a device that is not there."""
        now = self._loaded
        if now is not None and now.card == card:
            return now
        self._loaded = None
        memory.release()
        loaders = self._loaders or bundled_loaders()
        if self._senses is None:
            self._senses = Senses(memory.choose(self.wanted), loaders)
        self._loaded = Loaded(card, self._senses.device, loaders, self._senses)
        return self._loaded

    def clear(self) -> None:
        self._loaded = self._senses = None
        memory.release()

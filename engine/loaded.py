"""What is in memory: one model with its spotter, its eye and its ear, and the adapter that sits on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from engine import memory, weights
from engine.adapters import AdapterCard, attach, detach
from engine.backbones.base import Backbone
from engine.conditioning.look import Spotter
from engine.conditioning.sentence import SentenceEncoder, load_sentence
from engine.conditioning.vision import Vision, load_vision
from engine.ranking.semantic import TextAudio
from engine.registry import ModelCard
from engine.spec import Refused


@dataclass(frozen=True)
class Loaders:
    """Who builds the parts of a model from its card."""

    backbone: Callable[[ModelCard, torch.device], Backbone]
    spotter: Callable[[ModelCard, torch.device], Spotter]
    text_audio: Callable[[ModelCard, torch.device], TextAudio]
    sentence: Callable[[ModelCard, torch.device], SentenceEncoder] = load_sentence
    vision: Callable[[ModelCard, torch.device], Vision] = load_vision


def bundled_loaders() -> Loaders:
    from engine import backbones
    from engine.conditioning.spotter import load_spotter
    from engine.ranking.text_audio import load_text_audio

    return Loaders(backbones.load, load_spotter, load_text_audio)


class Loaded:
    """The parts of one model, each loaded when first asked for, from files checked against the card."""

    def __init__(self, card: ModelCard, device: torch.device, loaders: Loaders) -> None:
        weights.check(card)
        self.card = card
        self.device = device
        self.loaders = loaders
        self._backbone: Backbone | None = None
        self._spotter: Spotter | None = None
        self._ear: TextAudio | None = None
        self._sentence: SentenceEncoder | None = None
        self._vision: Vision | None = None
        self._adapter: tuple[str, Any] | None = None

    def backbone(self, adapter: AdapterCard | None = None) -> Backbone:
        """The generator with this adapter on it, or with none."""
        if self._backbone is None:
            self._backbone = self.loaders.backbone(self.card, self.device)
            self._backbone.module.eval()
        self._wear(self._backbone, adapter)
        return self._backbone

    @property
    def adapter_hash(self) -> str | None:
        """Of the adapter that sits on the backbone."""
        return self._adapter[0] if self._adapter else None

    def spotter(self) -> Spotter | None:
        """None where the model has none."""
        if self._spotter is None and "spotter" in self.card.files:
            self._spotter = self.loaders.spotter(self.card, self.device)
        return self._spotter

    def ear(self) -> TextAudio | None:
        """What tells how near words and sounds are; None where the model has none."""
        if self._ear is None and "text_audio" in self.card.files:
            self._ear = self.loaders.text_audio(self.card, self.device)
        return self._ear

    def sentence(self) -> SentenceEncoder | None:
        """What knows what words mean; None where the model has none."""
        if self._sentence is None and "sentence" in self.card.files:
            self._sentence = self.loaders.sentence(self.card, self.device)
        return self._sentence

    def vision(self) -> Vision | None:
        """What tells what a picture shows; None where the model has none."""
        if self._vision is None and "vision" in self.card.files:
            self._vision = self.loaders.vision(self.card, self.device)
        return self._vision

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
            backbone.module.eval().to(self.device)


class Shelf:
    """Holds the model in use, and lets go of it for another: two at once may not fit."""

    def __init__(self, device: str, loaders: Loaders | None = None) -> None:
        self.wanted = device
        self.loaders = loaders
        self._loaded: Loaded | None = None

    def take(self, card: ModelCard) -> Loaded:
        """Raises Refused for a damaged file or a device that is not there."""
        now = self._loaded
        if now is not None and now.card == card:
            return now
        self.clear()
        self._loaded = Loaded(card, memory.choose(self.wanted), self.loaders or bundled_loaders())
        return self._loaded

    def clear(self) -> None:
        self._loaded = None
        memory.release()



"""Who builds the parts of a model from its card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from engine.backbones.base import Backbone
from engine.conditioning.look import Spotter
from engine.conditioning.sentence import SentenceEncoder, load_sentence
from engine.conditioning.vision import Vision, load_vision
from engine.ranking.semantic import TextAudio
from engine.registry import ModelCard


@dataclass(frozen=True)
class Loaders:
    """One for each part, by the name of its role on a card."""

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

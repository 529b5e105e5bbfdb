"""What each condition does, and what another way of building the network would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from engine.backbones.base import Backbone, Conditions, Prepared, without
from engine.loaded import bundled_loaders
from engine.registry import ModelCard
from engine.service import Engine
from engine.spec import Refused
from training.pretrain.evaluate.bench import Bench, heard
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.evaluate.timing import generated, scored
from training.pretrain.held_out import HeldOut, held_out

DROPPED: dict[str, tuple[str, ...]] = {
    "without the event curve": ("events",),
    "without the picture": ("picture", "seen"),
    "without either": ("events", "picture", "seen"),
}
"""Conditions dropped at generation, as they were now and then in training."""


class Without:
    """A backbone that is never given some of its conditions."""

    def __init__(self, inner: Backbone, names: Sequence[str]) -> None:
        self.inner, self.names = inner, tuple(names)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def prepare(self, conditions: Conditions) -> Prepared:
        had = [name for name in self.names if getattr(conditions, name, None) is not None]
        return self.inner.prepare(without(conditions, *had) if had else conditions)


def dropping(bench: Bench, names: Sequence[str]) -> Bench:
    """The bench with a model that some conditions never reach."""
    loaders = bundled_loaders()

    def load(card: ModelCard, device: torch.device) -> Backbone:
        return Without(loaders.backbone(card, device), names)

    engine = Engine(cache=bench.setting.work / "cache", device=bench.setting.device,
                    loaders=replace(loaders, backbone=load))
    return Bench(bench.setting, engine, variant="without " + " ".join(names))


def f1(bench: Bench, scenes: Sequence[HeldOut]) -> float:
    """Onset F1 of generated sound against the true events, within 0.1 s."""
    true = [[at for at, _ in scene.events] for scene in scenes]
    return scored(true, [heard(made.wav) for made in generated(bench, scenes)]).f1

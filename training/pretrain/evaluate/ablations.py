"""What each condition does, and what another way of building the network would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from engine.backbones.base import Backbone, Conditions, Prepared, without
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import VisioSonic
from engine.loaded import bundled_loaders
from engine.registry import ModelCard
from engine.service import Engine
from engine.spec import Refused
from training.pretrain.dataset import load_state
from training.pretrain.evaluate.bench import Bench, heard
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.evaluate.timing import generated, scored
from training.pretrain.held_out import HeldOut, held_out

STATE = "generator.pt"
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

    return Bench(bench.setting, engine(bench, load), "without " + " ".join(names))


def engine(bench: Bench, load: Callable[[ModelCard, torch.device], Backbone]) -> Engine:
    """An engine whose generator another loader builds."""
    loaders = replace(bundled_loaders(), backbone=load)
    return Engine(cache=bench.setting.work / "cache", device=bench.setting.device, loaders=loaders)


def f1(bench: Bench, scenes: Sequence[HeldOut]) -> float:
    """Onset F1 of generated sound against the true events, within 0.1 s."""
    true = [[at for at, _ in scene.events] for scene in scenes]
    return scored(true, [heard(made.wav) for made in generated(bench, scenes)]).f1


@dataclass(frozen=True)
class Variant:
    """Another training: its work folder, and how its network differs from the bundled one's."""

    name: str
    folder: Path
    settings: dict[str, str]


def variant(text: str) -> Variant:
    """Of "NAME=FOLDER[,setting=value…]". Raises Refused for anything else."""
    name, _, rest = text.partition("=")
    folder, *settings = rest.split(",")
    pairs = dict(pair.split("=", 1) for pair in settings if "=" in pair)
    if not name or not folder or len(pairs) != len(settings):
        raise Refused(f"{text} does not name a training; write NAME=FOLDER[,setting=value…].")
    if not (Path(folder) / STATE).is_file():
        raise Refused(f"{folder} holds no {STATE}; train there first.")
    return Variant(name, Path(folder), pairs)


def network(card: ModelCard, other: Variant) -> VisioSonic:
    """The variant's generator as its training left it."""
    net = VisioSonic(replace(VisioSonicConfig(**card.config["generator"]), **other.settings))  # type: ignore[arg-type]
    load_state(net, other.folder / STATE)
    return net


def trained(bench: Bench, other: Variant) -> Bench:
    """The bench with the variant's generator in place of the bundled one."""
    loaders = bundled_loaders()

    def load(card: ModelCard, device: torch.device) -> Backbone:
        backbone = loaders.backbone(card, device)
        backbone.module = network(card, other).to(device)
        return backbone

    state = (other.folder / STATE).stat()
    return Bench(bench.setting, engine(bench, load), f"{other.name} {state.st_size} {state.st_mtime_ns}")


def measure(bench: Bench) -> Figure:
    """Timing without some conditions, and of other trainings."""
    scenes = held_out(bench.setting.trials, bench.setting.work / "held-out")
    others = [variant(text) for text in bench.setting.against]
    rows = [Row("onset F1, as it is", f1(bench, scenes))]
    rows += [Row(f"onset F1, {name}", f1(dropping(bench, names), scenes)) for name, names in DROPPED.items()]
    for other in others:
        rows.append(Row(f"onset F1, {other.name}", f1(trained(bench, other), scenes)))
    return Figure("ablations", "what does each condition, and each choice in the network, do?",
                  f"{len(scenes)} held-out scenes; {bench.how}", tuple(rows))

"""What each condition does, and what another way of building the network would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.backbones.base import Backbone, Conditions, Prepared, without
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import VisioSonic
from engine.conditioning.sentence import SentenceEncoder
from engine.loaders import bundled_loaders
from engine.registry import ModelCard
from engine.service import Engine
from engine.spec import Refused
from training.pretrain import bank
from training.pretrain.dataset import Scenes, example, likenesses, load_state, senses
from training.pretrain.evaluate.bench import Bench, heard, watched
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.evaluate.timing import generated, scored
from training.pretrain.generator import draw, flow_loss
from training.pretrain.held_out import HeldOut, held_out
from training.pretrain.sounding import Shelf
from training.pretrain.words import reader

PICTURES, FIRST_PICTURE = 60, 52_000_000
BATCHES, FIRST_BATCH = 24, 53_000_000
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
    """Another training: the state that it left, and how its network differs from the bundled one's."""

    name: str
    state: Path
    settings: dict[str, Any]


def variant(text: str) -> Variant:
    """Of "NAME=STATE[,setting=value…]". Raises Refused for anything else."""
    name, _, rest = text.partition("=")
    state, *settings = rest.split(",")
    pairs = dict(pair.split("=", 1) for pair in settings if "=" in pair)
    if not name or not state or len(pairs) != len(settings):
        raise Refused(f"{text} does not name a training; write NAME=STATE[,setting=value…].")
    if not Path(state).is_file():
        raise Refused(f"There is no training state {state}; train it first.")
    return Variant(name, Path(state), {key: int(value) if value.isdigit() else value for key, value in pairs.items()})


def network(card: ModelCard, other: Variant) -> VisioSonic:
    """The variant's generator as its training left it. Raises Refused where state and settings do not go together."""
    try:
        net = VisioSonic(replace(VisioSonicConfig(**card.config["generator"]), **other.settings))
        load_state(net, other.state)
    except (TypeError, RuntimeError) as error:
        raise Refused(f"The training state {other.state} is not of such a network ({error}).") from error
    return net


def trained(bench: Bench, other: Variant) -> Bench:
    """The bench with the variant's generator in place of the bundled one."""
    loaders = bundled_loaders()

    def load(card: ModelCard, device: torch.device) -> Backbone:
        backbone = loaders.backbone(card, device)
        setattr(backbone, "module", network(card, other).to(device))  # noqa: B010 (the protocol only promises to read it)
        return backbone

    state = other.state.stat()
    return Bench(bench.setting, engine(bench, load), f"{other.name} {state.st_size} {state.st_mtime_ns}")


def validation(work: Path, pictures: int = PICTURES) -> Scenes:
    """Scenes of drawings that training never saw, sounded with the recordings kept for validation."""
    shelf, own = Shelf(bank.read(work / "bank"), "validation"), senses(work)
    made = [example(FIRST_PICTURE + i, shelf, own) for i in watched(range(pictures), "ablations, scenes")]
    soundings = [sounding for one in made for sounding in one["soundings"]]
    return Scenes(
        latents=torch.from_numpy(np.stack([one["latent"] for one in soundings])),
        references=torch.from_numpy(np.stack([one["reference"] for one in soundings])),
        reference_frames=torch.tensor([one["frames"] for one in soundings]),
        pictures=torch.tensor([i for i, one in enumerate(made) for _ in one["soundings"]]),
        things=[one["thing"] for one in soundings],
        features=torch.from_numpy(np.stack([one["features"] for one in made])),
        events=[one["events"] for one in made],
        captions=dict(shelf.captions),
        likenesses=likenesses(work),
    )


@torch.inference_mode()
def loss(net: VisioSonic, scenes: Scenes, words: SentenceEncoder) -> float:
    """Mean squared error of the velocity; the same scenes, conditions, noise and times for every network."""
    torch.manual_seed(FIRST_PICTURE)
    return float(np.mean([flow_loss(net, draw(FIRST_BATCH + i, scenes, words)).item() for i in range(BATCHES)]))


def measure(bench: Bench) -> Figure:
    """Timing without some conditions; timing and validation loss of other trainings."""
    scenes = held_out(bench.setting.trials, bench.setting.work / "held-out")
    others = [variant(text) for text in bench.setting.against]
    rows = [Row("onset F1, as it is", f1(bench, scenes))]
    rows += [Row(f"onset F1, {name}", f1(dropping(bench, names), scenes)) for name, names in DROPPED.items()]
    if others:
        unseen, words = validation(bench.setting.work), reader()
        for other in others:
            rows += [Row(f"onset F1, {other.name}", f1(trained(bench, other), scenes)),
                     Row(f"loss of the flow on validation scenes, {other.name}",
                         loss(network(bench.card, other), unseen, words))]
    return Figure("ablations", "what does each condition, and each choice in the network, do?",
                  f"{len(scenes)} held-out scenes; {bench.how}", tuple(rows))

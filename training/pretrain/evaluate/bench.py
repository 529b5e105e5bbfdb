"""The bench that figures are measured on: one model, held-out material, and a folder where sounds and results stay."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from engine import registry
from engine.candidates import SOUND_VERSION, read_candidate
from engine.media.atomic import replacing
from engine.media.audio_file import read_audio
from engine.media.probe import content_hash, probe
from engine.ranking.onsets import onsets
from engine.registry import ModelCard
from engine.service import Engine
from engine.spec import Candidate, Recipe, Span, from_json, to_json
from training.pretrain import bank
from training.pretrain.evaluate.figure import Figure
from training.pretrain.sounding import Shelf

T = TypeVar("T")

EVERY_S = 10.0
"""Where standard error is no terminal, progress is a line this often."""

BELONGS: dict[str, tuple[str, ...]] = {
    "work": (), "pictures": (), "clips": ("footage",), "against": ("ablations",), "scenes": ("timing", "reference"),
    "seeds": ("footage", "prompts", "diversity"), "trials": ("reference", "ablations"), "sounds": ("clean",),
    "recordings": ("codec", "prompts"),
}
"""Which figures an option matters to; all, where it is not named."""


@dataclass(frozen=True)
class Setting:
    """What is measured, and on how much."""

    work: Path
    model: str = "visiosonic-mini"
    adapter: str | None = None
    clips: Path | None = None
    against: tuple[str, ...] = ()
    scenes: int = 100
    seeds: int = 4
    trials: int = 40
    sounds: int = 200
    recordings: int = 60
    steps: int = 25
    guidance: float = 4.5
    device: str = "auto"
    pictures: Path | None = None
    """Where figures put their pictures; None: beside the results."""

    def recipe(self, video: Path, prompt: str = "", seed: int = 0) -> Recipe:
        """The whole of a video, asked for in words."""
        media = probe(video)
        return Recipe(str(video), media.hash, Span(0, media.length), prompt, adapter=self.adapter, model=self.model,
                      steps=self.steps, guidance=self.guidance, seed=seed)

    def key(self, figure: str) -> str:
        """The same for the same measurement of a figure, wherever the work folder is."""
        return digest({name: str(value) for name, value in asdict(self).items()
                       if figure in BELONGS.get(name, (figure,))})


class Bench:
    """Makes sounds once and keeps them: what was interrupted goes on where it stopped."""

    def __init__(self, setting: Setting, engine: Engine | None = None, variant: str = "") -> None:
        self.setting = setting
        self.card = registry.model(setting.model)
        self.engine = engine or Engine(cache=setting.work / "cache", device=setting.device)
        self.folder = setting.work / "evaluation" / f"{setting.model}-{model_key(self.card, variant)}"

    def sounds(self, recipe: Recipe, count: int = 1) -> list[Candidate]:
        """`count` candidates in the order of their seeds."""
        into = self.folder / "sounds" / request(recipe, count)
        made = [read_candidate(path) for path in into.glob("*.json")] if into.is_dir() else []
        if len(made) != count:
            made = list(self.engine.generate(recipe, count, into))
        return sorted(made, key=lambda candidate: candidate.recipe.seed)

    def kept(self, name: str, measure: Callable[[Bench], Figure], fresh: bool = False) -> Figure:
        """The figure of an earlier run with this model and setting, else measured now and kept."""
        path = self.folder / f"{name}-{self.setting.key(name)}.json"
        if path.exists() and not fresh:
            return from_json(Figure, json.loads(path.read_text(encoding="utf-8")))
        found = measure(self)
        self.folder.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            part.write_text(json.dumps(to_json(found), indent=1, ensure_ascii=False), encoding="utf-8")
        return found

    @property
    def pictures(self) -> Path:
        """Where figures put what is to be looked at."""
        folder = self.setting.pictures or self.folder
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def how(self) -> str:
        """How its sounds are made, for a figure's heading."""
        return f"{self.setting.steps} steps, guidance {self.setting.guidance:g}"

    @cached_property
    def learned(self) -> Shelf:
        """The recordings that the model was trained on."""
        return Shelf(bank.read(self.setting.work / "bank"), part="train")

    @cached_property
    def unheard(self) -> Shelf:
        """The recordings kept out of all training."""
        return Shelf(bank.read(self.setting.work / "bank"), part="test")


def request(recipe: Recipe, count: int) -> str:
    """A name for what is asked for: by content, wherever the video and the reference lie."""
    if recipe.reference:
        recipe = replace(recipe, reference_hash=content_hash(recipe.reference))
    return digest({"recipe": to_json(replace(recipe, media="", reference=None)), "count": count})


def digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def model_key(card: ModelCard, variant: str = "") -> str:
    """Of what decides how a model sounds: its weights and settings, and what is made of them, not the prose of its
    card."""
    weights = {role: card.file(role).sha256 for role in card.files}
    return digest({"files": weights, "config": card.config, "variant": variant, "version": SOUND_VERSION})


def wave(path: Path | str) -> np.ndarray:
    """(samples,) float32 at 48 kHz."""
    return read_audio(path, mono=True)[:, 0]


def heard(path: Path | str) -> list[float]:
    """Onsets of a sound file in seconds."""
    return [onset.at for onset in onsets(wave(path))]


def watched(items: Sequence[T], what: str) -> Iterator[T]:
    """The items, with how far it is and how long it will take on standard error."""
    began = said = time.monotonic()
    terminal = sys.stderr.isatty()
    for i, item in enumerate(items):
        yield item
        now, done = time.monotonic(), i + 1
        if not terminal and now - said < EVERY_S:
            continue
        left = round((now - began) / done * (len(items) - done))
        line = f"{what} {done}/{len(items)}, {left // 60}:{left % 60:02d} to go"
        print(f"\r{line:<60}" if terminal else line, end="" if terminal else "\n", file=sys.stderr, flush=True)
        said = now
    if terminal and items:
        print(file=sys.stderr)

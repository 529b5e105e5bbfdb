"""A training that was ended goes on where its last checkpoint was."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.media.atomic import replacing
from engine.spec import to_json
from training.config import DPOConfig
from training.preferences.pairs import Pair


@dataclass(frozen=True)
class Checkpoint:
    """Everything that the next step depends on; noise and order follow from the seed and the step alone."""

    step: int
    adapter: dict[str, Tensor]
    optimiser: dict[str, Any]
    history: list[dict[str, float]]


@dataclass(frozen=True)
class Shelf:
    """Where the checkpoint of one training lies: beside the adapter it will become, bound to what it is made of."""

    folder: Path
    fingerprint: str

    @property
    def path(self) -> Path:
        return self.folder / "checkpoint.pt"

    def put(self, checkpoint: Checkpoint) -> None:
        """Atomic: a kill at any moment leaves this checkpoint or the one before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with replacing(self.path) as part:
            torch.save({"fingerprint": self.fingerprint, **vars(checkpoint)}, part)

    def take(self) -> Checkpoint | None:
        """None when there is none, or when it belongs to other pairs, settings or weights."""
        if not self.path.is_file():
            return None
        try:
            held = torch.load(self.path, map_location="cpu", weights_only=True)
        except Exception:  # a damaged archive raises whatever its damage provokes
            return None
        if held.pop("fingerprint", None) != self.fingerprint:
            return None
        return Checkpoint(**held)

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def shelf(out: Path, pairs: Sequence[Pair], config: DPOConfig, model_sha256: str) -> Shelf:
    made_of = json.dumps([pairs_hash(pairs), to_json(config), model_sha256], sort_keys=True)
    return Shelf(out.with_name(f".{out.name}.training"), hashlib.sha256(made_of.encode()).hexdigest())


def pairs_hash(pairs: Sequence[Pair]) -> str:
    """The same for the same pairs in any order and wherever their sounds lie: a pair's id says who stands over whom."""
    lines = sorted(f"{pair.id} {pair.weight!r}" for pair in pairs)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()

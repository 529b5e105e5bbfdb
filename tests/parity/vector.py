"""A golden vector: what a published network gave for weights and inputs that a seed determines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor

from tests.parity import weights

TRACE = "trace/"
"""Begins the names of stored outputs on the way to the end: they tell where we part, and fail nothing."""


class Unreadable(Exception):
    """A vector that cannot be checked; its text is one sentence."""


@dataclass(frozen=True)
class Check:
    """error: relative L2, or how many numbers differ where they must not; it passes up to `tolerance`."""

    name: str
    error: float
    tolerance: float

    @property
    def passes(self) -> bool:
        return self.error <= self.tolerance  # NaN does not

    @property
    def counts(self) -> bool:
        return not self.name.startswith(TRACE)


@dataclass(frozen=True)
class Vector:
    """One file. `meta`: what it says of itself; `stored`: outputs by name, some of them every few numbers only."""

    path: Path
    meta: dict[str, Any]
    stored: dict[str, np.ndarray]

    @property
    def case(self) -> str:
        return str(self.meta["case"])

    @property
    def seed(self) -> int:
        return int(self.meta["seed"])

    @property
    def traces(self) -> list[str]:
        """Names of the modules whose outputs are stored, in the order of the file."""
        return [name.removeprefix(TRACE) for name in self.stored if name.startswith(TRACE)]

    def input(self, name: str) -> Tensor:
        """The input of this name, float32, as the file describes it."""
        entry = next(entry for entry in self.meta["inputs"] if entry["name"] == name)
        if entry.get("made_by") == "decaying_waveform":
            return torch.from_numpy(weights.decaying(self.seed, name, entry["shape"][1]))
        made = weights.given(self.seed, name, entry["shape"], entry.get("scale", 1.0), entry.get("shift", 0.0))
        return torch.from_numpy(made)

    def close(self, name: str, ours: Tensor, tolerance: float) -> Check:
        """How far ours is from the stored output; a wrong shape is infinitely far."""
        wanted = self.stored[name].astype(np.float64)
        found = ours.detach().to("cpu", torch.float64).numpy()
        said = self.meta["outputs"].get(name, {})
        if list(found.shape) == list(said.get("shape", found.shape)) and "stored_strides" in said:
            found = found[tuple(slice(None, None, stride) for stride in said["stored_strides"])]
        if found.shape != wanted.shape:
            return Check(name, float("inf"), tolerance)
        return Check(name, float(np.linalg.norm(found - wanted) / np.linalg.norm(wanted)), tolerance)

    def same(self, name: str, ours: ArrayLike, wanted: ArrayLike | None = None) -> Check:
        """How many whole numbers differ from the stored ones (or from `wanted`): none may."""
        theirs = np.asarray(self.stored[name] if wanted is None else wanted)
        found = np.asarray(ours)
        if found.shape != theirs.shape:
            return Check(name, float(max(found.size, theirs.size, 1)), 0.0)
        return Check(name, float(np.count_nonzero(found != theirs)), 0.0)


def read(path: Path) -> Vector:
    """Raises Unreadable, naming the file."""
    try:
        with np.load(path, allow_pickle=False) as file:
            stored = {name: file[name] for name in file.files}
        meta = json.loads(str(stored.pop("meta")))
        if not isinstance(meta, dict) or "case" not in meta:
            raise ValueError("no case name")
    except Exception as error:  # numpy raises whatever a broken zip makes it stumble over
        raise Unreadable(f"{path} is not a parity vector, an .npz file with `meta` inside ({error}).") from error
    return Vector(path, {"inputs": [], "outputs": {}, **meta}, stored)

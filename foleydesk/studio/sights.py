"""What is drawn of a take: its mel levels. Read once, kept while the project is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.audio import pyramid
from engine.spec import Candidate, Refused

KEPT = 200
"""Drawings of takes that are kept; the oldest go first."""


class Sights:
    """Paths of candidates are relative to `folder`, or absolute."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._levels: dict[str, list[np.ndarray] | None] = {}

    def levels(self, candidate: Candidate) -> Sequence[np.ndarray] | None:
        """None when its file cannot be read."""
        store, name = self._levels, candidate.id
        if name not in store:
            while len(store) >= KEPT:
                del store[next(iter(store))]
            try:
                store[name] = pyramid.load(self.folder / candidate.mel)
            except Refused:
                store[name] = None
        return store[name]

"""What is drawn of a take: its mel levels, and the peaks of its wave. Read once, kept while the project is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from engine.audio import pyramid
from engine.media.audio_file import read_audio
from engine.spec import Candidate, Refused

KEPT = 200
"""Drawings of takes that are kept; the oldest go first."""


class Sights:
    """Paths of candidates are relative to `folder`, or absolute."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._levels: dict[str, list[np.ndarray] | None] = {}
        self._peaks: dict[str, list[np.ndarray] | None] = {}

    def levels(self, candidate: Candidate) -> Sequence[np.ndarray] | None:
        """None when its file cannot be read."""
        return _kept(self._levels, candidate.id, lambda: pyramid.load(self.folder / candidate.mel))

    def peaks(self, candidate: Candidate) -> Sequence[np.ndarray] | None:
        """None when its file cannot be read."""
        return self._read(candidate.id, candidate.wav)

    def peaks_of(self, path: str) -> Sequence[np.ndarray] | None:
        """The same of any sound file."""
        return self._read(path, path)

    def _read(self, name: str, path: str) -> Sequence[np.ndarray] | None:
        return _kept(self._peaks, name, lambda: pyramid.peaks(read_audio(self.folder / path, mono=True)[:, 0]))


def _kept(
    store: dict[str, list[np.ndarray] | None], name: str, read: Callable[[], list[np.ndarray]]
) -> list[np.ndarray] | None:
    if name not in store:
        while len(store) >= KEPT:
            del store[next(iter(store))]
        try:
            store[name] = read()
        except Refused:
            store[name] = None
    return store[name]

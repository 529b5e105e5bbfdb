"""Sounds made ready off the window's thread: candidates to audition, the mix to see and to measure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.spec import Candidate


class SoundThread(QObject):
    """Latest wins, for auditions and mixes apart."""

    audition = Signal(object)
    """Audition: cue, sounds by candidate id (float32 at 48 kHz), gains_db by candidate id (to the median loudness)."""
    mixed = Signal(object)
    """MixSight: mel pyramid, peaks, loudness and true peak of the whole mix."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None: ...

    def load(self, cue: str, candidates: Sequence[Candidate], folder: Path | None = None) -> None: ...

    def see_mix(self, project: object, folder: Path) -> None: ...

    def shutdown(self, timeout_s: float = 5.0) -> bool: ...

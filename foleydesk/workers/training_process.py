"""The trainer as a process of its own, so that it can have the device and be ended at any time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal


class TrainingProcess(QObject):
    """`python -m training.run`, read line by line."""

    progressed = Signal(object)
    """engine.spec.Progress."""
    finished = Signal(str)
    """The adapter's folder."""
    failed = Signal(str)
    """One sentence."""
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None: ...

    @property
    def running(self) -> bool: ...

    def start(self, project: Path, out: Path, steps: int | None = None, options: Sequence[str] = ()) -> None:
        """Raises Refused while one is running."""

    def cancel(self) -> None:
        """Ask, and after five seconds insist."""

    def shutdown(self) -> None: ...

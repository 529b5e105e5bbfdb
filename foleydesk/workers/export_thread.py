"""Exports off the window's thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal


class ExportThread(QObject):
    """One export after another."""

    progressed = Signal(str, object)
    """Job id, engine.spec.Progress."""
    finished = Signal(str, object)
    """Job id, foleydesk.export.render.Export (path, length, peak_db, says)."""
    failed = Signal(str, str)
    cancelled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None: ...

    def mix(self, job_id: str, project: object, folder: Path, out: Path) -> None:
        """The mix as WAV. `folder`: the project's folder, which take paths are relative to."""

    def video(self, job_id: str, project: object, folder: Path, out: Path) -> None:
        """The picture's packets with the mix as sound."""

    def cancel(self, job_id: str) -> None: ...

    def shutdown(self, timeout_s: float = 10.0) -> bool: ...

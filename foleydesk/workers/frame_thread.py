"""Pictures for the viewer: one decoding thread that only ever works on the newest request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from foleydesk.workers.mailbox import Mailbox

CACHE_BYTES = 256 * 2**20


class FrameThread(QObject):
    """show() is cheap and may be called as often as the playhead moves."""

    frame = Signal(QImage, int)
    """The picture, and the position (samples) that was asked for."""
    failed = Signal(str)
    """One sentence; once for each file."""

    def __init__(self, parent: QObject | None = None, cache_bytes: int = CACHE_BYTES) -> None: ...

    def open(self, path: str | Path) -> None:
        """From now on show() may name this file; another file's pictures are forgotten."""

    def use_index(self, path: str | Path, index: Any) -> None:
        """A FrameIndex of the file: pictures are then cached by frame instead of by position."""

    def use_proxy(self, path: str | Path, proxy: str | Path) -> None:
        """Decode `proxy` wherever `path` is asked for."""

    def show(self, media_path: str | Path, at: int, size: QSize | tuple[int, int]) -> None:
        """The frame at `at` samples, no larger than `size` pixels (device pixels), aspect kept. Latest wins."""

    def shutdown(self, timeout_s: float = 5.0) -> bool: ...

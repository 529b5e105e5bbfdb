"""What happens to a medium after it was opened: index, thumbnails, source sound, proxy; all in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from foleydesk.workers.mailbox import Mailbox


class ImportThread(QObject):
    """The newest open() wins: what belongs to an earlier one is given up and not reported."""

    probed = Signal(object)
    """engine.media.probe.MediaInfo: the medium can be shown."""
    indexed = Signal(str, object)
    """Media path, FrameIndex."""
    thumbnails = Signal(object)
    """Strip; a coarse one first, finer ones replace it."""
    sound = Signal(object)
    """SourceSound, when the medium has audio."""
    proxy_ready = Signal(str, str)
    """Media path, proxy path."""
    progressed = Signal(object)
    """engine.spec.Progress."""
    failed = Signal(str)
    """One sentence. What had been made until then stays usable."""
    finished = Signal(str)
    """Media path: everything is made."""

    def __init__(self, parent: QObject | None = None) -> None: ...

    def open(self, media_path: str | Path, cache: Path) -> None:
        """`cache`: the project's cache folder; what lies there from an earlier time is used."""

    def cancel(self) -> None: ...

    def shutdown(self, timeout_s: float = 10.0) -> bool: ...

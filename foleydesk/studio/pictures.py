"""What is seen of the medium: the frame at the playhead, the strip, and what the background still makes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from foleydesk.workers.frame_thread import FrameThread
from foleydesk.workers.import_thread import ImportThread

SMALLEST = 64


class Pictures(QObject):
    """One medium at a time."""

    frame = Signal(QImage, int)
    strip = Signal(object)
    """foleydesk.workers.import_thread.Strip."""
    sound = Signal(object)
    """foleydesk.workers.import_thread.SourceSound."""
    note = Signal(str)
    """A word for the head of the picture lane."""
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._at = 0
        self._size = QSize(640, 360)
        self._frames = FrameThread(self)
        self._frames.frame.connect(self.frame)
        self._frames.failed.connect(self.failed)
        self._imports = ImportThread(self)
        self._imports.indexed.connect(self._frames.use_index)
        self._imports.thumbnails.connect(self.strip)
        self._imports.sound.connect(self.sound)
        self._imports.proxy_ready.connect(self._use_proxy)
        self._imports.progressed.connect(lambda progress: self.note.emit(f"{progress.stage.lower()} …"))
        self._imports.failed.connect(self.failed)

    def open(self, path: Path, cache: Path) -> None:
        self._path = path
        self._frames.open(path)
        self._imports.open(path, cache)
        self.show(0)

    def close(self) -> None:
        """Nothing is shown any more."""
        self._path = None
        self._frames.open("")  # what is still being decoded is not shown in the next project
        self._imports.cancel()

    def show(self, at: int) -> None:
        """Ask for the frame at `at`; the newest wish wins."""
        self._at = at
        if self._path is not None:
            self._frames.show(self._path, at, self._size)

    def resize(self, pixels: QSize) -> None:
        """The viewer is so large now, in device pixels."""
        if pixels.width() < SMALLEST or pixels.height() < SMALLEST:
            return
        self._size = pixels
        self.show(self._at)

    def _use_proxy(self, path: str, proxy: str) -> None:
        self._frames.use_proxy(path, proxy)
        self.note.emit(self.tr("proxy ready"))

    def shutdown(self) -> None:
        self._imports.shutdown()
        self._frames.shutdown()

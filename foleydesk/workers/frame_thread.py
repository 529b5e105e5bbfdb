"""Pictures for the viewer: one decoding thread that only ever works on the newest request."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from engine.media.decode import FrameReader
from engine.media.frame_index import FrameIndex
from engine.spec import Refused
from foleydesk.workers.frame_cache import FrameCache
from foleydesk.workers.line import Post, sentence_of
from foleydesk.workers.mailbox import Mailbox
from foleydesk.workers.manners import behave

log = logging.getLogger(__name__)

CACHE_BYTES = 256 * 2**20


@dataclass(frozen=True)
class Asked:
    """A picture that someone wants: of which file, where, and how large at most."""

    path: str
    at: int
    width: int
    height: int


class FrameThread(QObject):
    """show() is cheap and may be called as often as the playhead moves."""

    frame = Signal(QImage, int)
    """The picture, and the position (samples) that was asked for."""
    failed = Signal(str)
    """One sentence; once for each file that is opened."""

    def __init__(self, parent: QObject | None = None, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._decoding = _Decoding(self._mailbox.post, cache_bytes)

    def open(self, path: str | Path) -> None:
        """From now on show() names this file; another file's pictures are forgotten."""
        self._decoding.open(str(path))
        self._mailbox.forget()

    def use_index(self, path: str | Path, index: FrameIndex) -> None:
        """Knowing where frames begin, a picture seen before comes from memory."""
        self._decoding.use_index(str(path), index)

    def use_proxy(self, path: str | Path, proxy: str | Path) -> None:
        """Decode `proxy` wherever `path` is asked for."""
        self._decoding.use_proxy(str(path), str(proxy))

    def show(self, media_path: str | Path, at: int, size: QSize | tuple[int, int]) -> None:
        """The frame at `at` samples, no larger than `size` pixels (device pixels), aspect kept. Latest wins."""
        width, height = (size.width(), size.height()) if isinstance(size, QSize) else size
        if width > 0 and height > 0:
            self._decoding.ask(Asked(str(media_path), at, width, height))

    def shutdown(self, timeout_s: float = 5.0) -> bool:
        """Waits for the thread; True when it has ended. No signal follows."""
        self._mailbox.close()
        return self._decoding.stop(timeout_s)


class _Decoding:
    """The thread's side: a slot for one request, one open reader, and pictures already decoded."""

    def __init__(self, post: Post, cache_bytes: int) -> None:
        self._post = post
        self._seen = FrameCache(cache_bytes)
        self._changed = threading.Condition()
        self._asked: Asked | None = None
        self._opened = 0
        self._stopping = False
        self._index: dict[str, FrameIndex] = {}
        self._proxy: dict[str, str] = {}
        self._broken: set[str] = set()
        self._thread = threading.Thread(target=self._live, name="frames", daemon=True)
        self._reader: FrameReader | None = None
        self._reading = ""

    def open(self, path: str) -> None:
        with self._changed:
            self._asked = None
            self._opened += 1
            self._broken.discard(path)
            self._index = {k: v for k, v in self._index.items() if k == path}
            self._proxy = {k: v for k, v in self._proxy.items() if k == path}
        self._seen.clear()

    def use_index(self, path: str, index: FrameIndex) -> None:
        with self._changed:
            self._index[path] = index

    def use_proxy(self, path: str, proxy: str) -> None:
        with self._changed:
            self._proxy[path] = proxy
            self._broken.discard(path)

    def ask(self, asked: Asked) -> None:
        seen = self._remembered(asked)
        with self._changed:
            self._asked = None if seen is not None else asked
            if self._stopping or asked.path in self._broken:
                return
            if seen is None and not self._thread.is_alive():
                self._thread.start()
            self._changed.notify()
        if seen is not None:
            self._post("frame", seen, asked.at)

    def stop(self, timeout_s: float) -> bool:
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _remembered(self, asked: Asked) -> QImage | None:
        index = self._index.get(asked.path)
        if index is None:
            return None
        return self._seen.get((asked.path, index.at(index.frame_at(asked.at)), asked.width, asked.height))

    def _live(self) -> None:
        behave()
        while (following := self._next()) is not None:
            asked, opened = following
            try:
                picture = self._decode(asked)
            except Refused as refusal:
                self._give_up(asked, opened, str(refusal))
            except Exception as error:  # a damaged frame must not end the viewer
                log.exception("a picture of %s could not be decoded", asked.path)
                self._give_up(asked, opened, sentence_of(error))
            else:
                self._show(picture, asked.at, opened)
        self._close()

    def _show(self, picture: QImage, at: int, opened: int) -> None:
        """Unless another file was opened while it was decoded."""
        with self._changed:
            if not self._stopping and opened == self._opened:
                self._post("frame", picture, at)

    def _next(self) -> tuple[Asked, int] | None:
        """The newest request, and how many files had been opened when it was taken up."""
        with self._changed:
            while not self._stopping:
                if self._asked is not None and self._asked.path not in self._broken:
                    asked, self._asked = self._asked, None
                    return asked, self._opened
                self._changed.wait()
            return None

    def _decode(self, asked: Asked) -> QImage:
        reader = self._reader_of(asked.path)
        picture = image_of(reader.frame(asked.at, asked.width, asked.height))
        start = reader.start_of(asked.at)
        index = self._index.get(asked.path)
        start = index.at(index.frame_at(asked.at)) if index is not None else start
        self._seen.put((asked.path, start, asked.width, asked.height), picture)
        return picture

    def _reader_of(self, path: str) -> FrameReader:
        wanted = self._proxy.get(path, path)
        if self._reader is not None and self._reading == wanted:
            return self._reader
        self._close()
        try:
            self._reader = FrameReader(wanted)
        except Refused:
            if wanted == path:
                raise
            self._proxy.pop(path, None)
            return self._reader_of(path)
        self._reading = wanted
        return self._reader

    def _close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader, self._reading = None, ""

    def _give_up(self, asked: Asked, opened: int, sentence: str) -> None:
        self._close()
        with self._changed:
            if not self._stopping and opened == self._opened and asked.path not in self._broken:
                self._broken.add(asked.path)
                self._post("failed", sentence)


def image_of(picture: np.ndarray) -> QImage:
    """A QImage that owns its pixels, of uint8 BGRA (h, w, 4)."""
    pixels = np.ascontiguousarray(picture, np.uint8)
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()

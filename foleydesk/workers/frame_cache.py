"""Decoded pictures, the least used of them forgotten when they weigh too much. Safe from any thread."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtGui import QImage


class FrameCache:
    """Bounded by bytes, not by count: a picture may be small or large."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._pictures: OrderedDict[Hashable, QImage] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    @property
    def bytes(self) -> int:
        return self._bytes

    def get(self, key: Hashable) -> QImage | None:
        with self._lock:
            picture = self._pictures.get(key)
            if picture is not None:
                self._pictures.move_to_end(key)
            return picture

    def put(self, key: Hashable, picture: QImage) -> None:
        with self._lock:
            earlier = self._pictures.pop(key, None)
            self._bytes += picture.sizeInBytes() - (earlier.sizeInBytes() if earlier is not None else 0)
            self._pictures[key] = picture
            while self._bytes > self.most_bytes and len(self._pictures) > 1:
                _, oldest = self._pictures.popitem(last=False)
                self._bytes -= oldest.sizeInBytes()

    def clear(self) -> None:
        with self._lock:
            self._pictures.clear()
            self._bytes = 0

"""Features by key, in memory and in a folder that may be deleted at any time. Torch-free."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.media.atomic import replacing
from engine.spec import Refused

Arrays = dict[str, NDArray[Any]]

IN_MEMORY = 64
"""Entries held in memory; most are some 100 kB."""
MOST_BYTES = 256 << 20
"""What they may take together: what MMAudio sees in ten minutes is 70 MB."""
ON_DISK = 4 << 30
"""Bytes that the folder may hold when somebody begins to write in it."""


class Cache:
    """`folder` None keeps everything in memory. A folder that cannot be written is no error, only slower."""

    def __init__(self, folder: Path | None = None, most: int = ON_DISK) -> None:
        """Where the folder holds more than `most` bytes, what was longest unused leaves it with the first new entry."""
        self.folder = folder
        self.most = most
        self._tidy = False
        self._held: OrderedDict[str, Arrays] = OrderedDict()

    def get(self, parts: dict[str, Any], make: Callable[[], Arrays]) -> Arrays:
        """The arrays of these parts (plain JSON data: content hash, encoder, place), made where nobody has yet."""
        arrays = self.find(parts)
        if arrays is None:
            arrays = make()
            self._write(_key(parts), arrays)
            self._hold(_key(parts), arrays)
        return arrays

    def find(self, parts: dict[str, Any]) -> Arrays | None:
        """The arrays of these parts, if somebody has made them."""
        key = _key(parts)
        arrays = self._held.get(key) or self._read(key)
        if arrays is not None:
            self._hold(key, arrays)
        return arrays

    def _hold(self, key: str, arrays: Arrays) -> None:
        """Keep it in memory, and let go of what was longest unused where that is too much."""
        self._held[key] = arrays
        self._held.move_to_end(key)
        while len(self._held) > 1 and (len(self._held) > IN_MEMORY or self._bytes() > MOST_BYTES):
            self._held.popitem(last=False)

    def _bytes(self) -> int:
        return sum(array.nbytes for arrays in self._held.values() for array in arrays.values())

    def _read(self, key: str) -> Arrays | None:
        if self.folder is None:
            return None
        path = self.folder / f"{key}.npz"
        try:
            with np.load(path, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return arrays

    def _write(self, key: str, arrays: Arrays) -> None:
        if self.folder is None:
            return
        with contextlib.suppress(OSError, Refused):
            self.folder.mkdir(parents=True, exist_ok=True)
            with replacing(self.folder / f"{key}.npz") as part, part.open("wb") as file:
                np.savez(file, allow_pickle=False, **arrays)
            if not self._tidy:
                self._tidy = True
                _make_room(self.folder, self.most)


def _make_room(folder: Path, most: int) -> None:
    """Remove what was longest unused, until the rest fits."""
    found = sorted(((entry.stat(), entry) for entry in folder.glob("*.npz")), key=lambda one: -one[0].st_mtime)
    held = 0
    for about, entry in found:
        held += about.st_size
        if held > most:
            entry.unlink(missing_ok=True)


def _key(parts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]

"""Every change since the last save, one line each, on the disk before it is shown.

A line is its checksum and its JSON. What a crash cut off, or what is damaged, ends the journal there.
"""

from __future__ import annotations

import json
import os
import threading
import zlib
from pathlib import Path
from typing import Any

from engine.media.atomic import cannot_write
from engine.spec import Refused
from foleydesk.storage.atomic import flush_folder, write_bytes

Entry = dict[str, Any]


class Journal:
    """Appends to one file, while another thread may set aside what a snapshot holds already."""

    def __init__(self, path: Path) -> None:
        """Opens the journal behind its last whole line. Raises Refused."""
        self.path = path
        self._handle, self._end = -1, 0
        self._gone = 0
        """Bytes of this journal that were set aside."""
        self._lock = threading.Lock()
        _, good = _lines(path)
        self._open(good)

    def append(self, entry: Entry) -> None:
        """On the disk when this returns; raises Refused with the journal as it was before."""
        text = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        line = b"%08x %s\n" % (zlib.crc32(text), text)
        with self._lock:
            if self._handle < 0:
                self._open(self._end)
            try:
                _write(self._handle, line)
                os.fsync(self._handle)
            except OSError as error:
                self._cut(self._end)
                raise Refused(cannot_write(self.path, error)) from error
            self._end += len(line)

    @property
    def mark(self) -> int:
        """Behind the last line, for `set_aside`."""
        return self._gone + self._end

    def set_aside(self, mark: int, aside: Path) -> None:
        """Lines before the mark become `aside`, those behind it are the journal. Raises Refused; no line is lost then.

        Lines may be added meanwhile; they wait for the last part of it.
        """
        size = mark - self._gone
        if size <= 0:
            return
        write_bytes(aside, _bytes(self.path)[:size])
        with self._lock:
            if self._handle < 0:
                return
            kept = _bytes(self.path)[size : self._end]
            self._shut()
            try:
                write_bytes(self.path, kept)
                self._gone, self._end = mark, len(kept)
            finally:
                self._open(self._end)

    def close(self) -> None:
        with self._lock:
            self._shut()

    def _shut(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _open(self, end: int) -> None:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            self._handle = os.open(self.path, flags, 0o666)
            self._cut(end)
            flush_folder(self.path.parent)
        except OSError as error:
            raise Refused(cannot_write(self.path, error)) from error

    def _cut(self, end: int) -> None:
        os.ftruncate(self._handle, end)
        os.lseek(self._handle, end, os.SEEK_SET)
        self._end = end


def entries(path: Path) -> list[Entry]:
    """Every whole line up to the first that is not; nothing when there is no journal."""
    return _lines(path)[0]


def _lines(path: Path) -> tuple[list[Entry], int]:
    """The entries, and the number of bytes that they fill."""
    data = _bytes(path) if path.exists() else b""
    found: list[Entry] = []
    good = 0
    for line in data.splitlines(keepends=True):
        entry = _entry(line)
        if entry is None:
            break
        found.append(entry)
        good += len(line)
    return found, good


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"The journal {path} cannot be read ({error.strerror or error}).") from error


def _entry(line: bytes) -> Entry | None:
    check, _, text = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or check != b"%08x" % zlib.crc32(text):
        return None
    try:
        entry = json.loads(text)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _write(handle: int, data: bytes) -> None:
    """All of it: a disk that fills up may take a part without a word."""
    while data:
        data = data[os.write(handle, data) :]

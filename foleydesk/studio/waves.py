"""The waves of the project's takes and sounds: asked for once, read in the background, kept while there is room."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from foleydesk.workers.wave_thread import Wave, WaveThread

ROOM = 256 * 2**20
"""Bytes of waves that are kept; those not drawn for longest go first."""


class Waves(QObject):
    """`found` says that what `of` gave None for is there now."""

    found = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[str, Wave | None] = {}
        self._asked: set[str] = set()
        self._bytes = 0
        self._onsets: dict[str, tuple[int, ...]] = {}
        self._thread = WaveThread(self)
        self._thread.found.connect(self._came)
        self._thread.heard.connect(self._heard)

    def of(self, path: Path) -> Wave | None:
        """None while it is read, and when it cannot be."""
        name = str(path)
        if name in self._kept:
            wave = self._kept.pop(name)
            self._kept[name] = wave
            return wave
        if name not in self._asked:
            self._asked.add(name)
            self._thread.read(name, path)
        return None

    def onsets(self, name: str, wave: Wave) -> tuple[int, ...]:
        """Where a wave that is there begins to sound; nothing while that is looked for."""
        if name not in self._onsets:
            self._onsets[name] = ()
            self._thread.listen(name, wave)
        return self._onsets[name]

    def _heard(self, name: str, onsets: tuple[int, ...]) -> None:
        self._onsets[name] = onsets
        self.found.emit()

    @property
    def waiting(self) -> bool:
        return bool(self._asked)

    def shutdown(self) -> None:
        self._thread.shutdown()

    def _came(self, name: str, wave: Wave | None) -> None:
        self._asked.discard(name)
        self._kept[name] = wave
        self._bytes += wave.bytes if wave else 0
        while self._bytes > ROOM and len(self._kept) > 1:
            gone = self._kept.pop(next(iter(self._kept)))
            self._bytes -= gone.bytes if gone else 0
        self.found.emit()

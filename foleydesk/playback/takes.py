"""Takes and sounds from disk, kept in memory while there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.media.audio_file import read_audio
from foleydesk.playback.mixer import ReadTake

if TYPE_CHECKING:
    from foleydesk.document.project import Project

MOST_BYTES = 256 * 2**20


class TakeReader:
    """Reads sound files, those of takes below a project's folder; from any thread."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.folder = Path(folder)
        self.most_bytes = most_bytes
        self._kept: OrderedDict[Path, np.ndarray] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def read(self, wav: str | Path) -> np.ndarray:
        """float32 (samples, channels) at 48 kHz; a relative path is one below the folder. Raises Refused."""
        path = self.folder / wav
        with self._lock:
            if path in self._kept:
                self._kept.move_to_end(path)
                return self._kept[path]
        sound = read_audio(path)
        sound.setflags(write=False)
        self._keep(path, sound)
        return sound

    def of(self, project: Project) -> ReadTake:
        """What the mixer reads: the id of a take, or of a sound file of the user's own, to what it holds."""
        files = {take.id: take.candidate.wav for take in project.takes}
        files |= {sound.id: sound.path for sound in project.sounds}
        return lambda source: self.read(files[source])

    def _keep(self, path: Path, sound: np.ndarray) -> None:
        with self._lock:
            if path not in self._kept:
                self._kept[path] = sound
                self._bytes += sound.nbytes
            while self._bytes > self.most_bytes and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes

"""What is drawn of a sound file's wave, read off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.media.audio_file import mono_blocks
from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, OnProgress, Progress, Refused
from foleydesk.workers.line import Line, Work
from foleydesk.workers.mailbox import Mailbox

FACTOR = 4
"""Each coarser floor stands for so many times the samples."""
FINE, COARSE = 16, 256
"""Samples a column of the finest floor stands for: of a short sound, of a long one."""
SHORT_S = 300
BLOCK = 30 * SAMPLE_RATE
HEARD_IN = 256
"""Onsets are looked for in pieces of so many samples: 5 ms."""
BEFORE = 6
"""Pieces before one that it has to stand out from: 32 ms."""
RISE_DB, LEAST_DB = 8.0, -46.0
APART = 12
"""Pieces between two onsets at least: 64 ms."""
FEWEST = 64
"""No floor has fewer columns, but for the finest."""


@dataclass(frozen=True, eq=False)
class Wave:
    """Least and greatest of every `block` samples, float32 (2, columns), then of every `block * factor`, …"""

    floors: tuple[np.ndarray, ...]
    block: int
    factor: int = FACTOR
    onsets: tuple[int, ...] = ()
    """Samples at which something begins to sound."""

    @property
    def bytes(self) -> int:
        return sum(floor.nbytes for floor in self.floors)

    def level(self, scale: float) -> tuple[np.ndarray, int]:
        """The coarsest floor with at least two columns for `scale` samples a pixel, and its block."""
        depth, block = 0, self.block
        while depth + 1 < len(self.floors) and 2 * block * self.factor <= scale:
            depth, block = depth + 1, block * self.factor
        return self.floors[depth], block


class WaveThread(QObject):
    """Reads waves in the order in which they were asked for."""

    found = Signal(str, object)
    """The name that was asked for, and its Wave, or None for a file that cannot be read."""
    heard = Signal(str, object)
    """The name that was given, and the onsets in its wave."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._line = Line("waves", self._post, niceness=5)

    def read(self, name: str, path: Path) -> None:
        def run(on_progress: OnProgress) -> Wave | None:
            try:
                return wave_of(path, on_progress)
            except Refused:
                return None

        self._line.add(Work(name, run, "found"))

    def listen(self, name: str, wave: Wave) -> None:
        """Look for onsets in a wave that is there already."""
        self._line.add(Work(name, lambda on_progress: onsets_of(wave), "heard"))

    def forget(self) -> None:
        """Nothing that was asked for until now is told any more."""
        self._mailbox.forget()

    def shutdown(self, timeout_s: float = 5.0) -> bool:
        """Waits for the thread; True when it has ended. No signal follows."""
        self._mailbox.close()
        return self._line.stop(timeout_s)

    def _post(self, signal: str, *what: object) -> None:
        if signal == "failed":
            self._mailbox.post("found", what[0], None)
        elif signal in ("found", "heard"):
            self._mailbox.post(signal, *what)


def wave_of(path: Path, on_progress: OnProgress) -> Wave:
    """Raises Refused when the file cannot be read. An hour never lies in memory."""
    length = probe(path).length
    block = FINE if length <= SHORT_S * SAMPLE_RATE else COARSE
    parts = [np.zeros((2, 0), np.float32)]
    for i, sound in enumerate(mono_blocks(path, BLOCK)):
        on_progress(Progress("Reading", min(length, i * BLOCK), max(1, length)))
        parts.append(extremes(sound, block))
    wave = stacked(np.concatenate(parts, axis=1), block)
    return replace(wave, onsets=onsets_of(wave))


def extremes(sound: np.ndarray, block: int) -> np.ndarray:
    """float32 (2, columns): least and greatest of every `block` samples."""
    columns = -(-len(sound) // block)
    if not columns:
        return np.zeros((2, 0), np.float32)
    blocks = np.pad(np.asarray(sound, np.float32), (0, columns * block - len(sound)), mode="edge")
    blocks = blocks.reshape(columns, block)
    return np.stack([blocks.min(axis=1), blocks.max(axis=1)])


def stacked(finest: np.ndarray, block: int, factor: int = FACTOR) -> Wave:
    """The finest floor and the coarser ones above it."""
    floors = [np.ascontiguousarray(finest)]
    while floors[-1].shape[1] // factor >= FEWEST:
        low, high = extremes(floors[-1][0], factor)[0], extremes(floors[-1][1], factor)[1]
        floors.append(np.stack([low, high]))
    return Wave(tuple(floors), block, factor)


def onsets_of(wave: Wave) -> tuple[int, ...]:
    """Samples at which it becomes louder by RISE_DB within hundredths of a second, and loud enough to be heard."""
    floor, block = wave.level(2 * HEARD_IN)
    level = 20 * np.log10(np.maximum(np.abs(floor).max(axis=0, initial=0), 1e-5))
    before = np.full(len(level), -100.0)
    for back in range(1, BEFORE + 1):
        before[back:] = np.maximum(before[back:], level[:-back])
    rising = np.nonzero((level - before >= RISE_DB) & (level >= LEAST_DB))[0]
    found: list[int] = []
    for piece in rising.tolist():
        if not found or piece - found[-1] >= APART:
            found.append(piece)
    return tuple(_first_loud(wave, piece * block, block) for piece in found)


def _first_loud(wave: Wave, start: int, length: int) -> int:
    """Where in a piece the sound begins: its finest column that comes near the piece's peak."""
    first, last = start // wave.block, -(-(start + length) // wave.block)
    part = np.abs(wave.floors[0][:, first:last]).max(axis=0, initial=0)
    return (first + int(np.argmax(part >= 0.25 * part.max()))) * wave.block if len(part) else start

"""Sounds made ready off the window's thread: candidates to audition, the mix to see and to measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.media.audio_file import read_audio
from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, Candidate, OnProgress, Progress, Refused, Span
from foleydesk.playback.loudness import Loudness, Meter, matching_gains_db
from foleydesk.playback.mixer import CHANNELS, ReadTake, mix
from foleydesk.playback.takes import TakeReader
from foleydesk.playback.voices import mix_length
from foleydesk.workers.line import Line, Post, Work
from foleydesk.workers.mailbox import Mailbox
from foleydesk.workers.sound_sight import see

if TYPE_CHECKING:
    from foleydesk.document.project import Project

FILE_S = 30
"""Of a file that is only listened to, so much is read."""


@dataclass(frozen=True)
class Audition:
    """Candidates of a cue ready to play: sound and matching gain by candidate id."""

    cue: str
    sounds: dict[str, np.ndarray]
    gains_db: dict[str, float]
    missing: dict[str, str]
    """Those that cannot be read, each with a sentence."""


@dataclass(frozen=True)
class File:
    """A sound file ready to play: its first FILE_S seconds."""

    path: str
    sound: np.ndarray


@dataclass(frozen=True)
class MixSight:
    """What to draw and to say of a project's mix (see engine.audio.pyramid)."""

    project: Any
    mel: list[np.ndarray]
    peaks: list[np.ndarray]
    loudness: Loudness


class SoundThread(QObject):
    """Latest wins, for auditions, mixes and files apart: an older request that has not begun is dropped."""

    audition = Signal(object)
    """Audition."""
    mixed = Signal(object)
    """MixSight."""
    file = Signal(object)
    """File."""
    failed = Signal(str)
    """One sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._line = Line("sound", _results(self._mailbox.post))
        self._latest = {"audition": 0, "mixed": 0, "file": 0}
        self._takes = TakeReader(Path())

    def takes(self, folder: Path) -> TakeReader:
        """The reader that this thread fills; hand it to Transport.set_mix so that nothing is read twice."""
        if self._takes.folder != Path(folder):
            self._takes = TakeReader(folder)
        return self._takes

    def load(self, cue: str, candidates: Sequence[Candidate], folder: Path | None = None) -> None:
        """Read a cue's candidates and match their loudness. `folder`: what relative paths are relative to."""
        reader, wavs = self.takes(folder or Path()), {candidate.id: candidate.wav for candidate in candidates}

        def run(on_progress: OnProgress) -> Audition:
            sounds, missing = _read_all(reader, wavs)
            return Audition(cue, sounds, matching_gains_db(sounds), missing)

        self._replace("audition", run)

    def see_mix(self, project: Project, folder: Path) -> None:
        """Render the whole mix, for its spectrogram, its wave and its loudness."""
        read = self.takes(folder).of(project)
        self._replace("mixed", lambda on_progress: _sight(project, read, on_progress))

    def read_file(self, path: str) -> None:
        """Read a sound from anywhere."""
        self._replace("file", lambda on_progress: _file(path))

    def shutdown(self, timeout_s: float = 5.0) -> bool:
        """Waits for the thread; True when it has ended. No signal follows."""
        self._mailbox.close()
        return self._line.stop(timeout_s)

    def _replace(self, kind: str, run: Callable[[OnProgress], Any]) -> None:
        self._line.cancel(f"{kind} {self._latest[kind]}")
        self._latest[kind] += 1
        self._line.add(Work(f"{kind} {self._latest[kind]}", run, kind))


def _results(post: Post) -> Post:
    """Only results and refusals are told, without their job ids."""

    def tell(signal: str, *what: Any) -> None:
        if signal not in ("progressed", "cancelled"):
            post(signal, *what[1:])

    return tell


def _read_all(reader: TakeReader, wavs: dict[str, str]) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """What could be read, and a sentence for each of the others: the rest can still be compared."""
    sounds: dict[str, np.ndarray] = {}
    missing: dict[str, str] = {}
    for name, wav in wavs.items():
        try:
            sounds[name] = reader.read(wav)
        except Refused as refusal:
            missing[name] = str(refusal)
    return sounds, missing


def _file(path: str) -> File:
    length = min(probe(path).length, FILE_S * SAMPLE_RATE)
    return File(path, read_audio(path, span=Span(0, length)))


def _sight(project: Project, read_take: ReadTake, on_progress: OnProgress) -> MixSight:
    meter = Meter(CHANNELS)
    measured = 0

    def mono(start: int, n: int) -> np.ndarray:
        nonlocal measured
        block = mix(project, read_take, start, n)
        meter.add(block[measured - start :])
        measured = start + n
        return block.mean(axis=1, dtype=np.float32)

    sight = see(mono, mix_length(project), lambda done, blocks: on_progress(Progress("Mixing", done, blocks)))
    return MixSight(project, sight.mel, sight.peaks, meter.result())

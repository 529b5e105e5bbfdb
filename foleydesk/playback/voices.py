"""What the deck can play. A voice is asked for blocks by position, so two voices can change places in mid-sound."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

import numpy as np

from engine.spec import Refused, Span
from foleydesk.playback.mixer import CHANNELS, ReadTake, audible_clips, linear, mix_clips, stereo

if TYPE_CHECKING:
    from foleydesk.document.project import Project

log = logging.getLogger(__name__)

EDGE = 240
"""5 ms: over which what lies around a candidate gives way to it."""


class Voice(Protocol):
    """`label` is counted as heard while a position within `span` reaches the output; empty: nothing is counted."""

    @property
    def label(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def length(self) -> int: ...

    def read(self, start: int, n: int) -> np.ndarray:
        """float32 (n, 2) from `start`; silence where there is nothing."""
        ...


class Silence:
    """Nothing to hear, for `length` samples."""

    label = ""

    def __init__(self, length: int = 0) -> None:
        self.length = length
        self.span = Span(0, 0)

    def read(self, start: int, n: int) -> np.ndarray:
        return np.zeros((n, CHANNELS), np.float32)


class MixVoice:
    """A project's tracks, as they were when this was made."""

    label = ""

    def __init__(self, project: Project, read_take: ReadTake, length: int | None = None) -> None:
        self.project = project
        self.length = mix_length(project) if length is None else length
        self.span = Span(0, 0)
        self._clips = audible_clips(project)
        self._read_take = read_take
        self._missing: set[str] = set()

    def read(self, start: int, n: int) -> np.ndarray:
        return mix_clips(self._clips, self._take_or_silence, start, n)

    def _take_or_silence(self, take_id: str) -> np.ndarray:
        """Playing goes on without a take that is gone; export refuses it."""
        if take_id in self._missing:
            return np.zeros(0, np.float32)
        try:
            return self._read_take(take_id)
        except (Refused, KeyError) as error:
            log.warning("the take %s cannot be heard: %s", take_id, error)
            self._missing.add(take_id)
            return np.zeros(0, np.float32)


class SoundVoice:
    """One sound that starts at `at`, alone or over another voice."""

    def __init__(
        self, label: str, sound: np.ndarray, at: int, gain_db: float = 0.0, length: int = 0, bed: Voice | None = None
    ) -> None:
        self.label = label
        self.span = Span(at, at + len(sound))
        self.length = max(length, self.span.end, bed.length if bed else 0)
        self._sound = stereo(sound) * np.float32(linear(gain_db))
        self._bed = bed

    def read(self, start: int, n: int) -> np.ndarray:
        out = self._bed.read(start, n) if self._bed else np.zeros((n, CHANNELS), np.float32)
        first, last = max(start, self.span.start), min(start + n, self.span.end)
        if first < last:
            out[first - start : last - start] += self._sound[first - self.span.start : last - self.span.start]
        return out


class Outside:
    """Another voice, silent within a span: what leads up to it, and what follows. `voice` may be exchanged."""

    label = ""

    def __init__(self, voice: Voice, span: Span) -> None:
        self.voice = voice
        self.span = span
        self.length = voice.length

    def read(self, start: int, n: int) -> np.ndarray:
        at = np.arange(start, start + n)
        away = np.maximum(self.span.start - at, at - self.span.end + 1)
        return self.voice.read(start, n) * np.clip(away / EDGE, 0, 1).astype(np.float32)[:, None]


def mix_length(project: Project) -> int:
    """The picture's length, or to the end of the last clip when there is no picture."""
    if project.media is not None:
        return project.media.length
    return max((clip.start + clip.length for clip in project.clips), default=0)

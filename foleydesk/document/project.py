"""The project: an immutable value. An edit makes another one of it; undo keeps the old."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from engine.spec import Candidate, Event, Refused, Span
from foleydesk.document.ids import ClipId, CueId, TakeId, TrackId

VERSION = 1
"""Of the saved form; raise it when an older program could not read what this one writes."""
DEFAULT_MODEL = "visiosonic-mini"

Marks = Span
"""Mark in and mark out are a span like any other."""


class Status(StrEnum):
    """Where a cue stands."""

    TO_DO = "to do"
    GENERATED = "generated"
    PICKED = "picked"
    APPROVED = "approved"


@dataclass(frozen=True)
class Media:
    """The picture that is scored. `hash` names its content wherever it lies, `length` is in samples."""

    id: str
    path: str
    hash: str
    length: int
    rate: Fraction
    width: int
    height: int
    has_audio: bool


@dataclass(frozen=True)
class Track:
    id: TrackId
    name: str
    gain_db: float = 0.0
    mute: bool = False
    solo: bool = False


@dataclass(frozen=True)
class Reference:
    """A sound file that a cue's candidates should sound like. `hash` names its content wherever it lies."""

    path: str
    hash: str


@dataclass(frozen=True)
class Cue:
    """A span of picture that needs a sound. `events` None leaves them to the spotter."""

    id: CueId
    start: int
    end: int
    prompt: str = ""
    negative: str = ""
    category: str = ""
    status: str = Status.TO_DO
    events: tuple[Event, ...] | None = None
    reference: Reference | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Take:
    """A candidate kept for a cue. Its paths are absolute in memory, relative to the project's folder on disk."""

    id: TakeId
    cue: CueId
    candidate: Candidate


@dataclass(frozen=True)
class Clip:
    """A piece of a take on a track: `length` samples of it from `offset` on, heard at `start`."""

    id: ClipId
    track: TrackId
    take: TakeId
    start: int
    offset: int
    length: int
    gain_db: float = 0.0
    fade_in: int = 0
    fade_out: int = 0

    @property
    def end(self) -> int:
        return self.start + self.length


NAMES = ("Feet", "Props", "Cloth", "Ambience")
DEFAULT_TRACKS = tuple(Track(name.lower(), name) for name in NAMES)


@dataclass(frozen=True)
class Project:
    version: int = VERSION
    name: str = "Untitled"
    media: Media | None = None
    tracks: tuple[Track, ...] = DEFAULT_TRACKS
    cues: tuple[Cue, ...] = ()
    takes: tuple[Take, ...] = ()
    clips: tuple[Clip, ...] = ()
    marks: Span | None = None
    model: str = DEFAULT_MODEL
    adapter: str | None = None

    def cue(self, name: CueId) -> Cue:
        """Raises Refused when it is not there, as the other three do."""
        return _found(self.cues, name, "cue")

    def take(self, name: TakeId) -> Take:
        return _found(self.takes, name, "take")

    def clip(self, name: ClipId) -> Clip:
        return _found(self.clips, name, "clip")

    def track(self, name: TrackId) -> Track:
        return _found(self.tracks, name, "track")

    def takes_of(self, cue: CueId) -> tuple[Take, ...]:
        """In the order in which they were made."""
        return tuple(take for take in self.takes if take.cue == cue)

    def clips_of(self, cue: CueId) -> tuple[Clip, ...]:
        """The clips that play a take of the cue."""
        takes = {take.id for take in self.takes_of(cue)}
        return tuple(clip for clip in self.clips if clip.take in takes)

    def with_media(self, media: Media | None) -> Project:
        return replace(self, media=media)

    def with_marks(self, marks: Span | None) -> Project:
        return replace(self, marks=marks)

    def with_cue(self, cue: Cue) -> Project:
        """The cue in place of the one with its id, or added; the same for the other three."""
        return replace(self, cues=_with(self.cues, cue))

    def with_take(self, take: Take) -> Project:
        return replace(self, takes=_with(self.takes, take))

    def with_clip(self, clip: Clip) -> Project:
        return replace(self, clips=_with(self.clips, clip))

    def with_track(self, track: Track) -> Project:
        return replace(self, tracks=_with(self.tracks, track))

    def with_candidates(self, change: Callable[[Candidate], Candidate]) -> Project:
        """Every take's candidate changed in the same way."""
        takes = tuple(replace(take, candidate=change(take.candidate)) for take in self.takes)
        return replace(self, takes=takes)

    def with_references(self, change: Callable[[Reference], Reference]) -> Project:
        """Every cue's reference sound changed in the same way."""
        cues = (replace(cue, reference=change(cue.reference)) if cue.reference else cue for cue in self.cues)
        return replace(self, cues=tuple(cues))

    def without_clips(self, clips: Iterable[ClipId]) -> Project:
        gone = set(clips)
        return replace(self, clips=tuple(clip for clip in self.clips if clip.id not in gone))


Named = TypeVar("Named", Cue, Take, Clip, Track)


def _found(things: tuple[Named, ...], name: str, kind: str) -> Named:
    for thing in things:
        if thing.id == name:
            return thing
    raise Refused(f"There is no {kind} {name} in the project (any more).")


def _with(things: tuple[Named, ...], new: Named) -> tuple[Named, ...]:
    if any(thing.id == new.id for thing in things):
        return tuple(new if thing.id == new.id else thing for thing in things)
    return things + (new,)

"""The project: an immutable value. An edit makes another one of it; undo keeps the old."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from engine.spec import Candidate, Event, Refused, Span
from foleydesk.document.ids import ClipId, CueId, MarkerId, SoundId, TakeId, TrackId
from foleydesk.document.timebase import FIRST_HOUR, Rate, Unit

VERSION = 2
"""Of the saved form; raise it when an older program could not read what this one writes."""
DEFAULT_MODEL = "visiosonic-mini"
NO_PICTURE_RATE = Fraction(25)
"""Frames a second of a project that has no picture yet."""


class Status(StrEnum):
    """Where a cue stands."""

    TO_DO = "to do"
    GENERATED = "generated"
    PICKED = "picked"
    APPROVED = "approved"


class Kept(StrEnum):
    """What the designer said of a take."""

    OPEN = ""
    KEPT = "kept"
    TRASHED = "trash"


@dataclass(frozen=True)
class Media:
    """The picture that is scored. `hash` names its content wherever it lies, `length` is in samples."""

    id: str
    path: str
    hash: str
    length: int
    rate: Fraction
    """Frames a second; of a picture whose rate varies, the nominal one that frames are counted by."""
    width: int
    height: int
    has_audio: bool
    variable: bool = False


@dataclass(frozen=True)
class Track:
    id: TrackId
    name: str
    gain_db: float = 0.0
    mute: bool = False
    solo: bool = False
    colour: int = 0
    """Which of the window's track colours, counted round."""


@dataclass(frozen=True)
class Sound:
    """A sound file of the user's own that clips may play. `length` in samples at 48 kHz, as for media."""

    id: SoundId
    path: str
    hash: str
    length: int
    name: str = ""


@dataclass(frozen=True)
class Marker:
    """A named position."""

    id: MarkerId
    at: int
    name: str = ""


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
    name: str = ""
    notes: str = ""
    character: str = ""
    """Who or what is heard: a person, a prop, a place."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Take:
    """A candidate kept for a cue. Its paths are absolute in memory, relative to the project's folder on disk."""

    id: TakeId
    cue: CueId
    candidate: Candidate
    kept: Kept = Kept.OPEN
    notes: str = ""


@dataclass(frozen=True)
class Clip:
    """A piece of a take, or of a sound, on a track: `length` samples of it from `offset` on, heard at `start`."""

    id: ClipId
    track: TrackId
    take: TakeId
    start: int
    offset: int
    length: int
    gain_db: float = 0.0
    fade_in: int = 0
    fade_out: int = 0
    sound: SoundId = ""
    """Of a clip whose `take` is empty: the sound that it plays."""

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def zero(self) -> int:
        """Where on the timeline the first sample of what it plays lies, heard or not."""
        return self.start - self.offset

    @property
    def source(self) -> str:
        """The id of what it plays."""
        return self.take or self.sound

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


NAMES = ("Feet", "Props", "Cloth", "Ambience")
DEFAULT_TRACKS = tuple(Track(name.lower(), name, colour=i) for i, name in enumerate(NAMES))


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
    sounds: tuple[Sound, ...] = ()
    markers: tuple[Marker, ...] = ()
    start: int = FIRST_HOUR
    """What the picture's first frame is called: time on a clock, in samples."""
    drop: bool = False
    """Whether time code leaves labels out to keep up with the clock, where the rate allows that."""
    unit: Unit = Unit.TIME_CODE
    crosses: bool = True
    """Whether clips of one track that overlap cross over; else they add up."""

    @property
    def rate(self) -> Rate:
        """By which frames are counted."""
        fraction = self.media.rate if self.media and self.media.rate else NO_PICTURE_RATE
        return Rate(fraction, self.drop and Rate(fraction).can_drop)

    def cue(self, name: CueId) -> Cue:
        """Raises Refused when it is not there, as the others do."""
        return _found(self.cues, name, "cue")

    def take(self, name: TakeId) -> Take:
        return _found(self.takes, name, "take")

    def clip(self, name: ClipId) -> Clip:
        return _found(self.clips, name, "clip")

    def track(self, name: TrackId) -> Track:
        return _found(self.tracks, name, "track")

    def sound(self, name: SoundId) -> Sound:
        return _found(self.sounds, name, "sound")

    def marker(self, name: MarkerId) -> Marker:
        return _found(self.markers, name, "marker")

    @property
    def sources(self) -> dict[str, int]:
        """What clips can play: the ids of takes and of sounds, with their lengths."""
        lengths = {take.id: take.candidate.length for take in self.takes}
        return lengths | {sound.id: sound.length for sound in self.sounds}

    def source_length(self, clip: Clip) -> int:
        """How long what the clip plays is as a whole. Raises Refused when it is not there."""
        return self.take(clip.take).candidate.length if clip.take else self.sound(clip.sound).length

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
        """The cue in place of the one with its id, or added; the same for the others."""
        return replace(self, cues=_with(self.cues, cue))

    def with_take(self, take: Take) -> Project:
        return replace(self, takes=_with(self.takes, take))

    def with_clip(self, clip: Clip) -> Project:
        return replace(self, clips=_with(self.clips, clip))

    def with_track(self, track: Track) -> Project:
        return replace(self, tracks=_with(self.tracks, track))

    def with_sound(self, sound: Sound) -> Project:
        return replace(self, sounds=_with(self.sounds, sound))

    def with_marker(self, marker: Marker) -> Project:
        return replace(self, markers=_with(self.markers, marker))

    def with_clips(self, clips: Iterable[Clip]) -> Project:
        """Each in place of the one with its id, or added at the end."""
        new = {clip.id: clip for clip in clips}
        kept = tuple(new.pop(clip.id, clip) for clip in self.clips)
        return replace(self, clips=kept + tuple(new.values()))

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


Named = TypeVar("Named", Cue, Take, Clip, Track, Sound, Marker)


def _found(things: tuple[Named, ...], name: str, kind: str) -> Named:
    for thing in things:
        if thing.id == name:
            return thing
    raise Refused(f"There is no {kind} {name} in the project (any more).")


def _with(things: tuple[Named, ...], new: Named) -> tuple[Named, ...]:
    if any(thing.id == new.id for thing in things):
        return tuple(new if thing.id == new.id else thing for thing in things)
    return things + (new,)

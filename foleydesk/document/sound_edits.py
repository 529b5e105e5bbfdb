"""Edits of the user's own sound files, and of where the project's files lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from engine.spec import Refused
from foleydesk.document.edit import Edit
from foleydesk.document.ids import ClipId, SoundId, TrackId, new_id
from foleydesk.document.project import Clip, Project, Sound
from foleydesk.document.rules import check_clip, check_sound


@dataclass(frozen=True)
class AddSound(Edit):
    """Have a sound file at hand. One that the project has already is not added twice."""

    sound: Sound
    text = "Add Sound"

    def apply(self, project: Project) -> Project:
        if self.sound.id in project.sources:
            raise Refused("This sound is in the project already.")
        check_sound(self.sound)
        if any(known.hash == self.sound.hash for known in project.sounds):
            return project
        return project.with_sound(self.sound)


@dataclass(frozen=True)
class PlaceSound(Edit):
    """Lay a sound on a track, all of it or `length` samples from `offset` on."""

    sound: SoundId
    track: TrackId
    at: int
    offset: int = 0
    length: int | None = None
    clip: ClipId = field(default_factory=new_id)
    text = "Place Sound"

    def apply(self, project: Project) -> Project:
        sound = project.sound(self.sound)
        if any(known.id == self.clip for known in project.clips):
            raise Refused("This clip is in the project already.")
        length = sound.length - self.offset if self.length is None else self.length
        clip = Clip(self.clip, self.track, "", self.at, self.offset, length, sound=sound.id)
        check_clip(clip, project)
        return project.with_clip(clip)


@dataclass(frozen=True)
class RemoveSound(Edit):
    """Take a sound out of the project with the clips that play it; the file stays."""

    sound: SoundId
    text = "Remove Sound"

    def apply(self, project: Project) -> Project:
        gone = project.sound(self.sound)
        project = project.without_clips(clip.id for clip in project.clips if clip.sound == gone.id)
        return replace(project, sounds=tuple(sound for sound in project.sounds if sound != gone))


@dataclass(frozen=True)
class Relink(Edit):
    """Files that were moved: (content hash, where it is now) of pictures, reference sounds and sounds."""

    found: tuple[tuple[str, str], ...]
    text = "Relink"

    def apply(self, project: Project) -> Project:
        where: Callable[[str, str], str] = dict(self.found).get
        media = project.media
        if media is not None:
            project = project.with_media(replace(media, path=where(media.hash, media.path)))
        project = project.with_references(lambda one: replace(one, path=where(one.hash, one.path)))
        sounds = tuple(replace(sound, path=where(sound.hash, sound.path)) for sound in project.sounds)
        return replace(project, sounds=sounds)

"""Edits of what lies on the tracks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from engine.spec import Refused
from foleydesk.document.edit import Edit
from foleydesk.document.ids import ClipId, CueId, TakeId, TrackId, new_id
from foleydesk.document.project import Clip, Project, Status, Take, Track
from foleydesk.document.rules import check_clip, check_track


@dataclass(frozen=True)
class PlaceTake(Edit):
    """Lay a take under the picture it was made for, in place of what was picked for the cue before.

    One that was made from the take of such a clip lies as that clip lay: moved, trimmed, faded and as loud.
    """

    cue: CueId
    take: TakeId
    track: TrackId
    clip: ClipId = field(default_factory=new_id)
    text = "Pick"

    def apply(self, project: Project) -> Project:
        cue, take = project.cue(self.cue), project.take(self.take)
        if take.cue != cue.id:
            raise Refused("This take was made for another cue.")
        span = take.candidate.recipe.span
        start, end = min(cue.start, span.start), max(cue.end, span.end)
        origin = _clip_of_base(project, take)
        clip = Clip(self.clip, self.track, take.id, span.start, 0, take.candidate.length)
        if origin is not None:
            clip = replace(origin, id=self.clip, take=take.id)
        gone = {before.id for before in project.clips_of(cue.id) if before.start < end and before.end > start}
        project = project.without_clips(gone | ({origin.id} if origin else set()))
        if any(known.id == self.clip for known in project.clips):
            raise Refused("This clip is in the project already.")
        check_clip(clip, project)
        return project.with_clip(clip).with_cue(replace(cue, status=Status.PICKED))


def _clip_of_base(project: Project, take: Take) -> Clip | None:
    """The clip that plays the sound from which this take was made."""
    base = take.candidate.recipe.base
    for clip in project.clips_of(take.cue) if base else ():
        candidate = project.take(clip.take).candidate
        if candidate.wav == base and candidate.length == take.candidate.length:
            return clip
    return None


@dataclass(frozen=True)
class MoveClip(Edit):
    clip: ClipId
    to_track: TrackId
    to: int
    text = "Move Clip"

    def apply(self, project: Project) -> Project:
        moved = replace(project.clip(self.clip), track=self.to_track, start=self.to)
        check_clip(moved, project)
        return project.with_clip(moved)

    def merges_with(self, earlier: Edit) -> bool:
        return isinstance(earlier, MoveClip) and earlier.clip == self.clip


@dataclass(frozen=True)
class TrimClip(Edit):
    """Move the clip's edges to `start` and `end` on the timeline; its sound stays where it was. Fades give way."""

    clip: ClipId
    start: int
    end: int
    text = "Trim Clip"

    def apply(self, project: Project) -> Project:
        clip = project.clip(self.clip)
        length = self.end - self.start
        fade_in = min(clip.fade_in, max(0, length))
        trimmed = replace(
            clip, start=self.start, offset=clip.offset + self.start - clip.start, length=length,
            fade_in=fade_in, fade_out=min(clip.fade_out, max(0, length - fade_in)),
        )  # fmt: skip
        check_clip(trimmed, project)
        return project.with_clip(trimmed)

    def merges_with(self, earlier: Edit) -> bool:
        return isinstance(earlier, TrimClip) and earlier.clip == self.clip


@dataclass(frozen=True)
class SetClip(Edit):
    """Gain and fades; None leaves one as it is."""

    clip: ClipId
    gain_db: float | None = None
    fade_in: int | None = None
    fade_out: int | None = None
    text = "Change Clip"

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "clip" and value is not None}

    def apply(self, project: Project) -> Project:
        changed = replace(project.clip(self.clip), **self.changes)
        check_clip(changed, project)
        return project.with_clip(changed)

    def merges_with(self, earlier: Edit) -> bool:
        return isinstance(earlier, SetClip) and earlier.clip == self.clip and set(earlier.changes) == set(self.changes)


@dataclass(frozen=True)
class RemoveClip(Edit):
    clip: ClipId
    text = "Remove Clip"

    def apply(self, project: Project) -> Project:
        return project.without_clips([project.clip(self.clip).id])


@dataclass(frozen=True)
class AddTrack(Edit):
    track: Track
    text = "Add Track"

    def apply(self, project: Project) -> Project:
        if any(track.id == self.track.id for track in project.tracks):
            raise Refused("This track is in the project already.")
        check_track(self.track)
        return project.with_track(self.track)


@dataclass(frozen=True)
class SetTrack(Edit):
    """Name, gain, mute and solo; None leaves one as it is."""

    track: TrackId
    name: str | None = None
    gain_db: float | None = None
    mute: bool | None = None
    solo: bool | None = None
    text = "Change Track"

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "track" and value is not None}

    def apply(self, project: Project) -> Project:
        changed = replace(project.track(self.track), **self.changes)
        check_track(changed)
        return project.with_track(changed)

    def merges_with(self, earlier: Edit) -> bool:
        """One drag of the fader; what switches does not merge."""
        return isinstance(earlier, SetTrack) and earlier.track == self.track and self._fades_only(earlier)

    def _fades_only(self, earlier: SetTrack) -> bool:
        same = (self.name, self.mute, self.solo) == (earlier.name, earlier.mute, earlier.solo)
        return same and self.gain_db is not None and earlier.gain_db is not None


@dataclass(frozen=True)
class RemoveTrack(Edit):
    """Remove a track with the clips on it; the last one stays."""

    track: TrackId
    text = "Remove Track"

    def apply(self, project: Project) -> Project:
        gone = project.track(self.track)
        if len(project.tracks) == 1:
            raise Refused("The last track cannot be removed.")
        project = project.without_clips(clip.id for clip in project.clips if clip.track == gone.id)
        return replace(project, tracks=tuple(track for track in project.tracks if track != gone))

"""Edits of one clip."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from engine.spec import Refused
from foleydesk.document.edit import Edit
from foleydesk.document.ids import ClipId, CueId, TakeId, TrackId, new_id
from foleydesk.document.project import Clip, Project, Status, Take
from foleydesk.document.ripple import Ripple, followers, halves, removed, shifted
from foleydesk.document.rules import check_clip, check_clips


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
    """Move the clip's edges to `start` and `end` on the timeline; its sound stays where it was. Fades give way.

    With ripple the clip begins where it began, and what follows it closes up or makes room.
    """

    clip: ClipId
    start: int
    end: int
    ripple: Ripple = Ripple.OFF
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
        if self.ripple is Ripple.OFF:
            return project.with_clip(trimmed)
        after = shifted(followers(project, clip, self.ripple), length - clip.length)
        moved = [replace(trimmed, start=clip.start), *after]
        check_clips(moved, project)
        return project.with_clips(moved)

    def merges_with(self, earlier: Edit) -> bool:
        if not isinstance(earlier, TrimClip) or earlier.clip != self.clip:
            return False
        return self.ripple is Ripple.OFF and earlier.ripple is Ripple.OFF


@dataclass(frozen=True)
class SlipClip(Edit):
    """Move the sound within the clip: what was heard first is now what lies `offset` samples into the sound."""

    clip: ClipId
    offset: int
    text = "Slip Clip"

    def apply(self, project: Project) -> Project:
        slipped = replace(project.clip(self.clip), offset=self.offset)
        check_clip(slipped, project)
        return project.with_clip(slipped)

    def merges_with(self, earlier: Edit) -> bool:
        return isinstance(earlier, SlipClip) and earlier.clip == self.clip


@dataclass(frozen=True)
class SplitClip(Edit):
    """Cut the clip in two at a position within it; the left one stays the clip that it was."""

    clip: ClipId
    at: int
    right: ClipId = field(default_factory=new_id)
    text = "Split Clip"

    def apply(self, project: Project) -> Project:
        clip = project.clip(self.clip)
        if not clip.start < self.at < clip.end:
            raise Refused("A clip can only be split within it; move the playhead there.")
        if any(known.id == self.right for known in project.clips):
            raise Refused("This clip is in the project already.")
        return project.with_clips(halves(clip, self.at, self.right))


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
    ripple: Ripple = Ripple.OFF
    text = "Remove Clip"

    def apply(self, project: Project) -> Project:
        without = removed(project, [self.clip], self.ripple)
        check_clips(without.clips, without)
        return without

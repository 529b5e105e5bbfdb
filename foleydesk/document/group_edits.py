"""Edits of several clips at once, each one step: move, paste, duplicate, remove, louder, and room between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from engine.spec import Refused
from foleydesk.document.edit import Edit
from foleydesk.document.ids import ClipId, TrackId, id_from, new_id
from foleydesk.document.project import Clip, Project
from foleydesk.document.ripple import Ripple, from_on, opened, removed, shifted
from foleydesk.document.rules import check_clips


def chosen(project: Project, clips: Iterable[ClipId]) -> tuple[Clip, ...]:
    """The clips of these ids, in the project's order; what is copied. Raises Refused when one is not there."""
    wanted = {project.clip(name).id for name in clips}
    return tuple(clip for clip in project.clips if clip.id in wanted)


@dataclass(frozen=True)
class MoveClips(Edit):
    """All so many samples later (earlier, when negative) and so many tracks down.

    With ripple everything on their tracks from the first of them on moves along in time.
    """

    clips: tuple[ClipId, ...]
    by: int
    rows: int = 0
    ripple: Ripple = Ripple.OFF
    text = "Move Clips"

    def apply(self, project: Project) -> Project:
        group = chosen(project, self.clips)
        if not group:
            return project
        along = from_on(project, min(clip.start for clip in group), {clip.track for clip in group}, self.ripple)
        moved = shifted({clip.id: clip for clip in (*group, *along)}.values(), self.by)
        ids = set(self.clips)
        moved = [_lower(project, clip, self.rows) if clip.id in ids else clip for clip in moved]
        check_clips(moved, project)
        return project.with_clips(moved)

    def merges_with(self, earlier: Edit) -> bool:
        if not isinstance(earlier, MoveClips) or set(earlier.clips) != set(self.clips):
            return False
        return self.ripple is Ripple.OFF and earlier.ripple is Ripple.OFF


@dataclass(frozen=True)
class RemoveClips(Edit):
    clips: tuple[ClipId, ...]
    ripple: Ripple = Ripple.OFF
    text = "Remove Clips"

    def apply(self, project: Project) -> Project:
        without = removed(project, self.clips, self.ripple)
        check_clips(without.clips, without)
        return without


@dataclass(frozen=True)
class LouderClips(Edit):
    clips: tuple[ClipId, ...]
    by_db: float
    text = "Change Gain"

    def apply(self, project: Project) -> Project:
        louder = [replace(clip, gain_db=clip.gain_db + self.by_db) for clip in chosen(project, self.clips)]
        check_clips(louder, project)
        return project.with_clips(louder)

    def merges_with(self, earlier: Edit) -> bool:
        return isinstance(earlier, LouderClips) and set(earlier.clips) == set(self.clips)


@dataclass(frozen=True)
class PasteClips(Edit):
    """Clips as they were when they were copied, the first of them at `at`.

    Each comes on its own track; with `track` the topmost comes there and the others keep their distance, the lowest
    track taking what would lie below it. With ripple what lies there makes room. `fresh`: from which new ids are made.
    """

    clips: tuple[Clip, ...]
    at: int
    track: TrackId | None = None
    ripple: Ripple = Ripple.OFF
    fresh: str = field(default_factory=new_id)
    text = "Paste"

    def apply(self, project: Project) -> Project:
        if not self.clips:
            raise Refused("There is nothing to paste; choose a clip and copy it first.")
        first, last = min(clip.start for clip in self.clips), max(clip.end for clip in self.clips)
        tracks = self._tracks(project)
        new = tuple(
            replace(clip, id=id_from(self.fresh, i), track=tracks[clip.track], start=self.at + clip.start - first)
            for i, clip in enumerate(self.clips)
        )
        if {clip.id for clip in new} & {clip.id for clip in project.clips}:
            raise Refused("These clips are in the project already.")
        project = opened(project, self.at, last - first, set(tracks.values()), self.ripple, self.fresh)
        pasted = replace(project, clips=project.clips + new)
        check_clips(pasted.clips, pasted)
        return pasted

    def _tracks(self, project: Project) -> dict[TrackId, TrackId]:
        """From the tracks copied to those pasted on. A track that is gone is the first one."""
        rows = {track.id: row for row, track in enumerate(project.tracks)}
        copied = {clip.track: rows.get(clip.track, 0) for clip in self.clips}
        down = 0 if self.track is None else rows[project.track(self.track).id] - min(copied.values())
        lowest = len(project.tracks) - 1
        return {name: project.tracks[min(lowest, row + down)].id for name, row in copied.items()}


@dataclass(frozen=True)
class DuplicateClips(Edit):
    """The same clips again, right behind them."""

    clips: tuple[ClipId, ...]
    ripple: Ripple = Ripple.OFF
    fresh: str = field(default_factory=new_id)
    text = "Duplicate"

    def apply(self, project: Project) -> Project:
        group = chosen(project, self.clips)
        if not group:
            raise Refused("There is nothing to duplicate; choose a clip first.")
        return PasteClips(group, max(clip.end for clip in group), None, self.ripple, self.fresh).apply(project)


@dataclass(frozen=True)
class InsertTime(Edit):
    """Silence of `length` samples at a position, on the tracks named (with Ripple.ALL on every track)."""

    at: int
    length: int
    tracks: tuple[TrackId, ...] = ()
    ripple: Ripple = Ripple.ALL
    fresh: str = field(default_factory=new_id)
    text = "Insert Time"

    def apply(self, project: Project) -> Project:
        if self.at < 0 or self.length < 1:
            raise Refused("Time is inserted within the project, and more than none; choose a span.")
        tracks = {project.track(name).id for name in self.tracks}
        later = opened(project, self.at, self.length, tracks, self.ripple, self.fresh)
        check_clips(later.clips, later)
        return later


def _lower(project: Project, clip: Clip, rows: int) -> Clip:
    ids = [track.id for track in project.tracks]
    row = ids.index(clip.track) + rows
    if not 0 <= row < len(ids):
        raise Refused("There is no track there; add one first.")
    return replace(clip, track=ids[row])

"""Edits of the tracks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.spec import Refused
from foleydesk.document.edit import Edit
from foleydesk.document.ids import TrackId
from foleydesk.document.project import Project, Track
from foleydesk.document.rules import check_track


@dataclass(frozen=True)
class AddTrack(Edit):
    """Below all others, or at a place counted from the top."""

    track: Track
    place: int | None = None
    text = "Add Track"

    def apply(self, project: Project) -> Project:
        if any(track.id == self.track.id for track in project.tracks):
            raise Refused("This track is in the project already.")
        check_track(self.track)
        return replace(project, tracks=_at(project.tracks, self.track, self.place))


@dataclass(frozen=True)
class MoveTrack(Edit):
    """To another place, counted from the top; beyond the last one is the last place."""

    track: TrackId
    place: int
    text = "Move Track"

    def apply(self, project: Project) -> Project:
        moved = project.track(self.track)
        others = tuple(track for track in project.tracks if track.id != moved.id)
        return replace(project, tracks=_at(others, moved, self.place))

    def merges_with(self, earlier: Edit) -> bool:
        return isinstance(earlier, MoveTrack) and earlier.track == self.track


def _at(tracks: tuple[Track, ...], track: Track, place: int | None) -> tuple[Track, ...]:
    place = len(tracks) if place is None else max(0, place)
    return tracks[:place] + (track,) + tracks[place:]


def next_colour(project: Project) -> int:
    """The first colour index that no track has."""
    taken = {track.colour for track in project.tracks}
    return next(i for i in range(len(taken) + 1) if i not in taken)


@dataclass(frozen=True)
class SetTrack(Edit):
    """Name, gain, mute, solo and colour; None leaves one as it is."""

    track: TrackId
    name: str | None = None
    gain_db: float | None = None
    mute: bool | None = None
    solo: bool | None = None
    colour: int | None = None
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
        same = all(getattr(self, name) == getattr(earlier, name) for name in ("name", "mute", "solo", "colour"))
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

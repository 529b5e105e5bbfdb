"""What follows an edit in time: later clips that move along, so that no gap opens and none closes by chance.

Cues, events and markers stay with the picture.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from enum import StrEnum

from engine.spec import Refused
from foleydesk.document.ids import ClipId, TrackId, id_from
from foleydesk.document.project import Clip, Project


class Ripple(StrEnum):
    """Which clips move along."""

    OFF = "off"
    TRACK = "track"
    """Those on the tracks that were edited."""
    ALL = "all"
    """Those on every track."""


def followers(project: Project, clip: Clip, ripple: Ripple) -> tuple[Clip, ...]:
    """The clips that come after `clip`.

    On its own track they start and end later, also where they cross with it; on others they start when it has ended.
    """
    if ripple is Ripple.OFF:
        return ()
    return tuple(
        other for other in project.clips
        if (other.start > clip.start and other.end > clip.end if other.track == clip.track
            else ripple is Ripple.ALL and other.start >= clip.end)
    )  # fmt: skip


def from_on(project: Project, at: int, tracks: Collection[TrackId], ripple: Ripple) -> tuple[Clip, ...]:
    """The clips that start at a position or later."""
    if ripple is Ripple.OFF:
        return ()
    return tuple(
        clip for clip in project.clips if clip.start >= at and (ripple is Ripple.ALL or clip.track in tracks)
    )  # fmt: skip


def shifted(clips: Iterable[Clip], by: int) -> list[Clip]:
    return [replace(clip, start=clip.start + by) for clip in clips]


def removed(project: Project, gone: Collection[ClipId], ripple: Ripple) -> Project:
    """The project without these clips; what follows each of them closes up to where it began."""
    clips = {project.clip(name) for name in gone}
    for clip in sorted(clips, key=lambda clip: (clip.start, clip.end, clip.id), reverse=True):
        after = followers(project, clip, ripple)
        upto = min([clip.end, *(other.start for other in after if other.track == clip.track)])
        project = project.without_clips([clip.id]).with_clips(shifted(after, clip.start - upto))
    return project


def opened(
    project: Project, at: int, length: int, tracks: Collection[TrackId], ripple: Ripple, fresh: str
) -> Project:
    """Room for `length` samples at a position: what lies there is split, and goes on later.

    `fresh`: from which the ids of the new halves are made.
    """
    if ripple is Ripple.OFF:
        return project
    for clip in project.clips:
        if clip.start < at < clip.end and (ripple is Ripple.ALL or clip.track in tracks):
            right = id_from(fresh, clip.id)
            if any(known.id == right for known in project.clips):
                raise Refused("This room has been made already.")
            project = project.with_clips(halves(clip, at, right))
    return project.with_clips(shifted(from_on(project, at, tracks, ripple), length))


def halves(clip: Clip, at: int, right: ClipId) -> tuple[Clip, Clip]:
    """The clip in two that adjoin at a position within it: both sound as it did, apart from a fade that is cut."""
    before = at - clip.start
    return (
        replace(clip, length=before, fade_in=min(clip.fade_in, before), fade_out=0),
        replace(
            clip, id=right, start=at, offset=clip.offset + before, length=clip.length - before,
            fade_in=0, fade_out=min(clip.fade_out, clip.length - before),
        ),
    )  # fmt: skip

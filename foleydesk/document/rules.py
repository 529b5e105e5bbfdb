"""What is true of every project. Edits ask here before they change anything, and so does whoever reads a file."""

from __future__ import annotations

from math import isfinite

from engine.spec import Refused, Span
from foleydesk.document.project import Clip, Cue, Project, Status, Track

LOWEST_DB, HIGHEST_DB = -96.0, 24.0


def check(project: Project) -> Project:
    """The project itself. Raises Refused for one that no edit could have made."""
    for things, kind in (
        (project.tracks, "tracks"), (project.cues, "cues"), (project.takes, "takes"), (project.clips, "clips"),
    ):  # fmt: skip
        if len({thing.id for thing in things}) != len(things):
            raise Refused(f"Two {kind} in the project have the same id.")
    for track in project.tracks:
        check_track(track)
    for cue in project.cues:
        check_cue(cue, project)
    for take in project.takes:
        project.cue(take.cue)
    for clip in project.clips:
        check_clip(clip, project)
    check_marks(project.marks, project)
    return project


def check_marks(marks: Span | None, project: Project) -> None:
    if marks is not None:
        _check_span(marks.start, marks.end, project, "The marks")


def check_cue(cue: Cue, project: Project) -> None:
    _check_span(cue.start, cue.end, project, "The cue")
    if cue.status not in set(Status):
        raise Refused(f'A cue cannot be "{cue.status}"; it is {", ".join(Status)}.')
    for event in cue.events or ():
        if not cue.start <= event.at < cue.end:
            raise Refused("An event lies outside its cue; move it between the cue's in and out.")
        if not 0.0 <= event.strength <= 1.0:
            raise Refused("An event's strength goes from 0 to 1.")


def check_clip(clip: Clip, project: Project) -> None:
    project.track(clip.track)
    candidate = project.take(clip.take).candidate
    if clip.start < 0:
        raise Refused("A clip cannot start before the project does.")
    if project.media is not None and clip.start >= project.media.length:
        raise Refused("A clip cannot start after the picture ends.")
    if clip.length < 1:
        raise Refused("Nothing would be left of the clip; remove it instead.")
    if clip.offset < 0 or clip.offset + clip.length > candidate.length:
        raise Refused("A clip cannot be longer than the sound it plays.")
    if clip.fade_in < 0 or clip.fade_out < 0 or clip.fade_in + clip.fade_out > clip.length:
        raise Refused("The fades are longer than the clip; make them shorter.")
    check_gain(clip.gain_db)


def check_track(track: Track) -> None:
    if not track.name.strip():
        raise Refused("A track needs a name.")
    check_gain(track.gain_db)


def check_gain(gain_db: float) -> None:
    if not isfinite(gain_db) or not LOWEST_DB <= gain_db <= HIGHEST_DB:
        raise Refused(f"The gain goes from {LOWEST_DB:.0f} to +{HIGHEST_DB:.0f} dB.")


def _check_span(start: int, end: int, project: Project, what: str) -> None:
    if start < 0 or end <= start:
        raise Refused(f"{what} must end after the start, and start within the picture.")
    if project.media is not None and end > project.media.length:
        raise Refused(f"{what} cannot end after the picture does.")

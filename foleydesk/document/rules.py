"""What is true of every project. Edits ask here before they change anything, and so does whoever reads a file."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from engine.spec import Event, Refused, Span
from foleydesk.document.project import Clip, Cue, Marker, Project, Sound, Status, Track
from foleydesk.document.timebase import DAY

LOWEST_DB, HIGHEST_DB = -96.0, 24.0


def check(project: Project) -> Project:
    """The project itself. Raises Refused for one that no edit could have made."""
    for things, kind in (
        (project.tracks, "tracks"), (project.cues, "cues"), (project.clips, "clips"), (project.markers, "markers"),
        (project.takes + project.sounds, "takes or sounds"),
    ):  # fmt: skip
        if len({thing.id for thing in things}) != len(things):
            raise Refused(f"Two {kind} in the project have the same id.")
    for track in project.tracks:
        check_track(track)
    for cue in project.cues:
        check_cue(cue, project)
    for take in project.takes:
        project.cue(take.cue)
    for sound in project.sounds:
        check_sound(sound)
    check_clips(project.clips, project)
    for marker in project.markers:
        check_marker(marker, project)
    check_marks(project.marks, project)
    check_time(project)
    return project


def check_time(project: Project) -> None:
    if not 0 <= project.start < DAY:
        raise Refused("The picture starts at a time code from 00:00:00:00 to before 24 hours.")
    if project.drop and project.media is not None and not project.rate.can_drop:
        raise Refused("Drop-frame time code exists only at 29.97 and 59.94 frames a second; count without drops.")


def check_marks(marks: Span | None, project: Project) -> None:
    if marks is not None:
        _check_span(marks.start, marks.end, project, "The marks")


def check_cue(cue: Cue, project: Project) -> None:
    _check_span(cue.start, cue.end, project, "The cue")
    if cue.status not in set(Status):
        raise Refused(f'A cue cannot be "{cue.status}"; it is {", ".join(Status)}.')
    for event in cue.events or ():
        check_event(event, cue)


def check_event(event: Event, cue: Cue) -> None:
    if not cue.start <= event.at < cue.end:
        raise Refused("An event lies outside its cue; move it between the cue's in and out.")
    if not 0.0 <= event.strength <= 1.0:
        raise Refused("An event's strength goes from 0 to 1.")


def check_sound(sound: Sound) -> None:
    if sound.length < 1:
        raise Refused(f"{sound.path} holds no sound; choose another file.")
    if not (sound.path and sound.hash):
        raise Refused("A sound needs a file; choose one.")


def check_marker(marker: Marker, project: Project) -> None:
    if marker.at < 0 or (project.media is not None and marker.at >= project.media.length):
        raise Refused("A marker lies within the picture; move it there.")


def check_clips(clips: Iterable[Clip], project: Project) -> None:
    """The same as check_clip of each; looks for tracks and sounds once."""
    tracks = {track.id for track in project.tracks}
    lengths = {take.id: take.candidate.length for take in project.takes}
    sounds = {sound.id: sound.length for sound in project.sounds}
    for clip in clips:
        length = (lengths if clip.take else sounds).get(clip.source)
        if clip.track not in tracks or length is None or (clip.take and clip.sound):
            check_clip(clip, project)
        else:
            _check_lying(clip, length, project)


def check_clip(clip: Clip, project: Project) -> None:
    project.track(clip.track)
    if clip.take and clip.sound:
        raise Refused("A clip plays a take or a sound file, not both.")
    _check_lying(clip, project.source_length(clip), project)


def _check_lying(clip: Clip, length: int, project: Project) -> None:
    if clip.start < 0:
        raise Refused("A clip cannot start before the project does.")
    if project.media is not None and clip.start >= project.media.length:
        raise Refused("A clip cannot start after the picture ends.")
    if clip.length < 1:
        raise Refused("Nothing would be left of the clip; remove it instead.")
    if clip.offset < 0 or clip.offset + clip.length > length:
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

"""The edit as an OpenTimelineIO timeline: the picture as V1, each lane a sound track, markers, cues, start time code.

Everything counts in the picture's frames; the files of the pieces carry their place within a frame.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.spec import SAMPLE_RATE, Span
from foleydesk.export.job import Job
from foleydesk.export.pieces import Lane, Piece, cue_title

if TYPE_CHECKING:
    import opentimelineio as otio

FCP = "fcp_xml"
"""Where the adapter for Final Cut Pro 7 XML looks for what OpenTimelineIO itself has no field for."""


def timeline(job: Job, url: Callable[[str], str]) -> otio.schema.Timeline:
    """`url`: the address of a delivered file, as the format wants it. The picture's is always absolute."""
    import opentimelineio as otio

    first = job.clock.first
    made = otio.schema.Timeline(job.name, global_start_time=_time(job, first))
    made.metadata[FCP] = _sequence(job)
    made.metadata["foleydesk"] = {"start": job.project.start, "drop": job.clock.rate.drop, "samples": job.plan.length}
    if (picture := _picture(job)) is not None:
        made.tracks.append(picture)
    for lane in job.lanes:
        made.tracks.append(_lane(job, lane, url))
    for name, at, colour, what in _marks(job):
        marker = otio.schema.Marker(name, _range(job, at.start, at.length), colour)
        marker.metadata["foleydesk"] = what
        made.tracks.markers.append(marker)
    return made


def _picture(job: Job) -> otio.schema.Track | None:
    import opentimelineio as otio

    path, media = job.picture(), job.project.media
    if path is None or media is None:
        return None
    reference = otio.schema.ExternalReference(path.absolute().as_uri(), _range(job, 0, job.frames))
    reference.name = path.name
    shown = {"samplecharacteristics": {"width": str(media.width), "height": str(media.height)}}
    sound = {"audio": {"samplecharacteristics": {"samplerate": str(SAMPLE_RATE)}}} if media.has_audio else {}
    reference.metadata[FCP] = {"media": {"video": shown, **sound}}
    track = otio.schema.Track("V1", kind=otio.schema.TrackKind.Video)
    track.append(otio.schema.Clip(path.stem, reference, _range(job, 0, job.frames)))
    return track


def _lane(job: Job, lane: Lane, url: Callable[[str], str]) -> otio.schema.Track:
    import opentimelineio as otio

    track = otio.schema.Track(lane.name, kind=otio.schema.TrackKind.Audio)
    here = 0
    for piece in lane.pieces:
        if piece.frames.start > here:
            track.append(otio.schema.Gap(source_range=_range(job, 0, piece.frames.start - here)))
        track.append(_clip(job, piece, url))
        here = piece.frames.end
    return track


def _clip(job: Job, piece: Piece, url: Callable[[str], str]) -> otio.schema.Clip:
    """Its media's time is the timeline's own, as the file's time reference says."""
    import opentimelineio as otio

    assert job.piece_files is not None
    first, name = job.clock.first, job.piece_files[piece]
    file = _range(job, first + piece.file_frames.start, piece.file_frames.length)
    reference = otio.schema.ExternalReference(url(name), file)
    reference.name = name.rpartition("/")[2]
    sound = {"samplecharacteristics": {"depth": "24", "samplerate": str(SAMPLE_RATE)}, "channelcount": "1"}
    drop = {"timecode": {"displayformat": "DF"}} if job.clock.rate.drop else {}
    reference.metadata[FCP] = {"media": {"audio": sound}, **drop}
    clip = otio.schema.Clip(
        piece.name, reference, _range(job, first + piece.frames.start, piece.frames.length)
    )
    clip.metadata[FCP] = {"sourcetrack": {"mediatype": "audio", "trackindex": "1"}}
    clip.metadata["foleydesk"] = {
        "start": piece.clip.start, "length": piece.clip.length, "gain_db": piece.clip.gain_db,
        "fade_in": piece.clip.fade_in, "fade_out": piece.clip.fade_out,
        "category": piece.cue.category if piece.cue else "",
    }  # fmt: skip
    return clip


def _marks(job: Job) -> list[tuple[str, Span, str, dict[str, Any]]]:
    """Markers and cues with their frames, each at least one long."""
    clock, project = job.clock, job.project
    found: list[tuple[str, Span, str, dict[str, Any]]] = []
    for marker in project.markers:
        frame = clock.frame(marker.at)
        found.append((marker.name, Span(frame, frame + 1), "GREEN", {"kind": "marker", "at": marker.at}))
    for cue in project.cues:
        what = {"kind": "cue", "start": cue.start, "end": cue.end, "prompt": cue.prompt, "status": str(cue.status)}
        frames = Span(clock.frame(cue.start), max(clock.frame(cue.start) + 1, clock.frame_after(cue.end)))
        found.append((cue_title(project, cue), frames, "YELLOW", what))
    return sorted(found, key=lambda one: (one[1].start, one[1].end))


def _sequence(job: Job) -> dict[str, Any]:
    """How Final Cut counts and shows the whole."""
    media = job.project.media
    size = {"width": str(media.width), "height": str(media.height)} if media else {}
    sound = {"samplerate": str(SAMPLE_RATE), "depth": "24"}
    return {
        "timecode": {"displayformat": "DF" if job.clock.rate.drop else "NDF"},
        "media": {
            "video": {"format": {"samplecharacteristics": size}},
            "audio": {"format": {"samplecharacteristics": sound}},
        },
    }


def _time(job: Job, frames: int) -> otio.opentime.RationalTime:
    import opentimelineio as otio

    return otio.opentime.RationalTime(frames, float(job.clock.rate.fraction))


def _range(job: Job, start: int, length: int) -> otio.opentime.TimeRange:
    import opentimelineio as otio

    return otio.opentime.TimeRange(_time(job, start), _time(job, length))

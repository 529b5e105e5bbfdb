"""The edit as an AAF that links to its sounds: picture, one sound slot a lane, start time code.

Written with pyaaf2 itself. OpenTimelineIO's adapter places sound by frames, never says drop-frame, and describes its
files as PCM essence, for which Pro Tools then looks in MXF; here sound lies to the sample and files are waves in mono,
which is what Pro Tools links to (pyaaf2's pull request 24; AAF edit protocol, section 6.3, for the time code slot).
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.spec import SAMPLE_RATE
from foleydesk.export.job import Job
from foleydesk.export.pieces import Lane, Piece
from foleydesk.export.request import Format, Written


def write(job: Job) -> list[Written]:
    import aaf2

    name = f"{job.name}.aaf"
    with aaf2.open(str(job.file(name)), "w") as file:
        whole = file.create.CompositionMob(job.name)
        whole.usage = "Usage_TopLevel"
        file.content.mobs.append(whole)
        _time_code(file, whole, job)
        if job.picture() is not None:
            _picture(file, whole, job)
        tape = _tape(file, job)
        for number, lane in enumerate(job.lanes, start=1):
            _lane(file, whole, lane, number, tape, job)
    return [Written(Format.AAF, name)]


def _time_code(file: Any, whole: Any, job: Job) -> None:
    rate = job.clock.rate
    slot = whole.create_timeline_slot(_ratio(rate.fraction))
    slot.name = "TC"
    slot["PhysicalTrackNumber"].value = 1
    slot.segment = file.create.Timecode(rate.nominal, drop=rate.drop, length=job.frames)
    slot.segment.start = job.clock.first


def _picture(file: Any, whole: Any, job: Job) -> None:
    path, media = job.picture(), job.project.media
    assert path is not None and media is not None
    rate = _ratio(job.clock.rate.fraction)
    shape = file.create.CDCIDescriptor()
    values = {
        "ComponentWidth": 8, "HorizontalSubsampling": 2, "VerticalSubsampling": 2, "FrameLayout": "FullFrame",
        "ImageAspectRatio": f"{media.width or 16}/{media.height or 9}", "StoredWidth": media.width,
        "StoredHeight": media.height, "VideoLineMap": [0, 0], "SampleRate": rate, "Length": job.frames,
    }  # fmt: skip
    for key, value in values.items():
        shape[key].value = value
    origin = _nowhere(file, "picture", job.frames)
    master = _linked(file, path.stem, shape, path.absolute().as_uri(), rate, origin)
    slot = whole.create_picture_slot(rate)
    slot.name = "V1"
    slot["PhysicalTrackNumber"].value = 1
    slot.segment.components.append(master.create_source_clip(1, 0, job.frames, "picture"))
    slot.segment.length = job.frames


def _lane(file: Any, whole: Any, lane: Lane, number: int, tape: Any, job: Job) -> None:
    slot = whole.create_sound_slot(SAMPLE_RATE)
    slot.name = lane.name
    slot["PhysicalTrackNumber"].value = number
    here = 0
    for piece in lane.pieces:
        start, length = piece.clip.start, piece.clip.length
        if start > here:
            slot.segment.components.append(file.create.Filler("sound", start - here))
        master = _sound(file, piece, tape, job)
        slot.segment.components.append(master.create_source_clip(1, start - piece.file.start, length, "sound"))
        here = start + length
    slot.segment.length = here


def _sound(file: Any, piece: Piece, tape: Any, job: Job) -> Any:
    """The master of a piece: its file, which begins where the time reference says."""
    assert job.piece_files is not None
    name = job.piece_files[piece]
    shape = file.create.WAVEDescriptor()
    shape["SampleRate"].value = SAMPLE_RATE
    shape["Length"].value = piece.file.length
    shape["Summary"].value = _wave_head(job.work / name)
    origin = tape.create_source_clip(1, job.clock.time_reference + piece.file.start, piece.file.length, "sound")
    return _linked(file, piece.name, shape, job.url(name), SAMPLE_RATE, origin)


def _linked(file: Any, name: str, shape: Any, url: str, rate: Any, origin: Any) -> Any:
    """A file outside, the mob that stands for it and says where it comes from, and the master that clips refer to."""
    locator = file.create.NetworkLocator()
    locator["URLString"].value = url
    shape["ContainerFormat"].value = file.dictionary.lookup_containerdef("AAF")
    shape["Locator"].append(locator)
    source = file.create.SourceMob()
    source.name = f"{name} (file)"
    source.descriptor = shape
    file.content.mobs.append(source)
    source.create_timeline_slot(rate).segment = origin
    master = file.create.MasterMob(name)
    file.content.mobs.append(master)
    clip = source.create_source_clip(1, 0, origin.length, origin.media_kind)
    master.create_timeline_slot(rate).segment = clip
    return master


def _nowhere(file: Any, kind: str, length: int) -> Any:
    clip = file.create.SourceClip(media_kind=kind)
    clip.length = length
    return clip


def _tape(file: Any, job: Job) -> Any:
    """A tape that runs with the time code, from which all sounds are said to come: by it they can be spotted."""
    rate = job.clock.rate
    end = job.clock.time_reference + max((piece.file.end for lane in job.lanes for piece in lane.pieces), default=0)
    tape = file.create.SourceMob()
    tape.name = job.name
    tape.descriptor = file.create.TapeDescriptor()
    file.content.mobs.append(tape)
    tape.create_empty_slot(SAMPLE_RATE, "sound", 1).segment.length = end
    times = tape.create_timeline_slot(_ratio(rate.fraction), 2)
    times.segment = file.create.Timecode(rate.nominal, drop=rate.drop, length=rate.frame_at(end) + 1)
    return tape


def _wave_head(path: Path) -> bytearray:
    """The file's RIFF head with its format chunk, as a wave descriptor carries it."""
    from aaf2.ama import get_wave_fmt

    return get_wave_fmt(str(path)) or bytearray()


def _ratio(rate: Fraction) -> str:
    return f"{rate.numerator}/{rate.denominator}"

"""One function for a whole delivery: a frozen request in, files out, all or none of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engine.media.atomic import cannot_write
from engine.spec import OnProgress, Progress, Refused, ignore
from foleydesk.export import (
    aaf,
    clip_files,
    cue_csv,
    edl,
    fcp7,
    loudness_report,
    midi_markers,
    otio_file,
    rpp,
    stems,
    video,
)
from foleydesk.export.bwf import write_bwf
from foleydesk.export.clock import clock_of
from foleydesk.export.job import Job
from foleydesk.export.normalise import levelling
from foleydesk.export.pieces import lanes
from foleydesk.export.render import blocks, plan
from foleydesk.export.request import NEEDS_PICTURE, NEEDS_PIECES, Delivered, Delivery, Format, Written
from foleydesk.export.stems import clipped
from foleydesk.export.ucs import block
from foleydesk.playback.mixer import CHANNELS
from foleydesk.workplace import move_in, workplace

if TYPE_CHECKING:
    from foleydesk.document.project import Project

HIDDEN_MIX = ".mix.wav"
"""The mix when only a video needs it."""
UNTITLED = "Foley"

WRITERS: dict[Format, Callable[[Job], list[Written]]] = {
    Format.STEMS: stems.write,
    Format.MP4: partial(video.write, kind=Format.MP4),
    Format.MOV: partial(video.write, kind=Format.MOV),
    Format.REAPER: rpp.write,
    Format.OTIO: otio_file.write,
    Format.FCP7: fcp7.write,
    Format.AAF: aaf.write,
    Format.CSV: cue_csv.write,
    Format.EDL: edl.write,
    Format.MIDI: midi_markers.write,
}
"""The mix and the clips come first: others are made of them."""


def deliver(project: Project, folder: Path, delivery: Delivery, on_progress: OnProgress = ignore) -> Delivered:
    """Write every file that is asked for into `delivery.out`, which is made when it is missing.

    `folder`: the project's, which paths of takes are relative to. Raises Refused, and then nothing has changed there.
    """
    delivery = delivery.checked()
    delivery = replace(delivery, name=delivery.name or block(project.name) or UNTITLED)
    if project.media is None and NEEDS_PICTURE & set(delivery.formats):
        raise Refused("There is no picture to deliver; open a video first, or leave MP4 and MOV out.")
    rendered = plan(project, folder)
    with workplace(delivery.out) as work:
        levels = levelling(rendered, delivery.norm, delivery.ceiling_db, on_progress)
        job = Job(rendered, clock_of(project), delivery, Path(folder), work, levels, on_progress=on_progress)
        if NEEDS_PIECES & set(delivery.formats):
            job = _with_pieces(job)
        try:
            files = tuple(_files(job))
        except OSError as error:
            raise Refused(cannot_write(delivery.out, error)) from error
        move_in(work, delivery.out, (file.name for file in files))
    said = [levels.says, *clip_files.remarks(job.lanes, delivery.naming), *(file.says for file in files)]
    return Delivered(delivery.out, files, levels, tuple(words for words in said if words))


def possible(project: Project) -> tuple[Format, ...]:
    """Every format that the project can be delivered in: video needs a picture, Final Cut a rate that it knows."""
    without = NEEDS_PICTURE if project.media is None else frozenset()
    if not fcp7.can_count(project.rate):
        without |= {Format.FCP7}
    return tuple(one for one in Format if one not in without)


def _files(job: Job) -> Iterator[Written]:
    wanted = set(job.delivery.formats)
    written: list[Written] = []
    if wanted & (NEEDS_PICTURE | {Format.MIX}):
        job = _with_mix(job)
        if Format.MIX in wanted:
            written.append(_mix(job))
    if wanted & NEEDS_PIECES:
        written += clip_files.write(job)
    for kind, write in WRITERS.items():
        if kind in wanted:
            job.on_progress(Progress(f"Writing {kind.upper()}", 0, 1))
            written += write(job)
    yield from written
    yield from loudness_report.write(job, written)


def _with_pieces(job: Job) -> Job:
    handles = math.ceil(job.delivery.handles_s * job.clock.rate.fraction)
    laid = lanes(job.plan, job.clock, handles)
    return replace(job, lanes=laid, piece_files=clip_files.names(laid, job.name, job.delivery.naming))


def _with_mix(job: Job) -> Job:
    path = job.file(f"{job.name}.wav" if Format.MIX in job.delivery.formats else HIDDEN_MIX)
    sound = blocks(job.plan, job.on_progress, "Mixing", job.levelling.gain)
    return replace(job, mix=path, mix_sound=write_bwf(path, sound, CHANNELS, job.bext("mix")))


def _mix(job: Job) -> Written:
    assert job.mix is not None and job.mix_sound is not None
    name, told = job.mix.name, job.mix_sound
    says = clipped(name, told.peak) if told.peak else f"{name} is silent: no clip can be heard."
    return Written(Format.MIX, name, told.length, told.loudness, says)

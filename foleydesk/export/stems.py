"""One file for each track that can be heard, all as long as the mix; they add up to it."""

from __future__ import annotations

from foleydesk.export.bwf import write_bwf
from foleydesk.export.job import Job
from foleydesk.export.render import blocks, heard_tracks, stem
from foleydesk.export.request import Format, Written
from foleydesk.export.ucs import block
from foleydesk.playback.mixer import CHANNELS


def write(job: Job) -> list[Written]:
    """The same gain goes over all of them as over the mix. Tracks of one name are counted."""
    written: list[Written] = []
    for track in heard_tracks(job.plan):
        title = block(track.name) or "Track"
        same = sum(title.lower() == (block(one.name) or "Track").lower() for one in heard_tracks(job.plan))
        name = f"{job.name} stems/{job.name} - {title}{f' {len(written) + 1}' if same > 1 else ''}.wav"
        sound = blocks(stem(job.plan, track), job.on_progress, f"Writing {title}", job.levelling.gain)
        told = write_bwf(job.file(name), sound, CHANNELS, job.bext(track.name))
        written.append(Written(Format.STEMS, name, told.length, told.loudness, clipped(name, told.peak)))
    return written


def clipped(name: str, peak: float) -> str:
    return f"{name} is louder than the file can hold and was clipped; lower some gains." if peak > 1 else ""

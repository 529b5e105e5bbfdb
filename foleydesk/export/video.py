"""The picture with the mix as its sound; the picture's packets are copied, never encoded again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from engine.media.atomic import cannot_write
from engine.media.mux import mux
from engine.spec import OnProgress, Refused, ignore
from foleydesk.export.job import Job
from foleydesk.export.render import Export, plan
from foleydesk.export.request import Format, Written
from foleydesk.export.wav_mix import report, write_mix

if TYPE_CHECKING:
    from foleydesk.document.project import Project


def export_video(project: Project, folder: Path, out: Path, on_progress: OnProgress = ignore) -> Export:
    """Write `out` (.mp4, .mov, .mkv), whole or not at all; the mix waits beside it while the packets are copied.

    Raises Refused without a picture, and when the picture is `out` itself.
    """
    out = Path(out)
    if project.media is None:
        raise Refused("There is no picture to export; open a video first, or export the mix as WAV.")
    picture = Path(project.media.path)
    if not picture.is_absolute():
        picture = Path(folder) / picture
    if out.exists() and picture.exists() and out.samefile(picture):
        raise Refused(f"{out} is the picture itself; choose another name.")
    rendered = plan(project, folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".mix-", dir=out.parent) as beside:
            wav = Path(beside) / "mix.wav"
            peak = write_mix(rendered, wav, on_progress)
            mux(picture, wav, out, on_progress)
    except OSError as error:
        raise Refused(cannot_write(out, error)) from error
    return report(out, rendered.length, peak)


def write(job: Job, kind: Format) -> list[Written]:
    """The picture's packets with the mix: AAC in MP4, 24 bit in MOV; the start time code as a track of its own,
    unless the picture's rate varies.

    Raises Refused without a picture.
    """
    picture = job.picture()
    if picture is None:
        raise Refused("There is no picture to deliver; open a video first, or leave MP4 and MOV out.")
    assert job.mix is not None and job.mix_sound is not None
    name = f"{job.name}.{kind.value}"
    if picture.exists() and (job.delivery.out / name).exists() and picture.samefile(job.delivery.out / name):
        raise Refused(f"{picture} is the picture itself; choose another name or folder.")
    steady = job.project.media is not None and not job.project.media.variable
    mux(picture, job.mix, job.file(name), job.on_progress, timecode=job.clock.timecode(0) if steady else "")
    return [Written(kind, name, job.plan.length, job.mix_sound.loudness)]

"""The edit as an OpenTimelineIO file; its sounds are named relative to it."""

from __future__ import annotations

from urllib.parse import quote

from foleydesk.export.edit_timeline import timeline
from foleydesk.export.job import Job
from foleydesk.export.request import Format, Written


def write(job: Job) -> list[Written]:
    import opentimelineio as otio

    name = f"{job.name}.otio"
    otio.adapters.write_to_file(timeline(job, quote), str(job.file(name)), "otio_json")
    return [Written(Format.OTIO, name)]

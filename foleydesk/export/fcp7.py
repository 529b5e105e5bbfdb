"""The edit as Final Cut Pro 7 XML, which Premiere, Resolve and most others read; its sounds are named by full path."""

from __future__ import annotations

from foleydesk.export.edit_timeline import timeline
from foleydesk.export.job import Job
from foleydesk.export.request import Format, Written


def write(job: Job) -> list[Written]:
    import opentimelineio as otio

    name = f"{job.name}.xml"
    otio.adapters.write_to_file(timeline(job, job.url), str(job.file(name)), "fcp_xml")
    return [Written(Format.FCP7, name)]

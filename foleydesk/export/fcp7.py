"""The edit as Final Cut Pro 7 XML, which Premiere, Resolve and most others read; its sounds are named by full path."""

from __future__ import annotations

from engine.spec import Refused
from foleydesk.document.timebase import Rate
from foleydesk.export.edit_timeline import timeline
from foleydesk.export.job import Job
from foleydesk.export.request import Format, Written


def can_count(rate: Rate) -> bool:
    """Whether the format has time code at a rate."""
    import opentimelineio as otio

    try:
        otio.opentime.to_timecode(otio.opentime.RationalTime(0, float(rate.fraction)), float(rate.fraction))
    except ValueError:
        return False
    return True


def write(job: Job) -> list[Written]:
    """Raises Refused at a rate that has no time code there."""
    import opentimelineio as otio

    if not can_count(job.clock.rate):
        shown = f"{float(job.clock.rate.fraction):g}"
        raise Refused(f"Final Cut Pro 7 XML cannot count {shown} frames a second; deliver OTIO or AAF instead.")
    name = f"{job.name}.xml"
    otio.adapters.write_to_file(timeline(job, job.url), str(job.file(name)), "fcp_xml")
    return [Written(Format.FCP7, name)]

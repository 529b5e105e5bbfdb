"""Cues and markers as a CMX 3600 edit decision list: one event each, the names in comments.

`* LOC:` is what Avid and OpenTimelineIO read as a marker, the line with bars what DaVinci Resolve does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foleydesk.export.job import Job
from foleydesk.export.pieces import cue_title
from foleydesk.export.request import Format, Written

MOST_EVENTS = 999
"""Of the original format; more are written with four digits, which newer readers take."""
CUE, MARKER = ("YELLOW", "ResolveColorYellow"), ("GREEN", "ResolveColorGreen")


@dataclass(frozen=True)
class Event:
    """What is listed: frames on the timeline, a name, comments, a colour in both dialects."""

    first: int
    after: int
    name: str
    comments: tuple[str, ...]
    colour: tuple[str, str]


def write(job: Job) -> list[Written]:
    name = f"{job.name}.edl"
    job.file(name).write_text("\n".join(_lines(job)) + "\n", encoding="utf-8")
    return [Written(Format.EDL, name)]


def _lines(job: Job) -> Iterator[str]:
    yield f"TITLE: {job.name}"
    yield f"FCM: {'DROP FRAME' if job.clock.rate.drop else 'NON-DROP FRAME'}"
    yield ""
    events = _events(job)
    digits = 3 if len(events) <= MOST_EVENTS else 4
    for number, event in enumerate(events, start=1):
        begin, end = (job.clock.timecode(job.clock.samples(frame)) for frame in (event.first, event.after))
        yield f"{number:0{digits}d}  AX       V     C        {begin} {end} {begin} {end}"
        yield f"* FROM CLIP NAME: {event.name}"
        for comment in event.comments:
            yield f"* COMMENT: {comment}"
        yield f"* LOC: {begin} {event.colour[0]:<7} {event.name}"
        yield f" |C:{event.colour[1]} |M:{event.name.replace('|', '/')} |D:{event.after - event.first}"
        yield ""


def _events(job: Job) -> list[Event]:
    clock, project = job.clock, job.project
    found = [
        Event(clock.frame(marker.at), clock.frame(marker.at) + 1, _line(marker.name) or "Marker", (), MARKER)
        for marker in project.markers
    ]
    for cue in project.cues:
        said = (cue.prompt, f"category {cue.category}" if cue.category else "", f"status {cue.status}", cue.notes)
        first = clock.frame(cue.start)
        after = max(first + 1, clock.frame_after(cue.end))
        comments = tuple(_line(words) for words in said if words.strip())
        found.append(Event(first, after, _line(cue_title(project, cue)), comments, CUE))
    return sorted(found, key=lambda event: (event.first, event.after))


def _line(words: str) -> str:
    """A comment is one line."""
    return " ".join(words.split())

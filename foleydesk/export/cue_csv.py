"""The spotting list as a table: every cue and marker with its time code, in order."""

from __future__ import annotations

import csv
from typing import Any

from engine.spec import SAMPLE_RATE
from foleydesk.export.job import Job
from foleydesk.export.pieces import cue_title
from foleydesk.export.request import Format, Written
from foleydesk.export.ucs import category

COLUMNS = (
    "Number", "Kind", "In", "Out", "Length", "Name", "Prompt", "Negative", "Character", "Category", "UCS", "Status",
    "Takes", "Tracks", "Notes", "In seconds", "Out seconds",
)  # fmt: skip


def write(job: Job) -> list[Written]:
    """UTF-8 with a mark that spreadsheets know it by. Time code counts from the project's start."""
    name = f"{job.name} cues.csv"
    with job.file(name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(sorted(_rows(job), key=lambda row: (float(row["In seconds"]), row["Kind"])))
    return [Written(Format.CSV, name)]


def _rows(job: Job) -> list[dict[str, Any]]:
    project, clock = job.project, job.clock
    rows = []
    for number, cue in enumerate(sorted(project.cues, key=lambda one: (one.start, one.end)), start=1):
        known = category(cue.category)
        tracks = {clip.track for clip in project.clips_of(cue.id)}
        rows.append({
            "Number": number, "Kind": "cue", "In": clock.timecode(cue.start), "Out": clock.timecode(cue.end),
            "Length": clock.rate.timecode(cue.end - cue.start), "Name": cue_title(project, cue), "Prompt": cue.prompt,
            "Negative": cue.negative, "Character": cue.character, "Category": cue.category,
            "UCS": known.full if known else "", "Status": str(cue.status), "Takes": len(project.takes_of(cue.id)),
            "Tracks": ", ".join(track.name for track in project.tracks if track.id in tracks), "Notes": cue.notes,
            "In seconds": _seconds(cue.start), "Out seconds": _seconds(cue.end),
        })  # fmt: skip
    for marker in project.markers:
        at = {"In": clock.timecode(marker.at), "In seconds": _seconds(marker.at)}
        rows.append({"Kind": "marker", "Name": marker.name, **at})
    return rows


def _seconds(samples: int) -> str:
    return f"{samples / SAMPLE_RATE:.6f}"

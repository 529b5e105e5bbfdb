"""How loud each delivered file is, beside the files: as a table and as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import Any

from engine.spec import SAMPLE_RATE
from foleydesk.export.job import Job
from foleydesk.export.normalise import TARGETS, TITLES
from foleydesk.export.request import Format, Written
from foleydesk.playback.loudness import SILENCE_LUFS, Loudness

COLUMNS = (
    "file", "format", "seconds", "integrated_lufs", "range_lu", "true_peak_dbtp", "max_momentary_lufs",
    "max_short_term_lufs",
)  # fmt: skip


def write(job: Job, files: Iterable[Written]) -> list[Written]:
    """Measured on what was written, after the gain (ITU-R BS.1770-4, EBU Tech 3342); of a video, before its coding.

    Nothing when no file sounds.
    """
    rows = [_row(file, file.loudness) for file in files if file.loudness is not None]
    if not rows:
        return []
    levelling = job.levelling
    head = {
        "norm": TITLES[levelling.norm],
        "target_lufs": TARGETS.get(levelling.norm),
        "ceiling_dbtp": levelling.ceiling_db,
        "gain_db": round(levelling.gain_db, 2),
        "short_of_target_lu": round(levelling.short_db, 2),
    }
    csv_name, json_name = f"{job.name} loudness.csv", f"{job.name} loudness.json"
    with job.file(csv_name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    report = json.dumps({**head, "files": rows}, indent=2, ensure_ascii=False)
    job.file(json_name).write_text(report + "\n", encoding="utf-8")
    return [Written(Format.CSV, csv_name), Written(Format.CSV, json_name)]


def _row(file: Written, found: Loudness) -> dict[str, Any]:
    """Silence has no loudness: its values are empty."""
    values = (found.lufs, found.range_lu, found.peak_db, found.momentary_lufs, found.short_lufs)
    said = [None if found.lufs <= SILENCE_LUFS else round(value, 2) for value in values]
    return dict(zip(COLUMNS, (file.name, str(file.format), round(file.length / SAMPLE_RATE, 4), *said), strict=True))

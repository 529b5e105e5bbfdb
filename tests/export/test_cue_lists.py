"""Cue lists and markers: read by the readers of others."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import mido
import opentimelineio as otio
import pytest

from engine.spec import SAMPLE_RATE
from foleydesk.document.project import Marker
from foleydesk.export.clock import clock_of
from foleydesk.export.request import Format
from tests.delivery_parts import RATES, Deliver, project_at


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_cue_list_names_every_cue_and_marker_in_order(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.CSV)
    found = rows(tmp_path / "out" / "Bunny cues.csv")
    assert [row["Kind"] for row in found] == ["marker", "cue", "cue", "marker"]
    clock, cue = clock_of(project), project.cues[0]
    assert found[1]["In"] == clock.timecode(cue.start) and found[1]["Out"] == clock.timecode(cue.end)
    assert (found[1]["In"][8] == ";") is RATES[rate_name][1]
    assert round(float(found[1]["In seconds"]) * SAMPLE_RATE) == cue.start
    assert (found[1]["UCS"], found[1]["Takes"], found[1]["Tracks"]) == ("FOOTSTEPS-HUMAN", "3", "Feet, Cloth")
    assert found[1]["Notes"] == "close, dry" and found[2]["Prompt"] == 'a "heavy" door | slams'
    assert found[2]["Status"] == "picked" and found[3]["Name"] == "Lands: right foot"


def test_the_edit_decision_list_is_read_with_names_and_time_codes(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.EDL)
    text = (tmp_path / "out" / "Bunny.edl").read_text()
    assert f"FCM: {'DROP FRAME' if RATES[rate_name][1] else 'NON-DROP FRAME'}" in text.splitlines()
    read = otio.adapters.read_from_string(text, "cmx_3600", rate=float(RATES[rate_name][0]))
    clips = [child for child in read.tracks[0] if isinstance(child, otio.schema.Clip)]
    clock = clock_of(project)
    assert [clip.name for clip in clips] == [
        "Jump", "a boot steps on dry leaves, close", 'a "heavy" door | slams', "Lands: right foot",
    ]  # fmt: skip
    places = [(clip.source_range.start_time.value, clip.source_range.duration.value) for clip in clips]
    cue, first = project.cues[0], clock.first
    assert places[0] == (first + clock.frame(project.markers[0].at), 1)
    assert places[1] == (first + clock.frame(cue.start), clock.frame_after(cue.end) - clock.frame(cue.start))
    if not RATES[rate_name][1]:  # the reader knows no drop-frame in a comment
        marks = [marker for clip in clips for marker in clip.markers]
        assert [marker.name for marker in marks] == [clip.name for clip in clips]
        assert [marker.marked_range.start_time.value for marker in marks] == [place[0] for place in places]
    assert " |C:ResolveColorYellow |M:a \"heavy\" door / slams |D:" in text


def test_drop_frame_labels_leave_out_what_they_must(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path, "29.97 DF")
    minute = clock_of(project).samples(1800)
    longer = replace(project.media, length=70 * SAMPLE_RATE)
    project = replace(project, media=longer, markers=(Marker("m", minute, "x"),))
    deliver_to(project, Format.EDL)
    text = (tmp_path / "out" / "Bunny.edl").read_text()
    assert "01:01:00;02 01:01:00;03" in text and "01:01:00;00" not in text


def test_pro_tools_way_in_is_a_midi_file_of_markers(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.MIDI)
    read = mido.MidiFile(tmp_path / "out" / "Bunny markers.mid")
    found, here = [], 0.0
    for message in read:
        here += message.time
        if message.type == "marker":
            found.append((here, message.text))
    wanted = sorted(
        [(marker.at, marker.name) for marker in project.markers] + [(cue.start, cue.prompt) for cue in project.cues]
    )
    assert [name for _, name in found] == [name for _, name in wanted]
    for (at, _), (samples, _) in zip(found, wanted, strict=True):
        assert at == pytest.approx(samples / SAMPLE_RATE, abs=0.0003)
    offsets = [message for message in read.tracks[0] if message.type == "smpte_offset"]
    rates = {"23.976": [24], "25": [25], "29.97 DF": [29.97], "59.94": []}
    assert [offset.frame_rate for offset in offsets] == rates[rate_name]
    assert all((offset.hours, offset.minutes, offset.seconds, offset.frames) == (1, 0, 0, 0) for offset in offsets)


def test_lists_of_a_project_without_cues_are_empty_but_there(tmp_path: Path, deliver_to: Deliver):
    project = replace(project_at(tmp_path), cues=(), markers=(), takes=(), clips=())
    told = deliver_to(project, Format.CSV, Format.EDL, Format.MIDI)
    assert len(told.files) == 3 and rows(tmp_path / "out" / "Bunny cues.csv") == []
    assert mido.MidiFile(tmp_path / "out" / "Bunny markers.mid").length == 0

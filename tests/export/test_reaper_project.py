"""The Reaper project, parsed by a library that others use and compared with the document clip by clip."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
import rpp
import soundfile

from engine.spec import SAMPLE_RATE
from foleydesk.document.crossing import crossed
from foleydesk.document.project import Kept, Project
from foleydesk.export.clock import clock_of
from foleydesk.export.normalise import Norm
from foleydesk.export.request import Format
from foleydesk.playback.mixer import linear
from tests.delivery_parts import Deliver, project_at


def opened(folder: Path) -> rpp.Element:
    with (folder / "out" / "Bunny.rpp").open(encoding="utf-8") as file:
        return rpp.load(file)


def value(element: rpp.Element, name: str) -> list[str]:
    return next(line for line in element if isinstance(line, list) and line[0] == name)[1:]


def samples(text: str) -> int:
    return round(float(text) * SAMPLE_RATE)


def tracks(read: rpp.Element) -> dict[str, rpp.Element]:
    return {value(track, "NAME")[0]: track for track in read.findall("TRACK")}


def takes(item: rpp.Element) -> list[dict[str, str]]:
    """Of each take its name, where it begins and its file, the one that is heard first."""
    found: list[dict[str, str]] = [{}]
    for line in item:
        if line == "TAKE":
            found.append({})
        elif isinstance(line, list) and line[0] in ("NAME", "SOFFS"):
            found[-1][line[0]] = line[1]
        elif isinstance(line, rpp.Element) and line.tag == "SOURCE":
            found[-1]["FILE"] = value(line, "FILE")[0]
    return found


def test_every_clip_is_an_item_to_the_sample(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.REAPER)
    read = tracks(opened(tmp_path))
    for track in project.tracks:
        items = read[track.name].findall("ITEM")
        clips = sorted((clip for clip in crossed(project.clips) if clip.track == track.id), key=lambda one: one.start)
        assert len(items) == len(clips)
        for item, clip in zip(items, clips, strict=True):
            assert samples(value(item, "POSITION")[0]) == clip.start
            assert samples(value(item, "LENGTH")[0]) == clip.length
            assert samples(takes(item)[0]["SOFFS"]) == clip.offset
            assert float(value(item, "VOLPAN")[0]) == pytest.approx(linear(clip.gain_db))
            assert samples(value(item, "FADEIN")[1]) == clip.fade_in
            assert samples(value(item, "FADEOUT")[1]) == clip.fade_out


def test_tracks_keep_their_gain_and_what_is_muted(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    project = project.with_track(replace(project.track("props"), solo=True))
    deliver_to(project, Format.REAPER)
    read = tracks(opened(tmp_path))
    assert float(value(read["Feet"], "VOLPAN")[0]) == pytest.approx(linear(-2.0))
    assert value(read["Cloth"], "MUTESOLO")[0] == "1" and value(read["Props"], "MUTESOLO")[1] == "1"
    assert len(read["Cloth"].findall("ITEM")) == 1


def test_the_other_takes_of_a_cue_are_takes_of_its_item(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    project = project.with_take(replace(project.take("t2"), kept=Kept.TRASHED))
    project = replace(project, clips=tuple(clip for clip in project.clips if clip.id != "k5"))
    deliver_to(project, Format.REAPER)
    first = takes(tracks(opened(tmp_path))["Feet"].findall("ITEM")[0])
    assert [take["NAME"] for take in first] == [
        "a boot steps on dry leaves, close", "a boot steps on dry leaves, close (take 2)",
    ]  # fmt: skip
    assert [samples(take["SOFFS"]) for take in first] == [100, 100]


def test_a_take_of_another_span_lies_where_it_was_made_for(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    later = project.take("t1")
    span = replace(later.candidate.recipe.span, start=24_060, end=72_060)
    recipe = replace(later.candidate.recipe, span=span)
    deliver_to(project.with_take(replace(later, candidate=replace(later.candidate, recipe=recipe))), Format.REAPER)
    first = takes(tracks(opened(tmp_path))["Feet"].findall("ITEM")[0])
    assert samples(first[1]["SOFFS"]) == 40


def test_what_items_play_lies_beside_it_and_is_named_relative_to_it(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    told = deliver_to(project, Format.REAPER)
    files = {
        take["FILE"]
        for name, track in tracks(opened(tmp_path)).items()
        for item in track.findall("ITEM")
        for take in takes(item)
        if name != "Picture"
    }
    assert files == {file.name for file in told.files if file.name.endswith(".wav")} and len(files) == 5
    copies = {hashlib.sha256((tmp_path / "out" / file).read_bytes()).hexdigest() for file in files}
    originals = {hashlib.sha256((tmp_path / f"take{i}.wav").read_bytes()).hexdigest() for i in range(4)}
    assert originals < copies
    wind = next(file for file in files if "Wind" in file)
    assert soundfile.info(tmp_path / "out" / wind).channels == 2


def test_time_code_rate_markers_and_regions_are_there(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.REAPER)
    read = opened(tmp_path)
    assert samples(value(read, "PROJOFFS")[0]) == pytest.approx(clock_of(project).time_reference, abs=1)
    assert value(read, "SAMPLERATE")[0] == "48000"
    rates = {"23.976": ["24", "2"], "25": ["25", "0"], "29.97 DF": ["30", "1"], "59.94": ["60", "2"]}
    assert value(read, "TIMEMODE")[3:5] == rates[rate_name]
    marks = [line[1:] for line in read if isinstance(line, list) and line[0] == "MARKER"]
    points = [(samples(mark[1]), mark[2]) for mark in marks if mark[3] == "0"]
    assert points == [(marker.at, marker.name) for marker in project.markers]
    regions = [mark for mark in marks if mark[3] == "1"]
    spans = [(samples(a[1]), samples(b[1]), a[2]) for a, b in zip(regions[::2], regions[1::2], strict=True)]
    assert [span[:2] for span in spans] == [(cue.start, cue.end) for cue in project.cues]
    assert spans[1][2] == 'a "heavy" door | slams'


def test_the_picture_is_there_too(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    deliver_to(project, Format.REAPER)
    item = tracks(opened(tmp_path))["Picture"].find("ITEM")
    source = next(line for line in item if isinstance(line, rpp.Element))
    assert source.attrib[0] == "VIDEO" and value(source, "FILE")[0] == project.media.path
    assert samples(value(item, "LENGTH")[0]) == project.media.length


def test_the_gain_of_a_norm_is_the_masters(tmp_path: Path, deliver_to: Deliver):
    told = deliver_to(project_at(tmp_path), Format.REAPER, norm=Norm.R128)
    assert float(value(opened(tmp_path), "MASTER_VOLUME")[0]) == pytest.approx(told.levelling.gain)


@pytest.mark.parametrize("name", ['a "b"', "it's", 'it\'s "b"', 'it\'s "b" `c`', "<TRACK", ">", "two\nlines", "", "  "])
def test_whatever_a_name_holds_the_project_can_be_parsed(tmp_path: Path, deliver_to: Deliver, name: str):
    project: Project = project_at(tmp_path)
    project = project.with_track(replace(project.track("props"), name=name or "Props"))
    deliver_to(replace(project, cues=tuple(replace(cue, prompt=name) for cue in project.cues)), Format.REAPER)
    read = opened(tmp_path)
    assert len(read.findall("TRACK")) == 5
    assert sum(len(track.findall("ITEM")) for track in read.findall("TRACK")) == 6


def test_a_muted_take_that_is_gone_is_left_out_and_said(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    (tmp_path / "take2.wav").unlink()
    told = deliver_to(project, Format.REAPER)
    assert "take2.wav" in told.says
    assert not tracks(opened(tmp_path))["Cloth"].findall("ITEM")

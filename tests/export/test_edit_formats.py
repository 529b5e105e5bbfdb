"""OpenTimelineIO, Final Cut XML and AAF, opened again and compared with the document."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote, urlparse

import aaf2
import opentimelineio as otio
import pytest
import soundfile

from engine.spec import SAMPLE_RATE, Refused
from foleydesk.document.project import Project
from foleydesk.export.clock import clock_of
from foleydesk.export.deliver import possible
from foleydesk.export.request import NEEDS_PICTURE, Format
from tests.delivery_parts import FRAMES, RATES, Deliver, project_at

LANES = {"Feet": ["k1"], "Feet 2": ["k2"], "Props": ["k3"], "Ambience L": ["k4"], "Ambience R": ["k4"]}
"""The two takes that cross over share a frame, so they lie on two lanes; stereo is two more."""


def frames(project: Project, name: str) -> tuple[int, int]:
    """First frame and number of frames of a clip."""
    clock, clip = clock_of(project), project.clip(name)
    return clock.frame(clip.start), clock.frame_after(clip.end) - clock.frame(clip.start)


@pytest.mark.parametrize("name", ["Bunny.otio", "Bunny.xml"])
def test_an_edit_comes_back_clip_by_clip(tmp_path: Path, deliver_to: Deliver, rate_name: str, name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.OTIO, Format.FCP7)
    read = otio.adapters.read_from_file(str(tmp_path / "out" / name))
    clock, rate = clock_of(project), float(RATES[rate_name][0])
    assert read.name == "Bunny"
    assert read.global_start_time.rate == pytest.approx(rate, abs=1e-3)
    assert read.global_start_time.value == clock.first
    picture = list(read.video_tracks())[0]
    assert [clip.trimmed_range().duration.value for clip in picture] == [FRAMES[rate_name]]
    for track, clips in zip(read.audio_tracks(), LANES.values(), strict=True):
        found = [child for child in track if isinstance(child, otio.schema.Clip)]
        assert len(found) == len(clips)
        for child, wanted in zip(found, clips, strict=True):
            place = track.range_of_child(child)
            assert (place.start_time.value, place.duration.value) == frames(project, wanted)
            assert child.source_range.start_time.value == clock.first + place.start_time.value
            assert child.source_range.duration.value == place.duration.value


def test_lanes_and_markers_keep_their_names(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    deliver_to(project, Format.OTIO)
    read = otio.adapters.read_from_file(str(tmp_path / "out" / "Bunny.otio"))
    assert [track.name for track in read.audio_tracks()] == list(LANES)
    assert [(marker.name, marker.marked_range.start_time.value) for marker in read.tracks.markers] == [
        ("Jump", 6), ("a boot steps on dry leaves, close", 12), ('a "heavy" door | slams', 50),
        ("Lands: right foot", 78),
    ]  # fmt: skip


def test_the_media_of_an_edit_are_where_it_says(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.OTIO, Format.FCP7)
    clock = clock_of(project)
    relative = otio.adapters.read_from_file(str(tmp_path / "out" / "Bunny.otio"))
    absolute = otio.adapters.read_from_file(str(tmp_path / "out" / "Bunny.xml"))
    for read in (relative, absolute):
        for track in read.audio_tracks():
            for clip in track.find_clips():
                media = clip.media_reference
                path = tmp_path / "out" / unquote(urlparse(media.target_url).path)
                there = media.available_range
                first, after = (int(time.value) for time in (there.start_time, there.end_time_exclusive()))
                length = clock.samples(after - clock.first) - clock.samples(first - clock.first)
                assert soundfile.info(path).frames == length
                assert there.start_time <= clip.source_range.start_time
                assert clip.source_range.end_time_exclusive() <= there.end_time_exclusive()
    assert not any(clip.media_reference.target_url.startswith("file:") for track in relative.audio_tracks()
                   for clip in track.find_clips())  # fmt: skip


def test_final_cut_is_told_rate_size_and_drop_frame(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    deliver_to(project_at(tmp_path, rate_name), Format.FCP7)
    sequence = ElementTree.parse(tmp_path / "out" / "Bunny.xml").find(".//sequence")
    nominal = {"23.976": "24", "25": "25", "29.97 DF": "30", "59.94": "60"}[rate_name]
    assert sequence.findtext("rate/timebase") == nominal
    assert sequence.findtext("rate/ntsc") == ("FALSE" if rate_name == "25" else "TRUE")
    assert sequence.findtext("timecode/string") == ("01:00:00;00" if "DF" in rate_name else "01:00:00:00")
    assert sequence.findtext("timecode/displayformat") == ("DF" if "DF" in rate_name else "NDF")
    assert sequence.findtext("media/video/format/samplecharacteristics/width") == "160"
    assert {node.text for node in sequence.findall(".//audio/channelcount")} == {"1"}


def slots(mob: aaf2.mobs.Mob, kind: str) -> dict[str, aaf2.mobslots.TimelineMobSlot]:
    return {slot.name: slot for slot in mob.slots if slot.media_kind == kind}


def test_an_aaf_places_sound_to_the_sample_and_links_to_it(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.AAF)
    clock = clock_of(project)
    with aaf2.open(str(tmp_path / "out" / "Bunny.aaf")) as file:
        whole = list(file.content.toplevel())
        assert len(whole) == 1
        sound = slots(whole[0], "Sound")
        assert list(sound) == list(LANES)
        for name, clips in LANES.items():
            here, found = 0, []
            assert sound[name].edit_rate == SAMPLE_RATE
            for part in sound[name].segment.components:
                if isinstance(part, aaf2.components.SourceClip):
                    found.append((here, part))
                here += part.length
            assert sound[name].segment.length == here
            for (at, part), wanted in zip(found, clips, strict=True):
                clip = project.clip(wanted)
                assert (at, part.length) == (clip.start, clip.length)
                source = part.mob.slots[0].segment.mob
                assert isinstance(source.descriptor, aaf2.essence.WAVEDescriptor)
                url = source.descriptor["Locator"].value[0]["URLString"].value
                path = Path(unquote(urlparse(url).path))
                assert path.parent == tmp_path / "out" / "Bunny clips"
                assert source.descriptor["Length"].value == soundfile.info(path).frames
                begins = source.slots[0].segment.start
                assert begins + part.start == clock.time_reference + clip.start


def test_an_aaf_is_read_by_another_reader_too(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.AAF)
    read = otio.adapters.read_from_file(str(tmp_path / "out" / "Bunny.aaf"))
    assert read.global_start_time.value == clock_of(project).first
    assert [track.name for track in read.tracks] == ["V1", *LANES]
    for track, clips in zip(read.audio_tracks(), LANES.values(), strict=True):
        for child, wanted in zip(track.find_clips(), clips, strict=True):
            place, clip = track.range_of_child(child), project.clip(wanted)
            assert (place.start_time.value, place.duration.value, place.start_time.rate) == (
                clip.start, clip.length, SAMPLE_RATE,
            )  # fmt: skip
            assert child.media_reference.target_url.endswith(".wav")


def test_an_aaf_has_the_picture_and_a_time_code(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.AAF)
    fraction, drop = RATES[rate_name]
    with aaf2.open(str(tmp_path / "out" / "Bunny.aaf")) as file:
        whole = next(file.content.toplevel())
        picture = slots(whole, "Picture")["V1"]
        assert picture.edit_rate == fraction and picture.segment.length == FRAMES[rate_name]
        code = next(slot for slot in whole.slots if slot.name == "TC")
        assert code.edit_rate == fraction and code["PhysicalTrackNumber"].value == 1
        assert code.segment.start == clock_of(project).first
        assert (code.segment.fps, code.segment.drop) == (clock_of(project).rate.nominal, drop)


@pytest.mark.parametrize("kind", [Format.OTIO, Format.FCP7, Format.AAF])
def test_an_edit_without_a_picture_or_without_a_sound_is_written(tmp_path: Path, deliver_to: Deliver, kind: Format):
    project = project_at(tmp_path)
    deliver_to(replace(project, media=None), kind)
    deliver_to(replace(project, clips=()), kind, name="Silent")
    assert len([path for path in (tmp_path / "out").iterdir() if path.is_file() and "loudness" not in path.name]) == 2


def test_muted_tracks_stay_out(tmp_path: Path, deliver_to: Deliver):
    deliver_to(project_at(tmp_path), Format.OTIO)
    read = otio.adapters.read_from_file(str(tmp_path / "out" / "Bunny.otio"))
    assert not [track for track in read.tracks if track.name.startswith("Cloth")]


@pytest.mark.parametrize("fraction", [Fraction(12), Fraction(2997, 125), Fraction(30, 7), Fraction(120), Fraction(48)])
def test_any_rate_is_delivered_in_all_that_know_it(tmp_path: Path, deliver_to: Deliver, fraction: Fraction):
    project = project_at(tmp_path)
    project = replace(project, media=replace(project.media, rate=fraction))
    formats = [one for one in possible(project) if one not in NEEDS_PICTURE]
    assert (Format.FCP7 in formats) is (fraction in (Fraction(2997, 125), Fraction(48)))
    deliver_to(project, *formats, handles_s=0.0)
    read = otio.adapters.read_from_file(str(tmp_path / "out" / "Bunny.otio"))
    assert read.global_start_time.value == clock_of(project).first


def test_final_cut_refuses_a_rate_that_it_cannot_count(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    with pytest.raises(Refused, match="cannot count 12 frames"):
        deliver_to(replace(project, media=replace(project.media, rate=Fraction(12))), Format.FCP7)

"""Mix, stems and clips: exact in length, place and sum, read back by other programs' readers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
import soundfile
from wavinfo import WavInfoReader

from engine.media.audio_file import write_wav
from engine.spec import SAMPLE_RATE, Cancelled, Progress, Refused
from foleydesk.export.bwf import Bext, write_bwf
from foleydesk.export.clock import clock_of
from foleydesk.export.normalise import Norm
from foleydesk.export.request import Delivery, Format, formats_of
from foleydesk.export.ucs import Naming, parse, remarks
from foleydesk.playback.mixer import mix
from foleydesk.playback.takes import TakeReader
from tests.delivery_parts import MADE, Deliver, project_at


def heard(path: Path) -> np.ndarray:
    return soundfile.read(path, dtype="float64", always_2d=True)[0]


def hidden(folder: Path) -> list[Path]:
    return list(folder.rglob(".*"))


def test_a_mix_says_to_the_sample_where_it_belongs(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.MIX)
    read = WavInfoReader(str(tmp_path / "out" / "Bunny.wav"))
    assert read.bext.time_reference == clock_of(project).time_reference
    assert read.data.frame_count == project.media.length
    assert (read.fmt.sample_rate, read.fmt.bits_per_sample, read.fmt.channel_count) == (48_000, 24, 2)
    assert (read.bext.originator, read.bext.originator_date, read.bext.originator_time) == (
        "Foleydesk", f"{MADE:%Y-%m-%d}", f"{MADE:%H:%M:%S}",
    )  # fmt: skip
    assert read.bext.coding_history.startswith("A=PCM,F=48000,W=24,M=stereo")


def test_a_mix_carries_its_loudness(tmp_path: Path, deliver_to: Deliver):
    told = deliver_to(project_at(tmp_path), Format.MIX)
    read = WavInfoReader(str(tmp_path / "out" / "Bunny.wav")).bext
    assert read.version == 2 and told.files[0].loudness is not None
    assert read.loudness_value == pytest.approx(told.files[0].loudness.lufs, abs=0.01)
    assert read.loudness_range == pytest.approx(told.files[0].loudness.range_lu, abs=0.01)
    assert read.max_true_peak == pytest.approx(told.files[0].loudness.peak_db, abs=0.01)


def test_a_mix_can_go_without_a_word_of_itself(tmp_path: Path, deliver_to: Deliver):
    deliver_to(project_at(tmp_path), Format.MIX, bext=False)
    path = tmp_path / "out" / "Bunny.wav"
    assert WavInfoReader(str(path)).bext is None
    assert b"bext" not in path.read_bytes()


def test_stems_add_up_to_the_mix_and_are_as_long(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.MIX, Format.STEMS, norm=Norm.R128)
    whole = heard(tmp_path / "out" / "Bunny.wav")
    stems = sorted((tmp_path / "out" / "Bunny stems").iterdir())
    assert [path.name for path in stems] == ["Bunny - Ambience.wav", "Bunny - Feet.wav", "Bunny - Props.wav"]
    difference = whole - sum(heard(path) for path in stems)
    assert 20 * np.log10(np.abs(difference).max()) < -120
    assert {soundfile.info(path).frames for path in stems} == {project.media.length}
    clock = clock_of(project)
    assert {WavInfoReader(str(path)).bext.time_reference for path in stems} == {clock.time_reference}


def test_the_mix_is_what_is_heard(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    deliver_to(project, Format.MIX)
    expected = mix(project, TakeReader(tmp_path).of(project), 0, project.media.length)
    np.testing.assert_allclose(heard(tmp_path / "out" / "Bunny.wav"), expected, atol=2**-23)


def test_clips_laid_where_they_say_add_up_to_the_mix(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    """Nothing but the time reference places them, and the picture's part of each, its handles cut off."""
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.MIX, Format.CLIPS, handles_s=0.5)
    whole = heard(tmp_path / "out" / "Bunny.wav")
    laid = np.zeros_like(whole)
    clips = {clip.id: clip for clip in project.clips}
    order = ["k1", "k2", "k3", "k4", "k4"]
    files = sorted((tmp_path / "out" / "Bunny clips").iterdir(), key=lambda path: path.name.split(" ")[1])
    assert len(files) == len(order)
    for path, name in zip(files, order, strict=True):
        sound, clip = heard(path)[:, 0], clips[name]
        begins = WavInfoReader(str(path)).bext.time_reference - clock_of(project).time_reference
        part = sound[clip.start - begins : clip.start - begins + clip.length]
        sides = {".L.wav": [0], ".R.wav": [1]}.get(path.name[-6:], [0, 1])
        for side in sides:
            laid[clip.start : clip.start + clip.length, side] += part
    assert 20 * np.log10(np.abs(whole - laid).max()) < -120


def test_clip_files_are_whole_frames_and_mono(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.CLIPS)
    clock = clock_of(project)
    for path in (tmp_path / "out" / "Bunny clips").iterdir():
        info, begins = soundfile.info(path), WavInfoReader(str(path)).bext.time_reference - clock.time_reference
        assert info.channels == 1
        assert clock.samples(clock.frame(begins)) == begins
        end = begins + info.frames
        assert clock.samples(clock.frame(end)) == end


def test_handles_go_on_with_the_sound_unless_the_clip_fades(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    deliver_to(project, Format.CLIPS, handles_s=1)
    door = heard(next((tmp_path / "out" / "Bunny clips").glob("Props *")))[:, 0]
    source = heard(tmp_path / "take3.wav")[:, 0]
    begins = 96_001 // 1920 * 1920 - 48_000
    before = door[96_001 - 4_801 - begins : 96_001 - begins]
    np.testing.assert_allclose(before, source[:4_801], atol=2**-22)
    after = door[96_001 + 40_000 - begins :][: 48_000 - 44_801]
    np.testing.assert_allclose(after, source[44_801:], atol=2**-22)
    boots = heard(next((tmp_path / "out" / "Bunny clips").glob("Feet 001*")))[:, 0]
    begins = max(0, 24_123 // 1920 * 1920 - 48_000)
    assert not boots[: 24_123 - begins].any() and not boots[24_123 + 30_000 - begins :].any()


def test_the_sides_of_a_stereo_sound_are_two_files(tmp_path: Path, deliver_to: Deliver):
    deliver_to(project_at(tmp_path), Format.CLIPS)
    names = sorted(path.name for path in (tmp_path / "out" / "Bunny clips").glob("Ambience*"))
    assert names == ["Ambience 004 Wind in a hedge.L.wav", "Ambience 004 Wind in a hedge.R.wav"]


def test_clips_are_named_by_the_universal_category_system(tmp_path: Path, deliver_to: Deliver):
    told = deliver_to(project_at(tmp_path), Format.CLIPS, naming=Naming("FD", "BBB"))
    names = sorted(path.stem for path in (tmp_path / "out" / "Bunny clips").iterdir())
    assert names[:2] == ["AMBMisc_Wind In A Hedge_FD_BBB_004.L", "AMBMisc_Wind In A Hedge_FD_BBB_004.R"]
    assert "FEETHmn_Boot Steps On Dry Leaves_FD_BBB_001" in names
    assert not [remark for name in names for remark in remarks(parse(name)) if remark.grave]
    assert any("FOLYProp was taken" in words for words in told.remarks)


@pytest.mark.parametrize(("norm", "target"), [(Norm.R128, -23.0), (Norm.A85, -24.0)])
def test_a_mix_meets_its_norm(tmp_path: Path, deliver_to: Deliver, norm: Norm, target: float):
    told = deliver_to(project_at(tmp_path), Format.MIX, norm=norm)
    sound = heard(tmp_path / "out" / "Bunny.wav")
    assert pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(sound) == pytest.approx(target, abs=0.1)
    assert told.levelling.short_db == 0 and not told.remarks


def test_the_ceiling_wins_over_the_norm_and_says_so(tmp_path: Path, deliver_to: Deliver):
    click = np.zeros(SAMPLE_RATE, np.float32)
    click[1000:1003] = 0.9
    write_wav(tmp_path / "take3.wav", click)
    project = project_at(tmp_path)
    write_wav(tmp_path / "take3.wav", click)
    project = replace(project, clips=tuple(clip for clip in project.clips if clip.id == "k3"))
    project = project.with_clip(replace(project.clip("k3"), offset=0))
    told = deliver_to(project, Format.MIX, norm=Norm.R128, ceiling_db=-3.0)
    assert told.levelling.short_db > 1 and "ceiling of -3.0 dBTP" in told.remarks[0]
    assert told.files[0].loudness is not None
    assert told.files[0].loudness.peak_db == pytest.approx(-3.0, abs=0.1)


def test_silence_meets_no_norm_and_is_said(tmp_path: Path, deliver_to: Deliver):
    project = replace(project_at(tmp_path), clips=())
    told = deliver_to(project, Format.MIX, norm=Norm.R128)
    assert told.remarks == ("Bunny.wav is silent: no clip can be heard.",)
    row = json.loads((tmp_path / "out" / "Bunny loudness.json").read_text())["files"][0]
    assert row["integrated_lufs"] is None and row["seconds"] == 4


def test_the_report_says_how_loud_each_file_is(tmp_path: Path, deliver_to: Deliver):
    deliver_to(project_at(tmp_path), Format.MIX, Format.STEMS, norm=Norm.R128)
    report = json.loads((tmp_path / "out" / "Bunny loudness.json").read_text())
    assert report["target_lufs"] == -23 and report["norm"].startswith("EBU R 128")
    for row in report["files"]:
        sound = heard(tmp_path / "out" / row["file"])
        meter = pyloudnorm.Meter(SAMPLE_RATE)
        assert row["integrated_lufs"] == pytest.approx(meter.integrated_loudness(sound), abs=0.1)
    table = (tmp_path / "out" / "Bunny loudness.csv").read_text().splitlines()
    assert table[0].startswith("file,format,seconds,integrated_lufs") and len(table) == 1 + len(report["files"])


def test_what_is_too_loud_is_clipped_and_said(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    told = deliver_to(project.with_track(replace(project.track("props"), gain_db=20.0)), Format.MIX)
    assert "was clipped" in told.says


def test_a_file_of_any_size_is_a_wave(tmp_path: Path):
    """The form that large files take, asked for outright: its sizes stand in the ds64 chunk."""
    path = tmp_path / "large.wav"
    sound = np.random.default_rng(2).uniform(-0.5, 0.5, (100_000, 2)).astype(np.float32)
    write_bwf(path, [sound[:33_333], sound[33_333:]], 2, Bext("large", 2**33, MADE), rf64="always")
    read = WavInfoReader(str(path))
    assert path.read_bytes()[:4] == b"RF64"
    assert (read.bext.time_reference, read.data.frame_count) == (2**33, 100_000)
    np.testing.assert_allclose(heard(path), sound, atol=2**-23)


def test_a_small_one_keeps_room_to_become_large(tmp_path: Path):
    path = tmp_path / "small.wav"
    write_bwf(path, [np.zeros((10, 1), np.float32)], 1, Bext("small", 0, MADE))
    assert path.read_bytes()[:4] == b"RIFF" and path.read_bytes()[12:16] == b"JUNK"


def test_the_same_request_gives_the_same_bytes(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    formats = [one for one in Format if one not in (Format.MP4, Format.MOV, Format.AAF)]
    both = []
    for _ in range(2):
        told = deliver_to(project, *formats)
        both.append({file.name: (tmp_path / "out" / file.name).read_bytes() for file in told.files})
    assert both[0] == both[1]


def test_a_refused_delivery_leaves_the_folder_as_it_was(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    (tmp_path / "take3.wav").unlink()
    with pytest.raises(Refused, match="take3.wav"):
        deliver_to(project, Format.MIX, Format.STEMS)
    assert not (tmp_path / "out").exists()


def test_a_delivery_can_be_cancelled_at_every_step(tmp_path: Path):
    from foleydesk.export.deliver import deliver

    project, out = project_at(tmp_path), tmp_path / "out"
    out.mkdir()
    (out / "Bunny.wav").write_bytes(b"earlier")
    delivery = Delivery(out, (Format.MIX, Format.STEMS, Format.CLIPS, Format.CSV), made=MADE)
    seen: list[Progress] = []
    deliver(project, tmp_path, replace(delivery, out=tmp_path / "first"), seen.append)
    for step in range(0, len(seen), 3):
        count = 0

        def cancel(progress: Progress, step: int = step) -> None:
            nonlocal count
            count += 1
            if count > step:
                raise Cancelled

        with pytest.raises(Cancelled):
            deliver(project, tmp_path, delivery, cancel)
        assert [path.name for path in out.iterdir()] == ["Bunny.wav"]
    assert (out / "Bunny.wav").read_bytes() == b"earlier" and not hidden(out)


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ({"handles_s": -1.0}, "Handles"),
        ({"handles_s": float("nan")}, "Handles"),
        ({"ceiling_db": 3.0}, "ceiling"),
        ({"naming": Naming("", "BBB")}, "UCS names need"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, deliver_to: Deliver, what: dict, says: str):
    with pytest.raises(Refused, match=says):
        deliver_to(project_at(tmp_path), Format.CLIPS, **what)


def test_no_format_and_unknown_ones_are_refused(tmp_path: Path, deliver_to: Deliver):
    with pytest.raises(Refused, match="at least one format"):
        deliver_to(project_at(tmp_path))
    with pytest.raises(Refused, match="no format flac"):
        formats_of(["mix", "flac"])
    assert formats_of(["all"]) == tuple(Format)


def test_tracks_of_one_name_are_two_stems(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    deliver_to(project.with_track(replace(project.track("props"), name="feet")), Format.STEMS)
    assert len(list((tmp_path / "out" / "Bunny stems").iterdir())) == 3


FULL = """
import resource, signal, sys
from pathlib import Path
from engine.spec import Refused
from foleydesk.export.deliver import deliver
from foleydesk.export.request import Delivery, Format
from tests.delivery_parts import project_at
folder = Path(sys.argv[1])
project = project_at(folder)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
for one in (Format.MIX, Format.STEMS, Format.CLIPS, Format.REAPER, Format.AAF):
    try:
        deliver(project, folder, Delivery(folder / "out", (one,), handles_s=0.0))
    except Refused as refusal:
        print(refusal)
"""


@pytest.mark.skipif(os.name == "nt", reason="the system has no limit that looks like a full disk")
def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path: Path):
    root = Path(__file__).resolve().parents[2]
    found = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], cwd=root, capture_output=True, text=True, check=True
    )
    lines = found.stdout.strip().splitlines()
    assert len(lines) == 5 and all("disk is full" in line for line in lines), found.stdout + found.stderr
    assert not (tmp_path / "out").exists()

"""What people hand to a program: each either works or ends in one sentence, exit code 2, with nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
import soundfile

from engine.media.probe import probe
from engine.registry import model_folders

QUICK = ("--prompt", "a stick hits metal", "--steps", "2", "--candidates", "1", "--device", "cpu")


def refused(foleydesk, tmp_path: Path, video: Path, *given: object) -> str:
    """The sentence with which `generate` refuses; checks that no output folder is left."""
    out = tmp_path / "out" / "deep"
    sentence = foleydesk("generate", video, *QUICK, *given, "--out", out).refused()
    assert not out.parent.exists()
    return sentence


def works(foleydesk, tmp_path: Path, video: Path, *given: object) -> Path:
    """Generate one candidate; checks its length to the sample and that the video got it."""
    out = tmp_path / "out"
    ended = foleydesk("generate", video, *QUICK, *given, "--out", out)
    assert (ended.code, ended.err) == (0, "")
    assert sorted(p.name for p in out.iterdir()) == ["best.mp4", "candidate-1.wav", "candidates.json", "overview.png"]
    (entry,) = json.loads((out / "candidates.json").read_text())
    span = entry["recipe"]["span"]
    sound = soundfile.info(out / "candidate-1.wav")
    assert (sound.samplerate, sound.subtype, sound.frames) == (48000, "PCM_24", span["end"] - span["start"])
    assert probe(out / "best.mp4").has_audio
    return out


def test_a_missing_file(foleydesk, tmp_path):
    assert "nowhere.mp4" in refused(foleydesk, tmp_path, tmp_path / "nowhere.mp4")


def test_an_empty_file(foleydesk, tmp_path):
    (tmp_path / "empty.mp4").touch()
    assert "empty.mp4" in refused(foleydesk, tmp_path, tmp_path / "empty.mp4")


def test_a_precision_that_there_is_not(foleydesk, tmp_path, bunny):
    assert "choose fast or exact" in refused(foleydesk, tmp_path, bunny, "--precision", "double")


def test_a_text_file_named_mp4(foleydesk, tmp_path):
    (tmp_path / "notes.mp4").write_text("Dear diary, today I recorded gravel.\n" * 50)
    assert "notes.mp4" in refused(foleydesk, tmp_path, tmp_path / "notes.mp4")


def test_a_folder(foleydesk, tmp_path):
    (tmp_path / "clips.mp4").mkdir()
    assert "clips.mp4" in refused(foleydesk, tmp_path, tmp_path / "clips.mp4")


def test_an_mp4_cut_in_half(foleydesk, tmp_path, make_clip):
    whole = make_clip(tmp_path / "whole.mp4", 4.0)
    half = tmp_path / "half.mp4"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert "half.mp4" in refused(foleydesk, tmp_path, half)


def test_the_shipped_clip_cut_in_half_works_with_what_it_has_or_is_refused(foleydesk, tmp_path, bunny):
    half = tmp_path / "half.mp4"
    half.write_bytes(bunny.read_bytes()[: bunny.stat().st_size // 2])
    out = tmp_path / "out"
    ended = foleydesk("generate", half, *QUICK, "--out", out)
    if ended.code == 0:
        assert 0 < soundfile.info(out / "candidate-1.wav").frames < probe(bunny).length
    else:
        ended.refused()
        assert not out.exists()


def test_an_audio_only_file(foleydesk, tmp_path, make_wav):
    assert "no picture" in refused(foleydesk, tmp_path, make_wav(tmp_path / "song.wav"))


def test_no_audio_stream(foleydesk, tmp_path, make_clip):
    works(foleydesk, tmp_path, make_clip(tmp_path / "silent.mp4"))


def test_a_clip_with_sound(foleydesk, tmp_path, make_clip):
    works(foleydesk, tmp_path, make_clip(tmp_path / "sounding.mp4", with_sound=True))


@pytest.mark.parametrize("rate", [Fraction(5), Fraction(162, 5)], ids=["5 fps", "32.4 fps"])
def test_an_unusual_frame_rate(foleydesk, tmp_path, rate, make_clip):
    works(foleydesk, tmp_path, make_clip(tmp_path / "odd.mp4", rate=rate))


def test_a_variable_frame_rate(foleydesk, tmp_path, make_clip):
    starts = [0, 40, 60, 200, 210, 500, 540, 580, 900, 1300, 1310, 1500]
    works(foleydesk, tmp_path, make_clip(tmp_path / "phone.mkv", starts_ms=starts))


def test_a_rotated_phone_video(foleydesk, tmp_path, make_clip):
    out = works(foleydesk, tmp_path, make_clip(tmp_path / "upright.mp4", turned=90))
    shown = probe(out / "best.mp4")
    assert (shown.width, shown.height) == (96, 160)


@pytest.mark.parametrize("seconds", [2.0, 0.3])
def test_a_short_clip(foleydesk, tmp_path, seconds, make_clip):
    out = works(foleydesk, tmp_path, make_clip(tmp_path / "short.mp4", seconds, rate=30))
    assert abs(soundfile.info(out / "candidate-1.wav").duration - seconds) < 0.001


def test_a_stretch_of_a_clip(foleydesk, tmp_path, bunny):
    out = works(foleydesk, tmp_path, bunny, "--start", "1.5", "--duration", "1")
    assert soundfile.info(out / "candidate-1.wav").frames == 48000


@pytest.mark.parametrize("given", [("--start", "9"), ("--start", "-1"), ("--duration", "0"), ("--start", "nan"),
                                   ("--duration", "inf")])  # fmt: skip
def test_a_stretch_outside_the_clip(foleydesk, tmp_path, given, make_clip):
    refused(foleydesk, tmp_path, make_clip(tmp_path / "clip.mp4"), *given)


@pytest.mark.parametrize("given", [("--candidates", "0"), ("--steps", "0"), ("--seed", "-1"), ("--guidance", "nan"),
                                   ("--model", "nonesuch"), ("--adapter", "nonesuch"), ("--device", "cuda:9")])
def test_an_option_that_cannot_be(foleydesk, tmp_path, given, make_clip):  # fmt: skip
    refused(foleydesk, tmp_path, make_clip(tmp_path / "clip.mp4"), *given)


def test_a_place_that_cannot_be_written(foleydesk, tmp_path, make_clip):
    video = make_clip(tmp_path / "clip.mp4")
    assert "/proc/nowhere" in foleydesk("generate", video, *QUICK, "--out", "/proc/nowhere").refused()


def test_a_place_that_is_a_file(foleydesk, tmp_path, make_clip):
    video = make_clip(tmp_path / "clip.mp4")
    (tmp_path / "taken").write_text("mine")
    assert "taken" in foleydesk("generate", video, *QUICK, "--out", tmp_path / "taken").refused()
    assert (tmp_path / "taken").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can make a tiny disk")
def test_a_full_disk(foleydesk, tmp_path, make_clip):
    disk = tmp_path / "disk"
    disk.mkdir()
    tiny = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(tiny, capture_output=True).returncode:
        pytest.skip("this machine cannot mount a tiny disk")
    try:
        video = make_clip(tmp_path / "clip.mp4")
        sentence = foleydesk("generate", video, *QUICK, "--out", disk / "out").refused()
        assert "full" in sentence
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_an_earlier_answer_survives_a_refusal(foleydesk, tmp_path, bunny, make_clip):
    out = works(foleydesk, tmp_path, make_clip(tmp_path / "clip.mp4"))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    foleydesk("generate", bunny, *QUICK, "--model", "nonesuch", "--out", out).refused()
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_damaged_weight_file(foleydesk, tmp_path, home, make_clip):
    folder = home / "models" / "broken"
    shutil.copytree(model_folders()[0], folder)
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps({**card, "name": "broken"}))
    weights = folder / card["files"]["generator"]["path"]
    weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 3])
    refused(foleydesk, tmp_path, make_clip(tmp_path / "clip.mp4"), "--model", "broken")


def test_a_damaged_card(foleydesk, tmp_path, home, make_clip):
    (home / "models" / "torn").mkdir(parents=True)
    (home / "models" / "torn" / "card.json").write_text('{"name": "torn", ')
    refused(foleydesk, tmp_path, make_clip(tmp_path / "clip.mp4"), "--model", "torn")


@pytest.mark.parametrize("command", [("picks", "stats"), ("picks", "export"), ("train", "--out", "taste")])
def test_what_is_no_project(foleydesk, tmp_path, command):
    assert "nothing.foley" in foleydesk(*command, tmp_path / "nothing.foley").refused()


@pytest.mark.parametrize("command", ["rank", "spot"])
def test_rank_and_spot_refuse_what_has_no_picture(foleydesk, tmp_path, command, make_wav):
    song = make_wav(tmp_path / "song.wav")
    assert "no picture" in foleydesk(command, song, *([song] if command == "rank" else [])).refused()


def test_rank_refuses_a_sound_that_is_none(foleydesk, tmp_path, make_clip):
    (tmp_path / "notes.wav").write_text("no sound")
    video = make_clip(tmp_path / "clip.mp4")
    assert "notes.wav" in foleydesk("rank", video, tmp_path / "notes.wav").refused()

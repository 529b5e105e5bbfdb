"""Sounds to be like, to vary and to make anew in part; prompts that the picture suggests."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import soundfile

from engine.spec import SAMPLE_RATE

QUICK = ("--model", "tiny", "--steps", "2", "--candidates", "2", "--device", "cpu", "--duration", "2")


@pytest.fixture
def tiny(tiny_model: ModuleType, tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands make sounds with the quick model that can do everything."""
    monkeypatch.setattr("engine.loaded.bundled_loaders", lambda: tiny_model.TINY)


@pytest.fixture
def rail(tmp_path: Path) -> Path:
    path = tmp_path / "rail.wav"
    soundfile.write(path, np.sin(np.arange(24_000) * 0.1) * 0.5, SAMPLE_RATE)
    return path


@pytest.fixture
def first(foleydesk, tiny, tmp_path: Path, bunny: Path) -> Path:
    """A folder with two candidates for the first two seconds."""
    assert foleydesk("generate", bunny, *QUICK, "--prompt", "steps", "--out", tmp_path / "first").code == 0
    return tmp_path / "first"


def recipes(out: Path) -> list[dict]:
    return [entry["recipe"] for entry in json.loads((out / "candidates.json").read_text())]


def refused(foleydesk, tmp_path: Path, bunny: Path, *given: object) -> str:
    sentence = foleydesk("generate", bunny, *QUICK, "--prompt", "x", *given, "--out", tmp_path / "none").refused()
    assert not (tmp_path / "none").exists()
    return sentence


def test_a_reference_and_each_guidance_are_in_the_recipe(foleydesk, tiny, tmp_path, bunny, rail):
    out = tmp_path / "out"
    given = ("--reference", rail, "--guidance-text", "7", "--guidance-events", "0", "--guidance-reference", "2.5")
    assert foleydesk("generate", bunny, *QUICK, "--prompt", "steps", *given, "--out", out).code == 0
    recipe = recipes(out)[0]
    assert recipe["reference"] == str(rail) and recipe["reference_hash"]
    assert recipe["guidances"] == {"text": 7.0, "picture": None, "events": 0.0, "reference": 2.5}


@pytest.mark.parametrize(("flag", "picture", "events"), [("--mute-picture", 0.0, None), ("--no-picture", 0.0, 0.0)])
def test_the_picture_may_say_only_when_or_nothing(foleydesk, tiny, tmp_path, bunny, flag, picture, events):
    assert foleydesk("generate", bunny, *QUICK, "--prompt", "steps", flag, "--out", tmp_path / "out").code == 0
    given = recipes(tmp_path / "out")[0]["guidances"]
    assert (given["picture"], given["events"], given["text"]) == (picture, events, None)


def test_a_variation_may_go_as_far_as_its_strength_says(foleydesk, first, tmp_path, bunny):
    base = first / "candidate-1.wav"
    sound = soundfile.read(base)[0]
    apart = {}
    for strength in (0.0, 0.5):
        out = tmp_path / str(strength)
        given = ("--base", base, "--strength", strength, "--seed", "5")
        assert foleydesk("generate", bunny, *QUICK, "--prompt", "steps", *given, "--out", out).code == 0
        assert (recipes(out)[0]["base"], recipes(out)[0]["strength"]) == (str(base), strength)
        apart[strength] = np.abs(soundfile.read(out / "candidate-1.wav")[0] - sound).max()
    assert apart[0.0] < 1e-4 < apart[0.5]


def test_a_region_is_made_anew_and_the_rest_stays(foleydesk, first, tmp_path, bunny):
    base, out = first / "candidate-1.wav", tmp_path / "out"
    given = ("--base", base, "--region", "0.5-00:00:01:00", "--seed", "9")
    assert foleydesk("generate", bunny, *QUICK, "--prompt", "steps", *given, "--out", out).code == 0
    assert recipes(out)[0]["region"] == {"start": SAMPLE_RATE // 2, "end": SAMPLE_RATE}
    before, after = soundfile.read(base)[0], soundfile.read(out / "candidate-1.wav")[0]
    margin = SAMPLE_RATE // 5
    assert np.abs(before - after)[: SAMPLE_RATE // 2 - margin].max() < 1e-3
    assert np.abs(before - after)[SAMPLE_RATE + margin :].max() < 1e-3
    assert np.abs(before - after)[SAMPLE_RATE // 2 : SAMPLE_RATE].max() > 1e-3


def test_suggest_lists_what_is_seen(foleydesk, tiny, bunny):
    found = json.loads(
        foleydesk("suggest", bunny, "--model", "tiny", "--in", "1", "--out", "00:00:02:12", "--json").out
    )
    assert [one["prompt"] for one in found["suggestions"]] == ["dog barking", "birds singing"]
    assert found["suggestions"][0]["confidence"] > 0.5
    table = foleydesk("suggest", bunny, "--model", "tiny").out
    assert "dog barking" in table and "Sure" in table


def test_without_a_prompt_the_picture_is_asked_and_the_hint_is_on_stderr(foleydesk, tiny, tmp_path, bunny):
    ended = foleydesk("generate", bunny, *QUICK, "--out", tmp_path / "out")
    assert ended.code == 0 and recipes(tmp_path / "out")[0]["prompt"] == ""
    assert "“dog barking”" in ended.err and "--prompt" in ended.err and len(ended.err.strip().splitlines()) == 1


@pytest.mark.parametrize("given", [("--strength", "0.5"), ("--region", "0.5-1")])
def test_what_becomes_of_a_sound_needs_the_sound(foleydesk, tmp_path, bunny, given):
    assert "--base" in refused(foleydesk, tmp_path, bunny, *given)


@pytest.mark.parametrize("what", ["--reference", "--base"])
def test_a_sound_that_is_missing_or_none_is_named(foleydesk, tmp_path, bunny, make_clip, what):
    assert "lost.wav" in refused(foleydesk, tmp_path, bunny, what, tmp_path / "lost.wav")
    (tmp_path / "notes.wav").write_text("Dear diary, today I recorded gravel.\n" * 50)
    assert "notes.wav" in refused(foleydesk, tmp_path, bunny, what, tmp_path / "notes.wav")
    assert "silent.mp4" in refused(foleydesk, tmp_path, bunny, what, make_clip(tmp_path / "silent.mp4"))


@pytest.mark.parametrize(
    ("region", "says"),
    [("1", "begins and ends"), ("1-x", "no"), ("1.5-1", "nothing"), ("1-5", "outside the cue"), ("7-9", "long")],
)
def test_a_region_that_cannot_be_is_one_sentence(foleydesk, tmp_path, bunny, rail, region, says):
    assert says in refused(foleydesk, tmp_path, bunny, "--base", rail, "--region", region)


def test_a_strength_beyond_one_is_refused(foleydesk, tmp_path, bunny, rail):
    assert "0 to 1" in refused(foleydesk, tmp_path, bunny, "--base", rail, "--strength", "2")


def test_a_base_of_another_length_is_refused(foleydesk, tiny, tmp_path, bunny, rail):
    assert "rail.wav" in refused(foleydesk, tmp_path, bunny, "--base", rail)


def test_a_guidance_beyond_reason_is_refused(foleydesk, tiny, tmp_path, bunny):
    assert "guidance" in refused(foleydesk, tmp_path, bunny, "--guidance-picture", "1000").lower()


def test_suggesting_within_nothing_is_refused(foleydesk, bunny):
    assert "nothing from" in foleydesk("suggest", bunny, "--in", "4", "--out", "3").refused()
    assert "is not a time" in foleydesk("suggest", bunny, "--in", "soon").refused()

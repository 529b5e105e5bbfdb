"""Each command on real footage, as a user reads its answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from engine.media.probe import probe
from foleydesk.storage.folder import ProjectFolder

ROOT = Path(__file__).resolve().parents[2]
ASKED = ("--prompt", "rustling grass", "--steps", "4", "--seed", "7", "--device", "cpu")


def python(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *(str(argument) for argument in arguments)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)


def picture_packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def test_generate_writes_ranked_sounds_their_recipes_a_video_and_a_picture(foleydesk, tmp_path, bunny):
    out = tmp_path / "out"
    ended = foleydesk("generate", bunny, *ASKED, "--candidates", 3, "--out", out)
    assert (ended.code, ended.err) == (0, "")
    listing = json.loads((out / "candidates.json").read_text())
    assert [entry["file"] for entry in listing] == [f"candidate-{i}.wav" for i in (1, 2, 3)]
    totals = [entry["score"]["total"] for entry in listing]
    assert totals == sorted(totals, reverse=True)
    assert sorted(entry["recipe"]["seed"] for entry in listing) == [7, 8, 9]
    sounds = [soundfile.read(out / entry["file"])[0] for entry in listing]
    assert all(len(sound) == probe(bunny).length for sound in sounds)
    assert all(not np.allclose(a, b, atol=1e-3) for a, b in zip(sounds, sounds[1:], strict=False))
    assert picture_packets(out / "best.mp4") == picture_packets(bunny)
    with Image.open(out / "overview.png") as image:
        assert image.width == 1600 and len(image.convert("L").getcolors() or []) > 50
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


def test_the_same_request_gives_the_same_bytes_and_two_are_two_of_the_three(foleydesk, tmp_path, bunny):
    request = ("generate", bunny, *ASKED, "--duration", "2")
    for name, count in (("a", 3), ("b", 3), ("two", 2)):
        assert foleydesk(*request, "--candidates", count, "--out", tmp_path / name).code == 0
    for path in (tmp_path / "a").iterdir():
        if path.suffix in (".wav", ".json"):
            assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name
    three = by_seed(tmp_path / "a")
    for seed, sound in by_seed(tmp_path / "two").items():
        assert np.abs(sound - three[seed]).max() < 1e-4  # -80 dB


def by_seed(out: Path) -> dict[int, np.ndarray]:
    listing = json.loads((out / "candidates.json").read_text())
    return {entry["recipe"]["seed"]: soundfile.read(out / entry["file"])[0] for entry in listing}


def test_fewer_candidates_replace_more(foleydesk, tmp_path, bunny):
    (tmp_path / "mine.txt").write_text("keep me")
    for count in (2, 1):
        request = ("generate", bunny, *ASKED, "--duration", "1", "--candidates", count, "--out", tmp_path)
        assert foleydesk(*request).code == 0
    assert sorted(path.name for path in tmp_path.glob("*.wav")) == ["candidate-1.wav"]
    assert (tmp_path / "mine.txt").read_text() == "keep me"


def test_rank_orders_sounds_and_says_why(foleydesk, tmp_path, bunny):
    out = tmp_path / "out"
    assert foleydesk("generate", bunny, *ASKED, "--candidates", "2", "--out", out).code == 0
    sounds = [out / "candidate-2.wav", out / "candidate-1.wav"]
    ended = foleydesk("rank", bunny, *sounds, "--prompt", "rustling grass", "--json")
    ranked = json.loads(ended.out)
    assert {entry["file"] for entry in ranked} == {str(path) for path in sounds}
    assert ranked[0]["score"]["total"] >= ranked[1]["score"]["total"]
    assert all(entry["score"]["says"] for entry in ranked)
    table = foleydesk("rank", bunny, *sounds, "--prompt", "rustling grass")
    assert table.code == 0 and "Why" in table.out


def test_spot_lists_times_within_the_clip(foleydesk, bunny):
    found = json.loads(foleydesk("spot", bunny, "--json").out)
    times = [event["time"] for event in found["events"]]
    assert times == sorted(times)
    assert all(0 <= time <= 5.4 for time in times)
    assert all(0 <= event["strength"] <= 1 for event in found["events"])


def test_models_lists_the_bundled_model_with_its_licence(foleydesk):
    cards = json.loads(foleydesk("models", "list", "--json").out)["models"]
    assert "visiosonic-mini" in [card["name"] for card in cards]
    assert all(card["licence"] for card in cards)


def test_doctor_names_every_subject(foleydesk):
    ended = foleydesk("doctor")
    for subject in ("Python", "Device cpu", "Model visiosonic-mini", "Video that can be read", "Sound out", "Window"):
        assert subject in ended.out
    assert ended.code == 0


@pytest.mark.parametrize("command", ["", "generate", "suggest", "rank", "spot", "picks", "train", "models"])
def test_help_teaches(foleydesk, command):
    ended = foleydesk(*command.split(), "--help")
    assert ended.code == 0 and "Usage" in ended.out


def test_a_mistyped_command_is_told_the_right_one(foleydesk):
    assert "generate" in foleydesk("generat", "clip.mp4").refused()


@pytest.mark.parametrize("words", [("generate",), ("--nope",), ("generate", "a.mp4", "--candidates", "two")])
def test_wrong_usage_is_one_sentence(foleydesk, words):
    assert "--help" in foleydesk(*words).refused()


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")


def test_no_display_is_said_in_one_sentence(foleydesk, no_display, bunny):
    assert "display" in foleydesk(bunny).refused()


@pytest.mark.parametrize("name", [":47110", "unix:47110.0", "localhost:471", "nonsense"])
def test_a_display_that_nobody_shows_is_said_in_one_sentence(foleydesk, no_display, monkeypatch, bunny, name):
    monkeypatch.setenv("DISPLAY", name)
    assert "display" in foleydesk(bunny).refused()


def test_demo_without_a_display_writes_the_whole_journey(foleydesk, no_display, tmp_path):
    ended = foleydesk("demo", "--out", tmp_path / "demo")
    assert ended.code == 0
    assert ended.out.splitlines()[0].startswith("No display")
    assert "Traceback" not in ended.err
    written = {path.name for path in (tmp_path / "demo").iterdir()}
    assert {"candidate-1.wav", "candidate-4.wav", "candidates.json", "best.mp4", "overview.png"} <= written
    with Image.open(tmp_path / "demo" / "timeline.png") as image:
        assert image.width > 1000 and len(image.convert("L").getcolors() or []) > 50
    project = ProjectFolder.read(tmp_path / "demo" / "Bunny.foley")
    assert (len(project.takes), len(project.clips)) == (4, 1)
    assert project.media is not None and Path(project.media.path).is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one child")
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_during_generation_ends_with_130_and_leaves_nothing(tmp_path, bunny, told):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "foleydesk", "generate", str(bunny), "--prompt", "grass", "--steps", "1000",
               "--out", str(out)]  # fmt: skip
    job = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
    )  # fmt: skip
    while job.poll() is None and not out.exists():
        time.sleep(0.05)
    time.sleep(3.0)
    job.send_signal(told)
    _, said = job.communicate()
    assert (job.returncode, said) == (130, "Stopped.\n")
    assert not out.exists()


def test_help_and_refusals_import_neither_torch_nor_qt():
    check = """
import sys
from foleydesk.cli import main
main(["--help"]); main(["generate", "missing.mp4", "--prompt", "x", "--out", "out/none"]); main(["models", "list"])
heavy = {"torch", "PySide6", "transformers", "scipy"} & set(sys.modules)
sys.exit(f"imported {heavy}" if heavy else 0)
"""
    done = python("-c", check)
    assert done.returncode == 0, done.stderr

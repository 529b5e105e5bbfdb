"""The trainer as a process: what it says, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.media.audio_file import write_wav
from engine.media.probe import probe
from engine.registry import model_folders
from engine.spec import SAMPLE_RATE, Candidate, Recipe, Span
from training.preferences.events import PickEvent
from training.preferences.store import PickStore
from training.run import main

ROOT = Path(__file__).parents[2]
BUNNY = ROOT / "resources" / "demo" / "bunny.mp4"
MODEL = "visiosonic-mini"

needs_model = pytest.mark.skipif(
    not BUNNY.is_file() or not any(folder.name == MODEL for folder in model_folders()),
    reason="the bundled model or the demo clip is not there",
)


def project_with_picks(folder, count):
    """Cues of a second on real footage; of two noises the first was picked."""
    media, chance = probe(BUNNY), np.random.default_rng(0)
    (folder / "takes").mkdir(parents=True)
    with PickStore(folder / "picks.sqlite") as store:
        for i in range(count):
            recipe = Recipe(str(BUNNY), media.hash, Span(0, SAMPLE_RATE), "steps", model=MODEL, seed=2 * i)
            shown = []
            for side in range(2):
                wav = folder / "takes" / f"{i}{side}.wav"
                write_wav(wav, chance.normal(0, 0.1, SAMPLE_RATE).astype(np.float32))
                shown.append(Candidate(wav.stem, recipe, str(wav), "", SAMPLE_RATE))
            store.add(pick(f"cue{i}", recipe, tuple(candidate.id for candidate in shown)), tuple(shown))
    return folder


def pick(cue, recipe, names):
    return PickEvent(
        id=f"pick-{cue}",
        at="2026-01-01T00:00:00+00:00",
        project="p",
        cue=cue,
        media_hash=recipe.media_hash,
        span=recipe.span,
        prompt=recipe.prompt,
        action="pick",
        shown=names,
        letters=("A", "B"),
        heard_ms=dict.fromkeys(names, 900.0),
        gains_db=dict.fromkeys(names, 0.0),
        winner=names[0],
        model=MODEL,
        adapter=None,
        blind=False,
        app_version="test",
    )


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


@needs_model
def test_picks_become_an_adapter_and_every_step_is_told(tmp_path, capsys):
    project = project_with_picks(tmp_path / "P.foley", 3)
    assert main(["--project", str(project), "--out", str(tmp_path / "mine"), "--steps", "2", "--json"]) == 0
    said = lines(capsys.readouterr().out)
    assert [line["step"] for line in said if line["kind"] == "report"] == [1, 2]
    learning = [line for line in said if line["kind"] == "progress" and line["stage"] == "Learning"]
    assert [(line["step"], line["steps"]) for line in learning] == [(0, 2), (1, 2), (2, 2)]
    assert said[-1]["kind"] == "done"
    assert said[-1]["adapter"] == str(tmp_path / "mine")
    assert said[-1]["card"]["pairs"] == 3
    assert (tmp_path / "mine" / "adapter_model.safetensors").is_file()


@needs_model
def test_a_model_that_nobody_picked_with_is_refused(tmp_path, capsys):
    project = project_with_picks(tmp_path / "P.foley", 1)
    assert main(["--project", str(project), "--out", str(tmp_path / "mine"), "--model", "other"]) == 2
    assert "other" in capsys.readouterr().err


@needs_model
@pytest.mark.skipif(os.name == "nt", reason="there is no TERM to send")
def test_asked_to_end_it_ends_within_a_step_and_goes_on_later(tmp_path):
    project = project_with_picks(tmp_path / "P.foley", 2)
    command = [sys.executable, "-m", "training.run", "--project", project, "--out", tmp_path / "mine", "--json"]
    command += ["--steps", "12", "--device", "cpu"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        seen = []
        for line in process.stdout:
            seen.append(json.loads(line))
            if seen[-1]["kind"] == "report" and seen[-1]["step"] == 2:
                process.terminate()
    assert process.returncode == 130
    assert not (tmp_path / "mine").exists()
    again = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    reached = max(line["step"] for line in seen if line["kind"] == "report")
    assert [line["step"] for line in lines(again.stdout) if line["kind"] == "report"][0] >= reached + 1


def test_a_project_without_picks_is_refused_in_one_line(tmp_path, capsys):
    assert main(["--project", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err.count("\n") == 1
    assert "pick between candidates" in heard.err
    assert not (tmp_path / "out").exists()


def test_as_json_a_refusal_is_a_line_on_standard_output(tmp_path, capsys):
    assert main(["--project", str(tmp_path), "--out", str(tmp_path / "out"), "--json"]) == 2
    said = json.loads(capsys.readouterr().out)
    assert said["kind"] == "refused"
    assert str(tmp_path) in said["says"]


@pytest.mark.parametrize(("settings", "named"), [("{}{", "settings.json"), ('{"beta": -1}', "beta")])
def test_settings_that_cannot_be_used_are_named(tmp_path, capsys, settings, named):
    (tmp_path / "settings.json").write_text(settings)
    given = ["--project", str(tmp_path), "--out", str(tmp_path / "out"), "--config", str(tmp_path / "settings.json")]
    assert main(given) == 2
    assert named in capsys.readouterr().err


def test_the_process_says_so_without_a_traceback_and_without_loading_torch(tmp_path):
    watch = "import sys, training.run as r; code = r.main(sys.argv[1:]); print('torch' in sys.modules); sys.exit(code)"
    command = [sys.executable, "-c", watch, "--project", str(tmp_path), "--out", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert (ended.returncode, ended.stdout.strip()) == (2, "False")
    assert "Traceback" not in ended.stderr

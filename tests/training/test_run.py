"""The trainer as a process: what it says, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from training.run import main

ROOT = Path(__file__).parents[2]


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

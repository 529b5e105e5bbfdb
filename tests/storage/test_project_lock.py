import os
import signal
import subprocess
import sys

import pytest
from project_parts import scored

from engine.spec import Refused
from foleydesk.storage.folder import ProjectFolder

HOLD = """
import sys, time
from pathlib import Path
from foleydesk.storage.folder import ProjectFolder
folder = ProjectFolder.open(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "Bunny.foley"
    ProjectFolder.create(path, scored()).close()
    return path


@pytest.fixture
def holder(path):
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_a_second_program_is_refused_and_told_who_is_first(path, holder):
    with pytest.raises(Refused, match=f"process {holder.pid} "):
        ProjectFolder.open(path)


def test_the_second_may_still_read(path, holder):
    assert ProjectFolder.read(path) == scored()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is for Unix")
def test_a_killed_program_holds_no_lock(path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    ProjectFolder.open(path).close()


def test_the_same_program_is_refused_too(path):
    with ProjectFolder.open(path), pytest.raises(Refused, match="open already"):
        ProjectFolder.open(path)
    ProjectFolder.open(path).close()


def test_a_refused_open_leaves_no_lock(path):
    (path / "project.json").write_text("{")
    for _ in range(2):
        with pytest.raises(Refused, match="damaged"):
            ProjectFolder.open(path)

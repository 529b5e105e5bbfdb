"""kill -9 at any moment: every save, every recorded edit and every pick that was answered is there afterwards."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from project_parts import scored

from foleydesk.storage.folder import ProjectFolder
from training.preferences.pairs import pairs

WORK = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from foleydesk.document.comparison import Comparison
from foleydesk.document.edits import MoveClip
from foleydesk.storage.folder import ProjectFolder

folder = ProjectFolder.open(Path(sys.argv[1]))
desk = folder.desk()
shown = [take.candidate for take in desk.project.takes]
comparison = Comparison(shown)
for one in shown:
    comparison.heard(one.id, 48_000)
first = desk.project.clip("clip1").start + 1
for i in range(first, 10**6):
    print("doing", i, flush=True)
    desk.do(MoveClip("clip1", "feet" if i % 2 else "props", i))
    desk.seal()
    print("done", i, flush=True)
    if i % 3 == 0:
        folder.save(desk.project)
        desk.saved()
    if i % 5 == 0:
        folder.picks.add(comparison.pick("B"), tuple(shown))
        print("picked", i, flush=True)
"""
TESTS = Path(__file__).parents[1]


def killed_at_work(path: Path, after_s: float) -> list[list[str]]:
    """What the program said before it was killed."""
    process = subprocess.Popen([sys.executable, "-c", WORK, path, TESTS], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = [process.stdout.readline()]
    time.sleep(after_s)
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return [line.split() for line in said if line.endswith("\n")]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is for Unix")
@pytest.mark.timeout(300)
def test_a_killed_program_loses_at_most_the_edit_in_flight_and_no_pick(tmp_path):
    path = tmp_path / "Bunny.foley"
    (path / "takes").mkdir(parents=True)
    project = scored(path / "takes")
    ProjectFolder.create(path, project).close()
    chance, picked = random.Random(1), 0
    for _ in range(12):
        said = killed_at_work(path, chance.uniform(0.0, 0.25))
        begun = max(int(line[1]) for line in said if line[0] == "doing")
        done = max((int(line[1]) for line in said if line[0] == "done"), default=begun - 1)
        picked += sum(line[0] == "picked" for line in said)
        with ProjectFolder.open(path) as folder:
            assert done <= folder.project.clip("clip1").start <= begun
            assert folder.project.takes == project.takes
            stood = len(folder.picks.events())
            assert picked <= stood <= picked + 1
            picked = stood
            assert len(pairs(folder.picks, folder.path)) in (0, 3)
    assert picked > 0

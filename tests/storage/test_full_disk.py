"""A disk that takes no more, and one that takes nothing: one sentence, and everything as it was."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from project_parts import scored

from foleydesk.storage.folder import ProjectFolder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits and permissions as Unix has them")
TESTS = Path(__file__).parents[1]
START = """
import os, resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from project_parts import candidate, scored
from engine.spec import Refused
from foleydesk.document.comparison import Comparison
from foleydesk.document.edits import ChangeCue, RemoveClip
from foleydesk.storage.folder import ProjectFolder
path = Path(sys.argv[1])

def refused(what):
    try:
        what()
    except Refused as refusal:
        print(refusal)
    else:
        print("not refused")
"""
FULL = (
    START
    + """
folder = ProjectFolder.open(path)
desk = folder.desk()
picks = folder.picks
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
refused(lambda: desk.do(ChangeCue("c1", prompt="x" * 2000)))
assert desk.project == scored()
desk.do(RemoveClip("clip1"))
refused(lambda: folder.save(desk.project))
shown = tuple(take.candidate for take in desk.project.takes)
refused(lambda: picks.add(Comparison(shown).pick("A"), shown))
refused(lambda: ProjectFolder.create(path.parent / "New.foley", scored()))
"""
)
READ_ONLY = (
    START
    + """
if os.geteuid() == 0:
    os.setuid(65534)
refused(lambda: ProjectFolder.open(path))
refused(lambda: ProjectFolder.create(path / "New.foley", scored()))
"""
)


def said(program: str, path: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program, path, TESTS], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_full_disk_is_said_in_one_sentence_and_costs_nothing(tmp_path):
    path = tmp_path / "Bunny.foley"
    ProjectFolder.create(path, scored()).close()
    saved = (path / "project.json").read_bytes()
    sentences = said(FULL, path)
    assert len(sentences) == 4
    assert all("disk is full" in sentence for sentence in sentences), sentences
    assert (path / "project.json").read_bytes() == saved
    assert not (tmp_path / "New.foley").exists()
    assert not list(path.rglob("*.part*"))
    with ProjectFolder.open(path) as folder:
        assert folder.project.clips == ()
        assert folder.project.cue("c1").prompt == "steps"
        assert folder.picks.events() == []


@pytest.fixture
def reachable():
    """A folder that anyone may enter; root drops its rights for the test."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_read_only_project_is_said_in_one_sentence(reachable):
    path = reachable / "Bunny.foley"
    ProjectFolder.create(path, scored()).close()
    (path / ".lock").chmod(0o444)
    path.chmod(0o555)
    try:
        sentences = said(READ_ONLY, path)
    finally:
        path.chmod(0o755)
    assert len(sentences) == 2
    assert all("read-only" in sentence for sentence in sentences), sentences
    assert ProjectFolder.read(path) == scored()

import random

import pytest
from project_parts import scored

from engine.spec import Refused
from foleydesk.document.edits import MoveClip, RemoveClip, SetTrack
from foleydesk.storage.folder import ProjectFolder


@pytest.fixture
def path(tmp_path):
    return tmp_path / "Bunny.foley"


def moved(folder: ProjectFolder, to: int) -> None:
    folder.record(MoveClip("clip1", "feet", to))


def start(path) -> int:
    with ProjectFolder.open(path) as folder:
        return folder.project.clip("clip1").start


def test_everything_recorded_is_there_after_an_end_without_a_save(path):
    with ProjectFolder.create(path, scored()) as folder:
        for to in range(20):
            moved(folder, to)
    with ProjectFolder.open(path) as folder:
        assert folder.recovered
        assert folder.project.clip("clip1").start == 19
        moved(folder, 33)
    assert start(path) == 33


def test_a_line_cut_anywhere_costs_that_line_only(path):
    with ProjectFolder.create(path, scored()) as folder:
        moved(folder, 1)
        before = (path / "journal.jsonl").stat().st_size
        moved(folder, 2)
    whole = (path / "journal.jsonl").read_bytes()
    for cut in range(before, len(whole)):
        (path / "journal.jsonl").write_bytes(whole[:cut])
        assert start(path) == 1


def test_the_journal_goes_on_behind_a_cut_line(path):
    with ProjectFolder.create(path, scored()) as folder:
        moved(folder, 1)
        moved(folder, 2)
    journal = path / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-5])
    with ProjectFolder.open(path) as folder:
        moved(folder, 3)
    assert start(path) == 3


def test_a_flipped_bit_ends_the_journal_there(path):
    with ProjectFolder.create(path, scored()) as folder:
        for to in range(10):
            moved(folder, to)
    journal = path / "journal.jsonl"
    data = bytearray(journal.read_bytes())
    lines = data.split(b"\n")
    at = sum(len(line) + 1 for line in lines[:4]) + 30
    data[at] ^= 1
    journal.write_bytes(bytes(data))
    assert start(path) == 3


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"version": "one"}', '{"version": 1}' * 2, "\x00" * 500])
def test_a_damaged_project_costs_nothing_when_the_one_before_is_there(path, damage):
    with ProjectFolder.create(path, scored()) as folder:
        moved(folder, 1)
        folder.save(folder.project)
        moved(folder, 2)
        folder.save(folder.project)
        moved(folder, 3)
    (path / "project.json").write_text(damage)
    with ProjectFolder.open(path) as folder:
        assert folder.recovered
        assert folder.project.clip("clip1").start == 3
    assert (path / "project.damaged.json").read_text() == damage
    assert start(path) == 3


def test_a_project_that_contradicts_itself_is_damaged(path):
    with ProjectFolder.create(path, scored()) as folder:
        folder.save(RemoveClip("clip1").apply(scored()))
        folder.save(scored())
    file = path / "project.json"
    file.write_text(file.read_text().replace('"take": "c1-t1"', '"take": "gone"'))
    with ProjectFolder.open(path) as folder:
        assert folder.recovered
        assert folder.project == scored()


def test_without_an_earlier_state_a_damaged_project_is_refused(path):
    ProjectFolder.create(path, scored()).close()
    (path / "project.json").write_text("{")
    with pytest.raises(Refused, match="damaged"):
        ProjectFolder.open(path)
    assert (path / "project.json").read_text() == "{"


def test_a_missing_project_file_is_found_again(path):
    with ProjectFolder.create(path, scored()) as folder:
        moved(folder, 5)
        folder.save(folder.project)
    (path / "project.json").unlink()
    assert start(path) == 5


@pytest.mark.parametrize("seed", range(20))
def test_save_record_end_in_any_order_loses_nothing(path, seed):
    """Also when project.json is damaged, as long as it was saved twice."""
    chance = random.Random(seed)
    folder = ProjectFolder.create(path, scored())
    folder.save(folder.project)
    now, saves = folder.project, 0
    for step in range(40):
        what = chance.choice(["record", "record", "save", "end", "damage"])
        if what == "record":
            folder.record(SetTrack("feet", gain_db=-float(step % 60) - 0.5))
            now = folder.project
        elif what == "save":
            folder.save(now)
            saves += 1
        else:
            folder.close()
            if what == "damage" and saves:
                (path / "project.json").write_text("?")
                saves = 0
            folder = ProjectFolder.open(path)
        assert folder.project == now
    folder.close()

import json
import queue
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from project_parts import candidate, media, scored, takes

from engine.spec import Refused, Span
from foleydesk.document.edits import AddTakes, MoveClip, OpenMedia, RemoveClip, SetReference, SetTrack
from foleydesk.document.project import Project, Reference, Take
from foleydesk.storage.folder import ProjectFolder


@pytest.fixture
def path(tmp_path):
    return tmp_path / "Bunny.foley"


def test_saved_and_opened_is_the_same(path):
    with ProjectFolder.create(path, scored()) as folder:
        changed = MoveClip("clip1", "feet", 17).apply(folder.project)
        folder.save(changed)
    with ProjectFolder.open(path) as folder:
        assert folder.project == changed
        assert not folder.recovered


def test_a_new_project_is_on_disk_at_once(path):
    ProjectFolder.create(path, scored()).close()
    assert ProjectFolder.read(path) == scored()
    assert (path / "takes").is_dir() and (path / "cache").is_dir()


def test_paths_are_relative_on_disk_and_absolute_in_memory(tmp_path, path):
    (path / "takes").mkdir(parents=True)
    (tmp_path / "bunny.mp4").write_bytes(b"picture")
    project = replace(scored(path / "takes"), media=media(str(tmp_path / "bunny.mp4")))
    ProjectFolder.create(path, project).close()
    data = json.loads((path / "project.json").read_text())
    assert data["media"]["path"] == "../bunny.mp4"
    assert data["takes"][0]["candidate"]["wav"].startswith("takes/")
    assert ProjectFolder.read(path) == project


def test_project_and_picture_move_together_or_the_project_alone(tmp_path):
    old, new, alone = tmp_path / "old", tmp_path / "new", tmp_path / "far" / "away" / "Bunny.foley"
    folder = ProjectFolder.create(old / "Bunny.foley", Project())
    (old / "bunny.mp4").write_bytes(b"picture")
    folder.save(OpenMedia(media(str(old / "bunny.mp4"))).apply(folder.project))
    folder.record(SetTrack("feet", gain_db=-3.0))  # the journal is read as well
    folder.close()
    shutil.copytree(old / "Bunny.foley", alone)
    assert ProjectFolder.read(alone).media.path == str(old / "bunny.mp4")
    old.rename(new)
    moved = ProjectFolder.read(new / "Bunny.foley")
    assert moved.media.path == str(new / "bunny.mp4")


def test_the_sounds_that_a_cue_and_a_take_refer_to_move_with_the_project(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    (old / "Bunny.foley" / "takes").mkdir(parents=True)
    rail = Reference(str(old / "rail.wav"), "rail")
    with ProjectFolder.create(old / "Bunny.foley", scored(old / "Bunny.foley" / "takes")) as folder:
        folder.record(SetReference("c1", rail))
        base = folder.project.take("c1-t1").candidate
        made = replace(candidate(9, folder=folder.takes), recipe=replace(base.recipe, base=base.wav, seed=9))
        folder.record(AddTakes((Take("again", "c1", made),)))
        assert ProjectFolder.read(folder.path) == folder.project
        folder.save(folder.project)
        data = json.loads((folder.path / "project.json").read_text())
    assert data["cues"][0]["reference"]["path"] == "../rail.wav"
    assert data["takes"][-1]["candidate"]["recipe"]["base"] == f"takes/{Path(base.wav).name}"
    old.rename(new)
    moved = ProjectFolder.read(new / "Bunny.foley")
    assert moved.cue("c1").reference == replace(rail, path=str(new / "rail.wav"))
    assert moved.take("again").candidate.recipe.base == moved.take("c1-t1").candidate.wav


def test_a_project_from_before_reference_sounds_opens(path):
    ProjectFolder.create(path, scored()).close()
    file = path / "project.json"
    data = json.loads(file.read_text())
    for cue in data["cues"]:
        del cue["reference"]
    for take in data["takes"]:
        recipe = take["candidate"]["recipe"]
        for name in ("base", "base_hash", "region", "strength", "guidances", "reference_hash"):
            del recipe[name]
    file.write_text(json.dumps(data))
    assert ProjectFolder.read(path) == scored()


def test_creating_over_a_project_is_refused_and_leaves_it(path):
    ProjectFolder.create(path, scored()).close()
    with pytest.raises(Refused, match="already"):
        ProjectFolder.create(path, Project())
    assert ProjectFolder.read(path) == scored()


def test_a_project_that_cannot_be_is_not_created(path):
    with pytest.raises(Refused):
        ProjectFolder.create(path, replace(scored(), takes=()))
    assert not path.exists()


@pytest.mark.parametrize("made", ["nothing", "file", "folder"])
def test_what_is_no_project_is_refused(path, made):
    if made == "file":
        path.write_text("hello")
    if made == "folder":
        path.mkdir()
    with pytest.raises(Refused) as refusal:
        ProjectFolder.open(path)
    assert str(path) in str(refusal.value)
    assert not (path / ".lock").exists()


def test_a_project_from_a_newer_version_is_refused_and_left_alone(path):
    ProjectFolder.create(path, scored()).close()
    with ProjectFolder.open(path) as folder:
        folder.save(scored())
    file = path / "project.json"
    data = {**json.loads(file.read_text()), "version": 999, "tracks": "of another form"}
    file.write_text(json.dumps(data))
    before = {entry.name: entry.read_bytes() for entry in path.iterdir() if entry.is_file()}
    with pytest.raises(Refused, match="newer Foleydesk"):
        ProjectFolder.open(path)
    assert {entry.name: entry.read_bytes() for entry in path.iterdir() if entry.name in before} == before | {
        ".lock": (path / ".lock").read_bytes()
    }


def test_what_a_later_version_adds_is_passed_by(path):
    ProjectFolder.create(path, scored()).close()
    file = path / "project.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "colour": "blue"}))
    assert ProjectFolder.read(path) == scored()


def test_the_desk_of_a_folder_journals_what_it_does(path):
    with ProjectFolder.create(path, scored()) as folder:
        desk = folder.desk()
        desk.do(RemoveClip("clip1"))
        desk.undo()
        desk.redo()
    with ProjectFolder.open(path) as folder:
        assert folder.project.clips == ()
        assert folder.recovered
        assert folder.desk().dirty


def test_a_closed_folder_records_nothing(path):
    folder = ProjectFolder.create(path, scored())
    folder.close()
    folder.close()
    with pytest.raises(Refused):
        folder.record(RemoveClip("clip1"))


def test_a_take_that_the_program_did_not_live_to_know_of_is_found(path):
    with ProjectFolder.create(path, scored()) as folder:
        late = candidate(7, folder=folder.takes)
        (folder.takes / "half.json").write_text('{"id": ')
        (folder.takes / "no-sound.json").write_text((folder.takes / f"{late.id}.json").read_text())
        elsewhere = candidate(8, span=Span(0, 100), folder=folder.takes)
    with ProjectFolder.open(path) as folder:
        assert folder.recovered
        assert late in [take.candidate for take in folder.project.takes_of("c1")]
        assert elsewhere not in [take.candidate for take in folder.project.takes]
        found = folder.project
    with ProjectFolder.open(path) as folder:
        assert folder.project == found


def test_a_take_in_its_cues_own_folder_belongs_to_it(path):
    with ProjectFolder.create(path, scored()) as folder:
        folder.takes_of("c1").mkdir()
        late = candidate(9, prompt="other words", folder=folder.takes_of("c1"))
    with ProjectFolder.open(path) as folder:
        assert late in [take.candidate for take in folder.project.takes_of("c1")]


@pytest.mark.parametrize("saved", [True, False])
def test_takes_that_were_undone_do_not_come_back(path, saved):
    with ProjectFolder.create(path, scored()) as folder:
        desk = folder.desk()
        made = takes(count=6, folder=folder.takes)[4:]
        desk.do(AddTakes(made))
        desk.undo()
        if saved:
            folder.save(desk.project)
    with ProjectFolder.open(path) as folder:
        assert folder.project == scored()


def test_picks_are_kept_beside_the_project(path):
    with ProjectFolder.create(path, scored()) as folder:
        assert folder.picks.stats()["picks"] == 0
    assert (path / "picks.sqlite").is_file()


def test_cache_can_be_deleted(path):
    ProjectFolder.create(path, scored()).close()
    shutil.rmtree(path / "cache")
    with ProjectFolder.open(path) as folder:
        assert folder.cache.is_dir()
        assert folder.project == scored()


def test_no_part_files_are_left(path):
    with ProjectFolder.create(path, scored()) as folder:
        for i in range(3):
            folder.save(MoveClip("clip1", "feet", i).apply(folder.project))
    assert not [entry for entry in Path(path).rglob("*.part*")]


def test_edits_made_while_a_save_is_written_are_kept_whenever_the_program_ends(path):
    """Killed before it is written, while it is, and behind it: the folder is copied at each of these moments."""
    with ProjectFolder.create(path, scored()) as folder:
        desk = folder.desk()
        desk.do(MoveClip("clip1", "feet", 1))
        saving = folder.saving(desk.project)
        desk.seal()
        desk.do(MoveClip("clip1", "feet", 2))
        shutil.copytree(path, path.with_name("Before.foley"))
        saving.write()
        shutil.copytree(path, path.with_name("Behind.foley"))
        desk.do(MoveClip("clip1", "feet", 3))
        shutil.copytree(path, path.with_name("Later.foley"))
    for name, start in (("Before", 2), ("Behind", 2), ("Later", 3)):
        copy = path.with_name(f"{name}.foley")
        assert ProjectFolder.read(copy).clip("clip1").start == start
    damaged = path.with_name("Later.foley")
    (damaged / "project.json").write_text("{")
    assert ProjectFolder.read(damaged).clip("clip1").start == 3


def test_no_edit_is_lost_between_two_journals_while_another_thread_saves(path):
    waiting = queue.SimpleQueue()

    def write():
        for saving in iter(waiting.get, None):
            saving.write()

    writer = threading.Thread(target=write)
    writer.start()
    with ProjectFolder.create(path, scored()) as folder:
        for i in range(1, 100):
            folder.record(MoveClip("clip1", "feet", i))
            if i % 7 == 0:
                waiting.put(folder.saving(folder.project))
        waiting.put(None)
        writer.join()
    assert ProjectFolder.read(path).clip("clip1").start == 99
    (path / "project.json").write_text("{")
    assert ProjectFolder.read(path).clip("clip1").start == 99

"""What older versions of the program wrote opens as what it was; what a newer one wrote is refused and left alone."""

import json
import shutil
from pathlib import Path

import pytest
from project_parts import scored

from engine.spec import Refused, to_json
from foleydesk.document.edits import AddMarker, RemoveClip, SetTrack
from foleydesk.document.project import VERSION, Marker, Project
from foleydesk.storage.folder import ProjectFolder
from foleydesk.storage.journal import Journal
from foleydesk.storage.upgrades import STEPS, upgraded

SAMPLES = Path(__file__).parent / "data"
VERSION_1 = ("saved", "overlapping", "journalled", "damaged")
NEW = ("sounds", "markers", "start", "drop", "unit", "crosses")
NEW_WITHIN = {"tracks": "colour", "cues": "name notes character", "takes": "kept notes", "clips": "sound"}
"""What version 2 added: fields of the project, and of its things; and, of a recipe, its precision."""


@pytest.fixture(params=VERSION_1)
def old(request, tmp_path) -> Path:
    """A copy of what version 1 left behind."""
    shutil.copytree(SAMPLES / "version-1" / f"{request.param}.foley", tmp_path / f"{request.param}.foley")
    return tmp_path / f"{request.param}.foley"


def read_then(path: Path) -> dict:
    """What version 1 itself read from the sample."""
    text = (SAMPLES / "version-1" / f"{path.stem}.read.json").read_text()
    return json.loads(text.replace("@HOME@", str(path.parent)))


def as_version_1(project: Project) -> dict:
    """What version 1 knew of the project."""
    data = {name: value for name, value in to_json(project).items() if name not in NEW}
    del data["media"]["variable"]
    for things, added in NEW_WITHIN.items():
        for thing in data[things]:
            for name in added.split():
                del thing[name]
    for take in data["takes"]:
        del take["candidate"]["recipe"]["precision"]
    return {**data, "version": 1}


def test_a_project_of_version_1_holds_what_it_held(old):
    before = {entry.name: entry.read_bytes() for entry in old.iterdir()}
    project = ProjectFolder.read(old)
    assert as_version_1(project) == read_then(old)
    assert {entry.name: entry.read_bytes() for entry in old.iterdir()} == before
    with ProjectFolder.open(old) as folder:
        assert folder.project == project
        assert folder.recovered == (old.stem in ("journalled", "damaged"))


def test_tracks_keep_the_colours_of_their_places(old):
    tracks = ProjectFolder.read(old).tracks
    assert [track.colour for track in tracks] == list(range(len(tracks)))


def test_what_overlapped_and_was_added_up_still_is(old):
    assert ProjectFolder.read(old).crosses == (old.stem != "overlapping")


def test_what_the_older_program_wrote_is_kept_for_it(old):
    before = {entry.name: entry.read_bytes() for entry in old.iterdir()}
    ProjectFolder.open(old).close()
    for name, data in before.items():
        stem, suffix = name.rsplit(".", 1)
        assert (old / f"{stem}.version-1.{suffix}").read_bytes() == data


def test_an_upgraded_project_goes_on_as_any_other(old):
    with ProjectFolder.open(old) as folder:
        folder.record(AddMarker(Marker("m", 5, "new")))
        now = folder.project
    with ProjectFolder.open(old) as folder:
        assert folder.project == now and folder.recovered
        folder.save(now)
    assert json.loads((old / "project.json").read_text())["version"] == VERSION
    assert not (old / "project.version-2.json").exists()
    with ProjectFolder.open(old) as folder:
        assert folder.project == now and not folder.recovered


def test_an_upgraded_project_that_is_damaged_is_found_from_what_was_before(old):
    with ProjectFolder.open(old) as folder:
        folder.record(AddMarker(Marker("m", 5, "new")))
        now = folder.project
    (old / "project.json").write_text("{")
    with ProjectFolder.open(old) as folder:
        assert folder.project == now


def test_a_line_of_a_newer_version_in_the_journal_is_refused(tmp_path):
    path = tmp_path / "Bunny.foley"
    ProjectFolder.create(path, scored()).close()
    journal = Journal(path / "journal.jsonl")
    journal.append({"line": 1, "version": VERSION + 1, "change": {"tracks": "of another form"}})
    journal.close()
    before = (path / "journal.jsonl").read_bytes()
    with pytest.raises(Refused, match="newer Foleydesk") as refusal:
        ProjectFolder.open(path)
    assert "\n" not in str(refusal.value)
    assert (path / "journal.jsonl").read_bytes() == before


def test_the_journal_carries_the_new_edits(tmp_path):
    path = tmp_path / "Bunny.foley"
    with ProjectFolder.create(path, scored()) as folder:
        desk = folder.desk()
        desk.do(AddMarker(Marker("m", 5, "door")))
        desk.do(SetTrack("feet", colour=9))
        desk.do(RemoveClip("clip1"))
        desk.go_to(2)
        now = desk.project
    with ProjectFolder.open(path) as folder:
        assert folder.project == now
        assert folder.project.markers == (Marker("m", 5, "door"),)


def test_every_version_leads_to_the_next():
    assert len(STEPS) == VERSION - 1
    assert upgraded({"version": VERSION, "name": "x"}) == {"version": VERSION, "name": "x"}


NO_PROJECT = [{}, {"version": 0}, {"version": True}, {"version": "1"}, {"version": 1, "clips": [{}]}]


@pytest.mark.parametrize("data", NO_PROJECT, ids=str)
def test_what_no_version_wrote_is_refused(data):
    with pytest.raises(Refused):
        upgraded(data)


def test_an_upgrade_that_was_cut_short_costs_nothing(tmp_path):
    """Killed when project.json was new already, and the journal not yet set aside."""
    old = tmp_path / "journalled.foley"
    shutil.copytree(SAMPLES / "version-1" / "journalled.foley", old)
    before = {entry.name: entry.read_bytes() for entry in old.iterdir()}
    with ProjectFolder.open(old) as folder:
        project = folder.project
    for name in ("journal.jsonl", "journal.previous.jsonl", "project.previous.json"):
        (old / name).write_bytes(before[name])
    with ProjectFolder.open(old) as folder:
        assert folder.project == project
    (old / "project.json").write_bytes(before["project.json"])
    with ProjectFolder.open(old) as folder:
        assert folder.project == project

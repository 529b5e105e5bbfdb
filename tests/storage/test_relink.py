"""Files that were moved are found by what they hold."""

import os
from dataclasses import replace

import pytest
from project_parts import media, scored

from engine.media.probe import content_hash
from engine.spec import Cancelled, Refused
from foleydesk.document.edits import AddSound, OpenMedia, Relink, SetReference
from foleydesk.document.project import Project, Reference, Sound
from foleydesk.storage.relink import Lost, find, lost


def film(path, text: str = "film") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return content_hash(path)


def test_nothing_is_lost_while_everything_is_there(tmp_path):
    name = film(tmp_path / "bunny.mp4")
    project = OpenMedia(media(str(tmp_path / "bunny.mp4"), hash=name)).apply(Project())
    assert lost(project) == ()


def test_picture_reference_and_sound_are_found_where_they_were_moved(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    names = {text: film(old / text, text) for text in ("bunny.mp4", "rail.wav", "door.wav")}
    project = replace(scored(), media=media(str(old / "bunny.mp4"), hash=names["bunny.mp4"]))
    project = SetReference("c1", Reference(str(old / "rail.wav"), names["rail.wav"])).apply(project)
    project = AddSound(Sound("s", str(old / "door.wav"), names["door.wav"], 100)).apply(project)
    (new / "deep").mkdir(parents=True)
    (old / "bunny.mp4").rename(new / "deep" / "bunny.mp4")
    (old / "rail.wav").rename(new / "renamed.wav")
    (old / "door.wav").rename(new / "deep" / "door without suffix")
    film(new / "bunny.mp4", "another film of this name")
    wanted = lost(project)
    assert {one.name for one in wanted} == {"bunny.mp4", "rail.wav", "door.wav"}
    seen = []
    found = find(wanted, new, seen.append)
    again = Relink(tuple(found.items())).apply(project)
    assert again.media.path == str(new / "deep" / "bunny.mp4")
    assert again.cue("c1").reference.path == str(new / "renamed.wav")
    assert again.sounds[0].path == str(new / "deep" / "door without suffix")
    assert lost(again) == ()
    assert [one.step for one in seen] == list(range(1, len(seen) + 1)) and seen[0].steps == 4


def test_the_likely_file_is_looked_at_first_and_ends_the_search(tmp_path):
    name = film(tmp_path / "z" / "bunny.mp4")
    for i in range(20):
        film(tmp_path / f"{i}.mp4", str(i))
    seen = []
    assert find([Lost(name, "/gone/Bunny.MP4")], tmp_path, seen.append) == {name: str(tmp_path / "z" / "bunny.mp4")}
    assert len(seen) == 1


def test_what_is_not_there_is_not_found(tmp_path):
    film(tmp_path / "bunny.mp4")
    assert find([Lost("nothing", "/gone/bunny.mp4")], tmp_path) == {}
    assert find([], tmp_path) == {}
    with pytest.raises(Refused, match="nothing at"):
        find([Lost("nothing", "/gone/bunny.mp4")], tmp_path / "nowhere")


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are for Unix")
def test_links_in_a_circle_pipes_and_dead_links_are_passed_by(tmp_path):
    (tmp_path / "circle").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dead").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    name = film(tmp_path / "a" / "b.mp4")
    assert find([Lost(name, "/gone/x.mp4")], tmp_path) == {name: str(tmp_path / "a" / "b.mp4")}


def test_the_search_can_be_ended(tmp_path):
    film(tmp_path / "bunny.mp4")

    def enough(progress):
        raise Cancelled

    with pytest.raises(Cancelled):
        find([Lost("nothing", "/gone/bunny.mp4")], tmp_path, enough)


def test_the_very_file_is_taken_when_it_holds_what_is_missing(tmp_path):
    name = film(tmp_path / "moved.mp4")
    film(tmp_path / "other.mp4", "other")
    wanted = [Lost(name, "/gone/bunny.mp4")]
    assert find(wanted, tmp_path / "other.mp4") == {}
    assert find(wanted, tmp_path / "moved.mp4") == {name: str(tmp_path / "moved.mp4")}

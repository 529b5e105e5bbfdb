"""`foleydesk export`, on a saved project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from wavinfo import WavInfoReader

from foleydesk.export.clock import clock_of
from foleydesk.export.request import Format
from foleydesk.storage.folder import ProjectFolder
from tests.delivery_parts import film, project_at


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A project on disk, at 29.97 frames a second with drop-frame time code."""
    film(tmp_path / "film.mp4", "29.97 DF")
    folder = tmp_path / "Bunny.foley"
    project = project_at(tmp_path, "29.97 DF")
    with ProjectFolder.create(folder, project) as opened:
        opened.save(project)
    return folder


def test_everything_at_once(foleydesk, saved: Path, tmp_path: Path):
    out = tmp_path / "delivery"
    ended = foleydesk(
        "export", saved, "--out", out, "--format", "all", "--loudness", "r128", "--creator", "FD", "--source", "BBB"
    )
    assert ended.code == 0, ended.err
    assert "-23.0 LUFS" in ended.out and f"files to {out}" in ended.out
    names = {path.name for path in out.iterdir()}
    assert {f"Bunny.{ending}" for ending in ("wav", "mp4", "mov", "rpp", "otio", "xml", "aaf", "edl")} <= names
    assert {"Bunny cues.csv", "Bunny markers.mid", "Bunny loudness.csv", "Bunny loudness.json"} <= names
    assert not [path for path in out.rglob(".*")]
    project = ProjectFolder.read(saved)
    assert WavInfoReader(str(out / "Bunny.wav")).bext.time_reference == clock_of(project).time_reference == 172_799_828


def test_the_mix_is_what_is_exported_when_nothing_is_said(foleydesk, saved: Path, tmp_path: Path):
    ended = foleydesk("export", saved, "--out", tmp_path / "d", "--json")
    assert [file["format"] for file in json.loads(ended.out)["files"]] == ["mix", "csv", "csv"]


def test_all_of_a_project_without_a_picture_is_all_but_video(foleydesk, tmp_path: Path):
    project = project_at(tmp_path).with_media(None)
    with ProjectFolder.create(tmp_path / "Sound.foley", project) as opened:
        opened.save(project)
    ended = foleydesk("export", tmp_path / "Sound.foley", "--out", tmp_path / "d", "-f", "all")
    assert ended.code == 0, ended.err
    assert not list((tmp_path / "d").glob("*.m[po][4v]")) and (tmp_path / "d" / "Bunny.aaf").exists()


def test_the_project_is_not_touched(foleydesk, saved: Path, tmp_path: Path):
    before = {path: path.read_bytes() for path in saved.rglob("*") if path.is_file()}
    foleydesk("export", saved, "--out", tmp_path / "d", "-f", "stems", "-f", "csv")
    assert {path: path.read_bytes() for path in saved.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("--format", "flac"), "no format flac"),
        (("--loudness", "loud"), "no loudness norm loud"),
        (("--ceiling", "4"), "ceiling"),
        (("--creator", "FD"), "UCS names need"),
        (("--handles", "-1"), "Handles"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(foleydesk, saved: Path, tmp_path: Path, given: tuple[str, ...], says: str):
    ended = foleydesk("export", saved, "--out", tmp_path / "d", *given)
    assert says in ended.refused()
    assert not (tmp_path / "d").exists()


def test_a_folder_that_is_no_project_is_refused(foleydesk, tmp_path: Path):
    assert "not a Foleydesk project" in foleydesk("export", tmp_path, "--out", tmp_path / "d").refused()


def test_a_file_in_the_place_of_the_folder_is_refused(foleydesk, saved: Path, tmp_path: Path):
    (tmp_path / "d").write_text("mine")
    assert "is a file" in foleydesk("export", saved, "--out", tmp_path / "d").refused()
    assert (tmp_path / "d").read_text() == "mine"


def test_help_names_every_format(foleydesk):
    said = foleydesk("export", "--help").out
    assert all(f"{one}" in said for one in Format)

"""From picks in a project to an adapter that the next request can name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import soundfile

from engine.media.probe import probe
from engine.service import Engine
from engine.spec import Recipe, Span
from foleydesk.document.project import Media, Project
from foleydesk.storage.folder import ProjectFolder
from training.preferences.events import PickEvent, now

SPAN = Span(0, 48_000)


@pytest.fixture(scope="module")
def picked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which the first of two heard candidates was picked, three times over."""
    clip = Path(__file__).resolve().parents[2] / "resources" / "demo" / "bunny.mp4"
    info = probe(clip)
    media = Media("m", str(clip), info.hash, info.length, info.rate, info.width, info.height, info.has_audio)
    path = tmp_path_factory.mktemp("picked") / "Picked.foley"
    engine = Engine(device="cpu")
    with ProjectFolder.create(path, Project(name="Picked", media=media)) as folder:
        for number in range(3):
            span = Span(number * 48_000, number * 48_000 + SPAN.length)
            recipe = Recipe(str(clip), info.hash, span, "grass", steps=2)
            made = engine.generate(recipe, 2, folder.takes)
            shown = tuple(candidate.id for candidate in made)
            event = PickEvent(
                f"pick-{number}", now(), "Picked", f"cue-{number}", info.hash, span, "grass", "pick", shown, ("A", "B"),
                dict.fromkeys(shown, 900.0), dict.fromkeys(shown, 0.0), shown[0], recipe.model, None, False, "0.1.0",
            )  # fmt: skip
            folder.picks.add(event, made)
    return path


def test_stats_count_picks_and_pairs(foleydesk, picked):
    counts = json.loads(foleydesk("picks", "stats", picked, "--json").out)
    assert (counts["picks"], counts["pairs"], counts["candidates"]) == (3, 3, 6)
    assert "pairs" in foleydesk("picks", "stats", picked).out


def test_export_writes_one_pair_a_line(foleydesk, picked, tmp_path):
    ended = foleydesk("picks", "export", picked, "--out", tmp_path / "pairs.jsonl")
    assert (ended.code, ended.err) == (0, "")
    lines = [json.loads(line) for line in (tmp_path / "pairs.jsonl").read_text().splitlines()]
    assert len(lines) == 3
    assert all(soundfile.info(line[side]).frames == 48_000 for line in lines for side in ("winner_wav", "loser_wav"))


def test_an_export_that_cannot_be_written_is_refused(foleydesk, picked):
    assert "/proc/" in foleydesk("picks", "export", picked, "--out", "/proc/pairs.jsonl").refused()


def test_a_trained_adapter_is_listed_and_can_be_asked_for_by_name(foleydesk, picked, tmp_path, bunny):
    trained = foleydesk("train", picked, "--out", "taste", "--steps", "2", "--device", "cpu")
    assert trained.code == 0, trained.err
    adapters = json.loads(foleydesk("models", "list", "--json").out)["adapters"]
    assert [(adapter["name"], adapter["model"]) for adapter in adapters] == [("taste", "visiosonic-mini")]
    request = ("generate", bunny, "--prompt", "grass", "--steps", "2", "--candidates", "1", "--duration", "1",
               "--device", "cpu")  # fmt: skip
    assert foleydesk(*request, "--adapter", "taste", "--out", tmp_path / "with").code == 0
    (entry,) = json.loads((tmp_path / "with" / "candidates.json").read_text())
    assert Path(entry["recipe"]["adapter"]).name == "taste"


def test_training_without_picks_is_refused(foleydesk, tmp_path):
    ProjectFolder.create(tmp_path / "New.foley", Project(name="New")).close()
    ended = foleydesk("train", tmp_path / "New.foley", "--out", "taste")
    assert ended.code == 2 and "pick" in ended.refused()


def test_a_project_from_a_newer_version_is_refused(foleydesk, picked, tmp_path):
    newer = tmp_path / "Newer.foley"
    shutil.copytree(picked, newer)
    data = json.loads((newer / "project.json").read_text())
    (newer / "project.json").write_text(json.dumps({**data, "version": data["version"] + 1}))
    for command in (("picks", "stats"), ("picks", "export"), ("train", "--out", "taste")):
        assert "newer" in foleydesk(*command, newer).refused()

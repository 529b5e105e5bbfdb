"""What cannot be done ends in one sentence and leaves nothing behind."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile

from engine.loaders import Loaders
from engine.service import Engine
from engine.spec import Recipe, Refused, Span

SECOND = 48_000


@pytest.fixture
def recipe(bunny: str) -> Recipe:
    return Recipe(bunny, "", Span(0, SECOND), prompt="a twig snaps", model="tiny", steps=2)


def refusal(engine: Engine, recipe: Recipe, out: Path, candidates: int = 1) -> str:
    with pytest.raises(Refused) as caught:
        engine.generate(recipe, candidates, out)
    assert not out.is_dir() or not list(out.iterdir())
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("harm", ["cut", "changed", "gone"])
@pytest.mark.parametrize("name", ["generator.safetensors", "spotter.bin"])
def test_a_damaged_weight_file_is_named(
    engine: Engine, home: Path, recipe: Recipe, tmp_path: Path, harm: str, name: str
):
    path = home / name
    data = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if harm == "cut" else data[:-1] + bytes([data[-1] ^ 1]))
    assert str(path) in refusal(engine, recipe, tmp_path / "out")


def test_a_file_damaged_after_it_was_found_good_is_noticed(home: Path, tiny: Loaders, recipe: Recipe, tmp_path: Path):
    Engine(device="cpu", loaders=tiny).generate(recipe, 1, tmp_path / "good")
    path = home / "generator.safetensors"
    path.write_bytes(b"?" * path.stat().st_size)
    assert str(path) in refusal(Engine(device="cpu", loaders=tiny), recipe, tmp_path / "out")


def test_a_damaged_card_is_named(engine: Engine, home: Path, recipe: Recipe, tmp_path: Path):
    (home / "card.json").write_text("{")
    assert "card.json" in refusal(engine, recipe, tmp_path / "out")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"model": "orchestra"}, "orchestra"),
        ({"adapter": "mine"}, "mine"),
        ({"sampler": "guess"}, "guess"),
        ({"steps": 0}, "0 steps"),
        ({"seed": -1}, "-1"),
        ({"seed": 2**70}, "seed"),
        ({"reference": "door.wav"}, "reference"),
        ({"media": "/nowhere/film.mp4"}, "/nowhere/film.mp4"),
        ({"media_hash": "0" * 64}, "not the file"),
        ({"span": Span(0, 10**9)}, "outside"),
        ({"span": Span(-5, SECOND)}, "outside"),
        ({"span": Span(SECOND, SECOND)}, "empty"),
    ],
)
def test_a_recipe_that_cannot_be_followed(
    engine: Engine, recipe: Recipe, tmp_path: Path, change: dict[str, object], says: str
):
    assert says in refusal(engine, replace(recipe, **change), tmp_path / "out")


@pytest.mark.parametrize("candidates", [0, 65])
def test_a_number_of_candidates_out_of_bounds(engine: Engine, recipe: Recipe, tmp_path: Path, candidates: int):
    assert str(candidates) in refusal(engine, recipe, tmp_path / "out", candidates)


def test_an_output_that_is_a_file_or_cannot_be_written(engine: Engine, recipe: Recipe, tmp_path: Path):
    (tmp_path / "file").write_text("here")
    assert "file" in refusal(engine, recipe, tmp_path / "file")
    if Path("/proc/self").is_dir():
        assert "/proc/self/out" in refusal(engine, recipe, Path("/proc/self/out"))


def test_when_the_last_file_cannot_be_written_none_stays(
    engine: Engine, recipe: Recipe, tmp_path: Path
):
    found = engine.generate(recipe, 3, tmp_path / "first")
    last = Path(found[-1].wav).name
    out = tmp_path / "out"
    (out / last).mkdir(parents=True)
    with pytest.raises(Refused, match=last):
        engine.generate(recipe, 3, out)
    assert [path.name for path in out.iterdir()] == [last]


def test_a_device_that_is_not_there(home: Path, tiny: Loaders, recipe: Recipe, tmp_path: Path):
    assert "abacus" in refusal(Engine(device="abacus", loaders=tiny), recipe, tmp_path / "out")


def test_no_events_are_looked_for_where_there_is_no_picture(engine: Engine, tmp_path: Path):
    soundfile.write(tmp_path / "tone.wav", [0.0] * SECOND, SECOND)
    with pytest.raises(Refused, match="no picture"):
        engine.spot(tmp_path / "tone.wav", model="tiny")


def make_adapter(engine: Engine, home: Path, folder: Path, **change: object) -> None:
    """A LoRA with weights that are not zero, for the tiny model."""
    import torch
    from peft import LoraConfig, get_peft_model

    module = engine.backbone("tiny").module
    torch.manual_seed(3)
    lora = get_peft_model(module, LoraConfig(r=4, target_modules=["enter", "leave"], init_lora_weights=False))
    lora.save_pretrained(str(folder))
    lora.unload()
    sha256 = json.loads((home / "card.json").read_text())["files"]["generator"]["sha256"]
    card = {"name": folder.name, "model": "tiny", "model_sha256": sha256, **change}
    (folder / "adapter.json").write_text(json.dumps(card))


def test_an_adapter_changes_the_sound_and_taking_it_off_changes_it_back(
    engine: Engine, home: Path, recipe: Recipe, tmp_path: Path
):
    adapter = tmp_path / "brighter"
    make_adapter(engine, home, adapter)
    (base,) = engine.generate(recipe, 1, tmp_path / "a")
    (adapted,) = engine.generate(replace(recipe, adapter=str(adapter)), 1, tmp_path / "b")
    (again,) = engine.generate(recipe, 1, tmp_path / "c")
    assert adapted.id != base.id == again.id
    assert Path(adapted.wav).read_bytes() != Path(base.wav).read_bytes() == Path(again.wav).read_bytes()


def test_an_adapter_is_found_by_name_in_the_users_folder(engine: Engine, home: Path, recipe: Recipe, tmp_path: Path):
    make_adapter(engine, home, tmp_path / "brighter")
    shutil.move(tmp_path / "brighter", home.parents[1] / "adapters" / "brighter")
    (candidate,) = engine.generate(replace(recipe, adapter="brighter"), 1, tmp_path / "out")
    assert candidate.recipe.adapter == "brighter"


@pytest.mark.parametrize(
    ("change", "says"), [({"model": "other"}, "belongs to other"), ({"model_sha256": "0" * 64}, "other weights")]
)
def test_an_adapter_of_another_model_is_refused(
    engine: Engine, home: Path, recipe: Recipe, tmp_path: Path, change: dict[str, object], says: str
):
    make_adapter(engine, home, tmp_path / "foreign", **change)
    assert says in refusal(engine, replace(recipe, adapter=str(tmp_path / "foreign")), tmp_path / "out")


def test_a_damaged_adapter_file_is_named_and_the_model_still_works(
    engine: Engine, home: Path, recipe: Recipe, tmp_path: Path
):
    adapter = tmp_path / "hurt"
    make_adapter(engine, home, adapter)
    (base,) = engine.generate(recipe, 1, tmp_path / "before")
    path = adapter / "adapter_model.safetensors"
    path.write_bytes(path.read_bytes()[:100])
    assert str(path) in refusal(engine, replace(recipe, adapter=str(adapter)), tmp_path / "out")
    (after,) = engine.generate(recipe, 1, tmp_path / "after")
    assert Path(after.wav).read_bytes() == Path(base.wav).read_bytes()

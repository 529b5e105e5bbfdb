"""What a pull leaves on the disk is what the engine runs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import soundfile
import tiny_mmaudio
from hub_shop import MODEL, Shop, stocked

from engine.hub import acceptance
from engine.hub.pull import pull
from engine.media.probe import probe
from engine.service import Engine
from engine.spec import Recipe, Span


def test_a_pulled_model_makes_a_sound(shop: Shop, home: Path, tmp_path: Path, bunny: Path) -> None:
    tiny_mmaudio.install(tmp_path)
    card = json.loads((tmp_path / "models" / tiny_mmaudio.NAME / "card.json").read_text())
    catalogue = stocked(shop)
    model = replace(catalogue.model(MODEL), config=card["config"])
    parts = {}
    for role, file in card["files"].items():
        part = catalogue.part(model.files[role])
        data = (tmp_path / "models" / tiny_mmaudio.NAME / file["path"]).read_bytes()
        address = next(path for path in shop.files if path.endswith(_published_name(part.source)))
        shop.files[address] = data
        parts[part.name] = replace(part, about_bytes=len(data), md5="")
    catalogue = replace(
        catalogue,
        models=tuple(model if one.name == MODEL else one for one in catalogue.models),
        parts=tuple(parts.get(part.name, part) for part in catalogue.parts),
    )
    acceptance.accept(model, catalogue)
    pull(MODEL, catalogue=catalogue)

    recipe = Recipe(str(bunny), probe(bunny).hash, Span(0, 48_000), prompt="rustling grass", model=MODEL, steps=2)
    [made] = Engine(cache=tmp_path / "cache", device="cpu").generate(recipe, 1, tmp_path)
    sound, rate = soundfile.read(made.wav)
    assert (len(sound), rate) == (48_000, 48_000) and abs(sound).max() > 0


def _published_name(source: object) -> str:
    paths = getattr(source, "paths", None)
    return paths[-1] if paths else source.url.rpartition("/")[2]  # type: ignore[attr-defined]

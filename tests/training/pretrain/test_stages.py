"""The stages that make the bundled model run one after the other, go on after a stop, and end in a model that loads."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from engine import backbones, weights
from engine.backbones.base import Conditions
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.conditioning.spotter import load_spotter
from engine.ranking.text_audio import load_text_audio
from engine.registry import read_card
from training.pretrain import bank, codec, dataset, generator, listening, spotting
from training.pretrain.bank import Recording
from training.pretrain.export import export
from training.pretrain.sounding import Shelf

SMALL = VisioSonicConfig(width=32, heads=2, blocks=1, text_rows=64)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two steps of every stage, the generator's in two pieces."""
    work = tmp_path_factory.mktemp("pretrain")
    (work / "bank").mkdir()
    steps = Recording(np.ones(3000, np.float32), "steps/wood", ("footsteps on wood",), False, "p: a/b.ogg", "CC0")
    np.savez(work / "bank" / "bank.npz", **{"0": steps.wave})
    (work / "bank" / "bank.json").write_text(json.dumps([
        {"thing": steps.thing, "captions": steps.captions, "bed": False, "origin": steps.origin, "licence": "CC0"}
    ]))
    shelf = Shelf(bank.read(work / "bank"))
    spotting.train(work, steps=2, size=2)
    codec.train_autoencoder(work, shelf, steps=2, size=4)
    codec.train_vocoder(work, shelf, steps=2, size=4)
    listening.train(work, shelf, steps=2, size=8, sounds=8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "PART", 4)
        dataset.build(work, shelf, scenes=4)
    scenes = dataset.read(work)
    assert generator.train(work, scenes, SMALL, steps=1).done()
    assert generator.train(work, scenes, SMALL, steps=2).step == 2
    return work


def test_a_made_model_loads_checks_and_sounds(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "TEST_SOUNDS", 8)
    export(work, tmp_path / "model", SMALL, "test")
    card = read_card(tmp_path / "model")
    weights.check(card)
    assert all(stage["steps"] == 2 for stage in card.training["stages"].values())
    backbone = backbones.load(card)
    frames, channels = backbone.latent_shape(1.0)
    picture = torch.zeros(1, frames, 32)
    prepared = backbone.prepare(Conditions(1.0, ("footsteps on wood",), picture, torch.zeros(1, frames)))
    with torch.inference_mode():
        velocity = backbone.predict(torch.randn(1, frames, channels), torch.tensor([0.5]), prepared)
        assert torch.isfinite(backbone.decode(velocity)).all()
    curve, features = load_spotter(card).look(np.zeros((30, 64, 64), np.uint8))
    assert curve.shape == (30,) and features.shape == (30, 32)
    ear = load_text_audio(card)
    vectors = np.concatenate([ear.embed_text(["boots"]), ear.embed_audio(np.zeros((1, 100), np.float32))])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert "a/b.ogg" in (tmp_path / "model" / "CREDITS.md").read_text()


def test_latents_are_near_unit_size(work: Path) -> None:
    assert 0.3 < dataset.read(work).latents.float().std() < 3

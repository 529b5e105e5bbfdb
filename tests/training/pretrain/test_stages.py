"""The stages that make the bundled model run one after the other, go on after a stop, and end in a model that loads."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from engine import backbones, weights
from engine.backbones.base import Conditions
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import VisioSonic
from engine.conditioning.spotter import load_spotter
from engine.ranking.text_audio import load_text_audio
from engine.registry import read_card
from engine.spec import Refused
from training.pretrain import bank, codec, dataset, generator, likenesses, listening, spotting, vocoding
from training.pretrain.bank import Recording
from training.pretrain.export import STAGES, export
from training.pretrain.resume import resume
from training.pretrain.sounding import Shelf
from training.pretrain.words import reader

SMALL = VisioSonicConfig(width=32, heads=2, blocks=1, trunk=1)


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
    codec.train_texture(work, shelf, steps=2, size=2)
    vocoding.train_spectral(work, shelf, steps=2, size=2)
    vocoding.train_vocoder(work, shelf, steps=2, size=2)
    listening.train(work, shelf, steps=2, size=8, sounds=8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "PART", 2)
        dataset.build(work, shelf, pictures=2)
        patch.setattr(likenesses, "TRIES", likenesses.KEPT)
        likenesses.write(work, shelf, work)
    scenes, words = dataset.read(work), reader()
    assert generator.train(work, scenes, words, SMALL, steps=1).done()
    assert generator.train(work, scenes, words, SMALL, steps=2).step == 2
    return work


@pytest.fixture(scope="module")
def model(work: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the model that the stages end in."""
    folder = tmp_path_factory.mktemp("model")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listening, "TEST_SOUNDS", 8)
        patch.setattr(likenesses, "TRIES", likenesses.KEPT)
        export(work, folder, SMALL, "test")
    return folder


def sounds(work: Path) -> Shelf:
    return Shelf(bank.read(work / "bank"))


def test_a_made_model_loads_checks_and_sounds(work: Path, model: Path) -> None:
    card = read_card(model)
    weights.check(card)
    assert all(stage["steps"] == 2 for stage in card.training["stages"].values())
    backbone = backbones.load(card)
    assert backbone.likenesses is not None and len(backbone.likenesses.sounds) == len(sounds(work).takes)
    frames, channels = backbone.latent_shape(1.0)
    picture = torch.zeros(1, frames, 32)
    given = Conditions(1.0, ("footsteps on wood",), picture, picture[..., 0], torch.zeros(1, 384), picture[:, :9])
    prepared = backbone.prepare(given)
    with torch.inference_mode():
        velocity = backbone.predict(torch.randn(1, frames, channels), torch.tensor([0.5]), prepared)
        assert torch.isfinite(backbone.decode(velocity)).all()
    curve, features = load_spotter(card).look(np.zeros((30, 64, 64), np.uint8))
    assert curve.shape == (30,) and features.shape == (30, 32)
    ear = load_text_audio(card)
    vectors = np.concatenate([ear.embed_text(["boots"]), ear.embed_audio(np.zeros((1, 100), np.float32))])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert "a/b.ogg" in (model / "CREDITS.md").read_text()


def test_every_picture_has_several_soundings_each_with_a_sound_to_be_like(work: Path) -> None:
    scenes = dataset.read(work)
    assert scenes.pictures.tolist() == [picture for picture in range(2) for _ in range(dataset.SOUNDINGS)]
    assert len(scenes.things) == len(scenes.latents) == len(scenes.references) == len(scenes.pictures)
    assert scenes.latents.shape[1:] == scenes.features.shape[1:] == (dataset.FRAMES, 32)
    assert all(thing in scenes.captions for thing in scenes.things)


def test_a_batch_leaves_each_condition_out_now_and_then(work: Path) -> None:
    scenes, words = dataset.read(work), reader()
    drawn = [generator.draw(seed, scenes, words) for seed in range(30)]
    masks = [torch.cat([mask(batch.given) for batch in drawn]) for mask in (
        lambda given: given.heard.any(1), lambda given: given.has_picture, lambda given: given.has_seen,
        lambda given: given.has_events, lambda given: given.reference_heard.any(1))]
    others = 1 - generator.WORDS_ALONE
    shares = (1 - others * generator.DROP_TEXT, others * (1 - generator.DROP_PICTURE),
              others * (1 - generator.DROP_SEEN), 1 - generator.DROP_EVENTS)
    for mask, share in zip(masks, shares, strict=False):
        assert abs(mask.float().mean() - share) < 0.08
    given = others * (1 - generator.DROP_REFERENCE)
    assert abs(masks[-1].float().mean() - (given + (1 - given) * generator.LIKENESS)) < 0.08
    assert torch.equal(drawn[3].latent, generator.draw(3, scenes, words).latent)


def test_scenes_without_likenesses_are_refused_with_the_command_that_makes_them(work: Path, tmp_path: Path) -> None:
    (tmp_path / "scenes").symlink_to(work / "scenes")
    with pytest.raises(Refused, match="training.pretrain scenes"):
        dataset.read(tmp_path)


def test_where_no_reference_is_given_the_things_likeness_stands_in_its_place(work: Path) -> None:
    scenes, words = dataset.read(work), reader()
    names, made = sorted(scenes.captions), generator.draw(5, scenes, words).given
    stretches = {take.float().numpy().tobytes() for thing in scenes.things
                 for take in scenes.likenesses[names.index(thing)]}
    own = [reference.numpy().tobytes() in stretches for reference in made.reference]
    assert 0 < sum(own) < len(own)
    assert all(heard.all() for heard, alike in zip(made.reference_heard, own, strict=True) if alike)


def test_a_model_that_ships_is_gone_on_with(work: Path, model: Path, tmp_path: Path) -> None:
    again = tmp_path / "work"
    assert {path.stem for path in resume(model, again)} == set(STAGES)
    assert spotting.train(again, steps=2).done() and vocoding.train_spectral(again, Shelf([]), steps=2).done()
    scenes, words = dataset.read(work), reader()
    batch = generator.draw(1, scenes, words)
    nets = [VisioSonic(SMALL), VisioSonic(SMALL)]
    for net, folder in zip(nets, (work, again), strict=True):
        dataset.load_state(net, folder / "generator.pt")
    with torch.no_grad():
        one, two = (net(batch.latent, torch.full((len(batch.latent),), 0.3), net.prepare(batch.given)) for net in nets)
    assert torch.allclose(one, two, atol=1e-2)
    run = generator.train(again, scenes, words, SMALL, steps=4)
    assert run.step == 4 and run.anew == 2
    assert resume(model, again) == []


def test_words_behind_a_nearly_shut_gate_are_opened_and_say_the_same() -> None:
    net = VisioSonic(SMALL)
    attention = net.blocks[0].attention
    recall = attention.words
    with torch.no_grad():
        recall.gate.uniform_(-0.01, 0.01)
    tokens, asking = torch.randn(2, 5, 384), torch.randn(2, 2, 7, 16)
    before = recall(asking, recall.known(tokens), torch.zeros(2, 5))
    generator.opened(net)
    assert torch.allclose(recall(asking, recall.known(tokens), torch.zeros(2, 5)), before, atol=1e-6)
    assert (recall.gate == generator.OPEN).all()


def test_what_is_said_learns_as_fast_as_what_is_seen() -> None:
    """Sentence vectors have length 1: each of their 384 places is a twentieth of what other layers are given."""
    net = VisioSonic(SMALL)
    by = {id(p): group["times"] for group in generator.groups(net) for p in group["params"]}
    assert len(by) == len(list(net.parameters()))
    assert by[id(net.text_global.weight)] == pytest.approx(384**0.5, rel=0.05)
    assert by[id(net.picture_global.weight)] == by[id(net.blocks[0].up.weight)] == 1.0


def test_latents_are_near_unit_size(work: Path) -> None:
    assert 0.3 < dataset.read(work).latents.float().std() < 3

"""Pairs whose conditions differ in what there is: prompts of unlike length, with and without a sound to be like."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.backbones.base import Conditions, of_candidate
from engine.backbones.visiosonic.backbone import VisioSonicBackbone
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import VisioSonic
from engine.codecs.autoencoder import Autoencoder, AutoencoderConfig
from engine.codecs.vocoder import Vocoder, VocoderConfig
from engine.conditioning.sentence import Sentences
from engine.media.audio_file import write_wav
from engine.registry import ModelCard
from engine.spec import Recipe, Span
from training.adapters import attach
from training.config import DPOConfig
from training.examples import Encoded, encode_pairs, group, prepared
from training.preferences.pairs import Pair
from training.steps import draw, errors


def words(prompts):
    """One token a letter."""
    longest = max(1, *(len(prompt) for prompt in prompts))
    heard = torch.tensor([[i < len(prompt) for i in range(longest)] for prompt in prompts])
    return Sentences(heard[..., None].float().expand(-1, -1, 384), heard, torch.ones(len(prompts), 384) / 20)


@pytest.fixture(scope="module")
def backbone():
    torch.manual_seed(0)
    net = VisioSonic(VisioSonicConfig(width=32, heads=2, blocks=1, trunk=1))
    for parameter in net.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    card = ModelCard("small", "Small", "", "visiosonic", "none", 0, 44_100, 8.0)
    return VisioSonicBackbone(card, net, Autoencoder(AutoencoderConfig()),
                              Vocoder(VocoderConfig(width=16, inner=16, blocks=1)), words)


def encoded(name, text, reference, seen):
    given = Conditions(1.0, text, torch.randn(1, 22, 32), torch.rand(1, 22), seen, reference)
    pair = Pair(name, Recipe("", "", Span(0, 48_000)), "", "", 1, 2, 1.0, "human", name, "small")
    return Encoded(pair, torch.randn(22, 32), torch.randn(22, 32), given)


PAIRS = [("one", ("steps",), None, None), ("two", ("a long prompt",), torch.randn(1, 9, 32), torch.randn(1, 384)),
         ("three", None, torch.randn(1, 30, 32), None)]


def test_pieces_of_all_kinds_share_a_batch_and_stay_what_they_are(backbone):
    ones = [encoded(*pair) for pair in PAIRS]
    (whole,) = group(ones, backbone, 4.0)
    x, t = torch.randn(1, 22, 32).repeat(3, 1, 1), torch.full((3,), 0.4)
    with torch.no_grad():
        together = backbone.predict(x, t, prepared(whole.given, backbone))
        for one in ones:
            alone = backbone.predict(x[:1], t[:1], backbone.prepare(one.conditions))
            assert torch.allclose(together[whole.pair.index(one.pair.id)], alone[0], atol=1e-4)


def test_a_pair_is_learned_with_the_likeness_that_its_winner_followed(backbone, tmp_path):
    wav = str(tmp_path / "a.wav")
    write_wav(wav, np.full(48_000, 0.1, np.float32), 48_000)
    given = Conditions(1.0, ("steps",), likeness=torch.randn(1, 4, 64, 32))
    pairs = [Pair(str(seed), Recipe("", "", Span(0, 48_000)), wav, wav, seed, 9, 1.0, "human", "pick", "small")
             for seed in range(4)]
    found, skipped = encode_pairs(pairs, backbone, lambda recipe: given)
    assert not skipped and len({one.conditions.likeness.numpy().tobytes() for one in found}) == 4
    for one in found:
        assert torch.equal(one.conditions.likeness, of_candidate(given, one.pair.winner_seed).likeness)


def test_an_untrained_adapter_is_the_model_to_the_bit(backbone):
    config = DPOConfig(batch=4, rank=2)
    adapter = attach(backbone.module, config)
    try:
        groups = group([encoded(*pair) for pair in PAIRS], backbone, 4.0)
        winner, loser = errors(backbone, adapter, draw(groups, config, 0))
        assert torch.equal(winner.model, winner.reference) and torch.equal(loser.model, loser.reference)
    finally:
        adapter.unload()


@pytest.mark.parametrize("targets", ["text_global", "trunk", "picture_in", "reference_in"])
def test_layers_that_only_conditions_go_through_have_a_gradient(backbone, targets):
    config = DPOConfig(batch=8, rank=2, targets=targets)
    adapter = attach(backbone.module, config)
    try:
        groups = group([encoded(*pair) for pair in PAIRS], backbone, 4.0)
        winner, loser = errors(backbone, adapter, draw(groups, config, 0))
        (winner.model - loser.model).sum().backward()
        learning = [p.grad for name, p in adapter.named_parameters() if "lora_B" in name]
        assert learning and all(bool(gradient.any()) for gradient in learning)
    finally:
        adapter.unload()

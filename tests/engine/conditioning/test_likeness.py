"""Words bring the sound of what they name, where it is known; the designer's reference goes before it."""

from __future__ import annotations

import pytest
import torch

from engine import registry
from engine.backbones.base import Conditions
from engine.backbones.visiosonic.backbone import VisioSonicBackbone
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import VisioSonic
from engine.codecs.autoencoder import Autoencoder, AutoencoderConfig
from engine.codecs.vocoder import Vocoder, VocoderConfig
from engine.conditioning.likeness import Likenesses, load_likenesses
from engine.conditioning.sentence import SentenceEncoder, load_sentence

CARD = registry.model("visiosonic-mini")


@pytest.fixture(scope="module")
def words() -> SentenceEncoder:
    return load_sentence(CARD)


@pytest.fixture(scope="module")
def bundled() -> Likenesses:
    found = load_likenesses(CARD)
    assert found is not None
    return found


def thing_of(prompt: str, words: SentenceEncoder, known: Likenesses) -> torch.Tensor:
    sounds, found = known.like(words([prompt]).whole)
    assert found.item()
    return sounds[0]


def test_other_words_for_a_thing_find_the_same_sound(words: SentenceEncoder, bundled: Likenesses) -> None:
    gravel = thing_of("footsteps on gravel", words, bundled)
    assert torch.equal(thing_of("someone walks over gravel", words, bundled), gravel)
    assert not torch.equal(thing_of("heavy rain", words, bundled), gravel)


@pytest.mark.parametrize("prompt", ["", "quarterly tax report", "a string quartet in G minor"])
def test_words_for_nothing_known_find_nothing(prompt: str, words: SentenceEncoder, bundled: Likenesses) -> None:
    sounds, found = bundled.like(words([prompt]).whole)
    assert not found.item() and not sounds.any()


def test_every_sound_has_words_and_sounds(bundled: Likenesses) -> None:
    assert sorted(set(bundled.of.tolist())) == list(range(len(bundled.sounds)))
    assert bundled.sounds.shape[1:] == (64, 32) and (bundled.sounds.std(dim=(1, 2)) > 0.1).all()
    assert torch.allclose(bundled.captions.norm(dim=1), torch.ones(len(bundled.captions)), atol=1e-2)


def backbone(words: SentenceEncoder, known: Likenesses | None) -> VisioSonicBackbone:
    torch.manual_seed(0)
    net = VisioSonic(VisioSonicConfig(width=32, heads=2, blocks=1, trunk=1))
    codec = Autoencoder(AutoencoderConfig(width=16, inner=16, encoder_blocks=1, decoder_blocks=1))
    return VisioSonicBackbone(CARD, net, codec, Vocoder(VocoderConfig(width=16, inner=16, blocks=1)), words,
                              likenesses=known)


@torch.no_grad()
def test_the_designers_reference_goes_before_what_words_find(words: SentenceEncoder, bundled: Likenesses) -> None:
    knows, knows_not = backbone(words, bundled), backbone(words, None)
    own = Conditions(1.0, ("heavy rain",), reference=torch.randn(1, 9, 32))
    said = Conditions(1.0, ("heavy rain",))
    unsaid = Conditions(1.0, events=torch.zeros(1, 22))
    for given in (own, unsaid):
        one, two = knows.prepare(given).tensors, knows_not.prepare(given).tensors
        assert all(torch.equal(one[name], two[name]) for name in two)
    assert knows.prepare(said).tensors["reference"].shape[1] == 65
    assert knows_not.prepare(said).tensors["reference"].shape[1] == 1


@torch.no_grad()
def test_in_a_batch_only_words_that_are_known_bring_a_sound(words: SentenceEncoder, bundled: Likenesses) -> None:
    prepared = backbone(words, bundled).prepare(Conditions(1.0, ("heavy rain", "quarterly tax report")))
    assert prepared.tensors["reference_heard"].sum(dim=1).tolist() == [65, 1]

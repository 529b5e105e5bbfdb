"""VisioSonic's network: what its conditions do, in each of its forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
import torch

from engine.backbones.base import Conditions, Prepared, stack, without
from engine.backbones.visiosonic.backbone import VisioSonicBackbone
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import VisioSonic
from engine.codecs.autoencoder import Autoencoder, AutoencoderConfig
from engine.codecs.vocoder import Vocoder, VocoderConfig
from engine.conditioning.sentence import Sentences
from engine.registry import ModelCard

CARD = ModelCard("tiny", "Tiny", "", "visiosonic", "none", 0, 44_100, 8.0)
SECONDS, FRAMES = 0.9, 20
FORMS = [("channels", "co"), ("sequence", "co"), ("channels", "cross")]


class Words:
    """A sentence encoder of random vectors: each letter has one, the same wherever it stands."""

    def __call__(self, prompts: Sequence[str]) -> Sentences:
        letters = torch.randn(256, 384, generator=torch.Generator().manual_seed(0))
        longest = max(1, *(len(prompt) for prompt in prompts))
        words, heard = torch.zeros(len(prompts), longest, 384), torch.zeros(len(prompts), longest, dtype=torch.bool)
        for i, prompt in enumerate(prompts):
            words[i, : len(prompt)] = letters[[ord(letter) for letter in prompt]]
            heard[i, : len(prompt)] = True
        return Sentences(words, heard, torch.nn.functional.normalize(words.sum(1), dim=-1))


def backbone(fusion: str = "channels", text_attention: str = "co", shaken: bool = True) -> VisioSonicBackbone:
    """A small one, with nothing left at its zero initialisation where it is shaken."""
    torch.manual_seed(0)
    config = VisioSonicConfig(width=32, heads=2, blocks=2, trunk=1, fusion=fusion, text_attention=text_attention)  # type: ignore[arg-type]
    net = VisioSonic(config)
    for parameter in net.parameters() if shaken else ():
        torch.nn.init.normal_(parameter, std=0.2)
    codec = Autoencoder(AutoencoderConfig(width=16, inner=16, encoder_blocks=1, decoder_blocks=1))
    return VisioSonicBackbone(CARD, net, codec,
                              Vocoder(VocoderConfig(width=16, inner=16, blocks=1)), Words())  # type: ignore[arg-type]


def everything(text: str = "boots") -> Conditions:
    torch.manual_seed(1)
    return Conditions(SECONDS, (text,), torch.randn(1, FRAMES, 32), torch.rand(1, FRAMES), torch.randn(1, 384),
                      torch.randn(1, 9, 32))


def velocity(made: VisioSonicBackbone, *given: Conditions, t: float = 0.3) -> torch.Tensor:
    """(given, frames, 32) from the same noise for all."""
    torch.manual_seed(2)
    x = torch.randn(1, FRAMES, 32).repeat(len(given), 1, 1)
    with torch.inference_mode():
        return made.predict(x, torch.full((len(given),), t), stack(*(made.prepare(one) for one in given)))


@pytest.mark.parametrize(("fusion", "text_attention"), FORMS)
def test_each_condition_changes_the_velocity(fusion: str, text_attention: str) -> None:
    made, given = backbone(fusion, text_attention), everything()
    before = velocity(made, given)
    changes = {"text": ("glass",), "picture": torch.randn(1, FRAMES, 32), "events": torch.rand(1, FRAMES),
               "seen": torch.randn(1, 384), "reference": torch.randn(1, 9, 32)}
    assert before.shape == (1, FRAMES, 32)
    assert not torch.allclose(before, velocity(made, given, t=0.6), atol=1e-4)
    for name, other in changes.items():
        changed, dropped = (velocity(made, replace(given, **{name: value})) for value in (other, None))
        assert not torch.allclose(before, changed, atol=1e-4), name
        assert not torch.allclose(before, dropped, atol=1e-4), name
        assert not torch.allclose(changed, dropped, atol=1e-4), name


def test_no_events_and_an_empty_curve_are_different_things() -> None:
    made = backbone()
    free, silent = Conditions(SECONDS), Conditions(SECONDS, events=torch.zeros(1, FRAMES))
    assert not torch.allclose(velocity(made, free), velocity(made, silent), atol=1e-4)


@pytest.mark.parametrize("text_attention", ["co", "cross"])
def test_at_first_neither_words_nor_reference_are_attended_to(text_attention: str) -> None:
    made = backbone(text_attention=text_attention, shaken=False)
    for parameter in (made.module.modulation.weight, made.module.leave.weight, made.module.last_modulation.weight):
        torch.nn.init.normal_(parameter, std=0.2)
    net = made.module
    for layer in (net.text_global, net.seen_global, net.timbre_global):
        torch.nn.init.zeros_(layer.weight)
    assert torch.equal(velocity(made, everything()), velocity(made, without(everything(), "text", "seen", "reference")))


def test_an_empty_prompt_is_a_missing_one() -> None:
    made = backbone()
    one, other = made.prepare(Conditions(SECONDS, ("", ""))), made.prepare(Conditions(SECONDS))
    for name, tensor in other.tensors.items():
        assert torch.allclose(one.tensors[name][1:].float(), tensor.float(), atol=1e-4), name


def test_of_a_reference_three_seconds_are_heard() -> None:
    made, long = backbone(), torch.randn(1, 100, 32)
    whole, start = (made.prepare(Conditions(SECONDS, reference=long[:, :n])) for n in (100, 64))
    assert all(torch.equal(whole.tensors[name], start.tensors[name]) for name in whole.tensors)


@pytest.mark.parametrize(("fusion", "text_attention"), FORMS)
def test_a_row_does_not_hang_on_its_neighbours(fusion: str, text_attention: str) -> None:
    made = backbone(fusion, text_attention)
    rows = [everything("boots on gravel"), Conditions(SECONDS), everything("a very long prompt of water and glass"),
            replace(everything(), reference=None)]
    both = velocity(made, *rows)
    for i, row in enumerate(rows):
        assert torch.allclose(both[i], velocity(made, row)[0], atol=1e-5)


def test_wrong_lengths_and_batches_are_named() -> None:
    with pytest.raises(ValueError, match="events has 19 frames"):
        backbone().prepare(Conditions(SECONDS, events=torch.zeros(1, 19)))
    with pytest.raises(ValueError, match="batches differ"):
        backbone().prepare(Conditions(SECONDS, ("a", "b"), torch.randn(1, FRAMES, 32)))


def test_half_precision_hardly_shows() -> None:
    made, given = backbone(), everything()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rough = velocity(made, given)
    exact = velocity(made, given)
    assert rough.dtype == torch.float32
    assert (rough - exact).square().mean() < 1e-3 * exact.square().mean()


def test_latents_cover_the_sound_to_the_sample() -> None:
    made = backbone()
    for seconds in (0.3, 1.0, 6.04, 8.0):
        frames, channels = made.latent_shape(seconds)
        with torch.inference_mode():
            wave = made.decode(torch.randn(1, frames, channels))
        assert wave.shape[-1] >= seconds * 44_100
        assert made.encode(wave).shape == (1, frames, channels)


def test_dropping_conditions_leaves_one_row() -> None:
    made = backbone()
    assert made.prepare(everything()).batch == made.prepare(without(everything())).batch == 1


def test_decoding_draws_its_noise_from_the_seed() -> None:
    made, latent = backbone(), torch.randn(1, 10, 32)
    with torch.inference_mode():
        assert torch.equal(made.decode(latent, 3), made.decode(latent, 3))
        assert not torch.allclose(made.decode(latent, 3), made.decode(latent, 4))


def test_stacking_fills_the_shorter_with_nothing() -> None:
    one, other = Prepared({"a": torch.ones(1, 2, 3)}), Prepared({"a": torch.ones(2, 4, 3)})
    both = stack(one, other).tensors["a"]
    assert both.shape == (3, 4, 3)
    assert both[0, 2:].eq(0).all() and both[1:].eq(1).all()


def test_a_part_decoded_by_itself_fits_into_the_whole() -> None:
    made, latent = backbone(), torch.randn(1, 60, 32)
    with torch.inference_mode():
        whole, part = made.decode(latent, 3), made.decode(latent[:, 10:], 3, 10)
        elsewhere = made.decode(latent[:, 10:], 3)
    middle = slice(20 * 2048, 40 * 2048)
    expected = whole[0, 10 * 2048 :][middle]
    near, far = ((one[0, middle] - expected).abs().mean() for one in (part, elsewhere))
    assert near < 0.1 * far

"""Words bring the sound of what they name, where it is known; the designer's reference goes before it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
import torch

from engine import registry
from engine.backbones.base import of_candidate, turns_of, without
from engine.backbones.visiosonic.backbone import VisioSonicBackbone
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import VisioSonic
from engine.codecs.autoencoder import Autoencoder, AutoencoderConfig
from engine.codecs.vocoder import Vocoder, VocoderConfig
from engine.conditioning.likeness import Likenesses, load_likenesses
from engine.conditioning.scene import Scene
from engine.conditioning.sentence import SentenceEncoder, load_sentence
from engine.generation import Plan, latents
from engine.media.probe import probe
from engine.spec import Recipe, Span

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
    things, found = known.like(words([prompt]).whole)
    assert found.item()
    return known.sounds[things[0]]


def test_other_words_for_a_thing_find_the_same_sound(words: SentenceEncoder, bundled: Likenesses) -> None:
    gravel = thing_of("footsteps on gravel", words, bundled)
    assert torch.equal(thing_of("someone walks over gravel", words, bundled), gravel)
    assert not torch.equal(thing_of("heavy rain", words, bundled), gravel)


@pytest.mark.parametrize("prompt", ["", "quarterly tax report", "a string quartet in G minor"])
def test_words_for_nothing_known_find_nothing(prompt: str, words: SentenceEncoder, bundled: Likenesses) -> None:
    _, found = bundled.like(words([prompt]).whole)
    assert not found.item()


def test_every_sound_has_words_and_sounds(bundled: Likenesses) -> None:
    assert sorted(set(bundled.of.tolist())) == list(range(len(bundled.sounds)))
    assert bundled.sounds.shape[1:] == (4, 64, 32) and (bundled.sounds.std(dim=(2, 3)) > 0.1).all()
    fine = bundled.fine(torch.arange(len(bundled.sounds)))
    assert fine.shape[1:] == (4, 128, 256) and fine.abs().amax() <= 2 and (fine.std(dim=(2, 3)) > 0.05).all()
    assert torch.allclose(bundled.captions.norm(dim=1), torch.ones(len(bundled.captions)), atol=1e-2)


def test_a_thing_has_takes_that_differ(bundled: Likenesses) -> None:
    for one, other in combinations(bundled.sounds.unbind(dim=1), 2):
        assert ((one - other).abs().mean(dim=(1, 2)) > 0.05).all()


def backbone(words: SentenceEncoder, known: Likenesses | None) -> VisioSonicBackbone:
    torch.manual_seed(0)
    net = VisioSonic(VisioSonicConfig(width=32, heads=2, blocks=1, trunk=1))
    for parameter in net.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    codec = Autoencoder(AutoencoderConfig(width=16, inner=16, encoder_blocks=1, decoder_blocks=1))
    return VisioSonicBackbone(CARD, net, codec, Vocoder(VocoderConfig(width=16, inner=16, blocks=1)), words,
                              likenesses=known)


def ignore_work(done: int, work: int) -> None:
    """Nobody watches."""


def scene(bunny: Path, **asked: object) -> Scene:
    media = probe(bunny)
    recipe = replace(Recipe(str(bunny), media.hash, Span(0, 48_000)), **asked)  # type: ignore[arg-type]
    return Scene(recipe, media, 1.0)


def test_words_bring_a_likeness_that_no_guidance_takes_away(words: SentenceEncoder, bundled: Likenesses,
                                                            bunny: Path) -> None:
    knows = backbone(words, bundled)
    given = knows.conditions(scene(bunny, prompt="heavy rain"))
    assert given.likeness is not None
    assert torch.equal(given.likeness[0], thing_of("rain pours down", words, bundled))
    whole, unsaid = knows.prepare(given), knows.prepare(without(given, "text"))
    assert torch.equal(whole.tensors["reference"], unsaid.tensors["reference"])
    assert whole.tensors["reference"].shape[-2] == 65


def test_candidates_take_turns_at_it(words: SentenceEncoder, bundled: Likenesses, bunny: Path) -> None:
    knows, seeds = backbone(words, bundled), (10, 11, 12, 13)
    given = knows.conditions(scene(bunny, prompt="heavy rain"))
    assert given.likeness is not None and turns_of(given) == 4
    heard = [of_candidate(given, seed).likeness for seed in seeds]
    assert len({one.numpy().tobytes() for one in heard if one is not None}) == 4
    assert torch.equal(heard[0], of_candidate(given, 14).likeness)  # type: ignore[arg-type]

    plan = Plan("euler", 2, 3.0)
    four = latents(knows, given, plan, seeds, 4, ignore_work)
    for seed, together in zip(seeds, four, strict=True):
        assert torch.equal(latents(knows, given, plan, (seed,), 4, ignore_work)[0], together)
    other = given.likeness.clone()
    other[:, 1] = 0
    made = latents(knows, replace(given, likeness=other), plan, seeds, 4, ignore_work)
    assert [torch.equal(a, b) for a, b in zip(made, four, strict=True)] == [seed % 4 != 1 for seed in seeds]


@pytest.mark.parametrize("prompt", ["", "quarterly tax report"])
def test_words_for_nothing_known_bring_no_likeness(prompt: str, words: SentenceEncoder, bundled: Likenesses,
                                                   bunny: Path) -> None:
    knows, knows_not = backbone(words, bundled), backbone(words, None)
    one, two = (made.conditions(scene(bunny, prompt=prompt)) for made in (knows, knows_not))
    assert one.likeness is None
    made, wanted = knows.prepare(one).tensors, knows_not.prepare(two).tensors
    assert all(torch.equal(made[name], part) for name, part in wanted.items())


def test_the_designers_reference_and_words_without_weight_go_before(words: SentenceEncoder, bundled: Likenesses,
                                                                    bunny: Path) -> None:
    knows, said = backbone(words, bundled), scene(bunny, prompt="heavy rain")
    assert knows.conditions(replace(said, left_out=frozenset({"text"}))).likeness is None
    referred = knows.conditions(scene(bunny, prompt="heavy rain", reference=str(bunny)))
    assert referred.reference is not None and referred.likeness is None


def at_one_level(mel: torch.Tensor) -> torch.Tensor:
    """Each frame without its mean over the bands, which stays the generated sound's."""
    return mel - mel.mean(dim=0)


def test_each_candidate_takes_its_grain_from_the_sound_that_it_follows(words: SentenceEncoder, bundled: Likenesses,
                                                                       bunny: Path) -> None:
    knows = backbone(words, bundled)
    given = knows.conditions(scene(bunny, prompt="heavy rain"))
    assert given.fine is not None and given.likeness is not None
    latent = given.likeness[0, 2, 8:40]
    with torch.inference_mode():
        mine, others = (knows.grain(latent, of_candidate(given, seed)) for seed in (2, 3))
        assert mine is not None and others is not None and mine.shape == others.shape == (32, 128, 4)
        wanted = knows.middle(given.likeness[:, 2])[0] + given.fine[0, 2]
        found = mine.transpose(0, 1).flatten(1)
        whole = knows.grain(given.likeness[0, 2], of_candidate(given, 2))
        assert whole is not None
        torch.testing.assert_close(at_one_level(whole.transpose(0, 1).flatten(1)), at_one_level(wanted))
        # Of a part, the ends may differ: its own middle does, as far as the decoder looks beyond them.
        torch.testing.assert_close(at_one_level(found)[:, 28:-28], at_one_level(wanted)[:, 60:132], atol=1e-4, rtol=0)
        assert not torch.allclose(others, mine, atol=0.1)
        assert knows.grain(latent, replace(given, fine=None)) is None


def test_a_long_sound_decoded_in_parts_has_the_same_grain(words: SentenceEncoder, bundled: Likenesses,
                                                          bunny: Path) -> None:
    knows = backbone(words, bundled)
    given = of_candidate(knows.conditions(scene(bunny, prompt="heavy rain")), 0)
    latent = torch.randn(300, 32)
    with torch.inference_mode():
        grain = knows.grain(latent, given)
        assert grain is not None
        whole, part = knows.decode(latent[None], 1, 0, grain[None]), knows.decode(latent[None, 100:200], 1, 100,
                                                                                  grain[None, 100:200])
    inner = slice(30 * 2048, 70 * 2048)
    torch.testing.assert_close(part[:, inner], whole[:, 100 * 2048 : 200 * 2048][:, inner], atol=1e-3, rtol=0)


def test_a_take_or_a_reference_gives_its_grain_in_place_of_the_likeness(words: SentenceEncoder, bundled: Likenesses,
                                                                        bunny: Path) -> None:
    knows = backbone(words, bundled)
    given = of_candidate(knows.conditions(scene(bunny, prompt="heavy rain")), 0)
    take = torch.randn(40 * 2048, generator=torch.Generator().manual_seed(1)) * torch.linspace(0.01, 0.2, 40 * 2048)
    with torch.inference_mode():
        latent = knows.encode(take[None])[0]
        grain = knows.grain(latent, given, take)
        assert grain is not None
        found, mel = grain.transpose(0, 1).flatten(1), knows.mel(take[None])[0]
        torch.testing.assert_close(at_one_level(found), at_one_level(mel), atol=1e-4, rtol=0)
        long = torch.zeros(61 * 44_100)
        torch.testing.assert_close(knows.grain(latent, given, long), knows.grain(latent, given))

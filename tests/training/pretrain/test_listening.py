"""How the ear learns: which words are right for which sounds, what it is given to hear, and how it is calibrated."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.ranking.text_audio import TextAudioConfig, TextAudioNet
from training.pretrain import hearing
from training.pretrain.bank import Recording
from training.pretrain.hearing import SILENCE, Heard
from training.pretrain.listening import Things, agreement, scale
from training.pretrain.sounding import Shelf
from training.pretrain.things import THINGS
from training.pretrain.words import UNSAID, reader

WAVE = np.sin(np.arange(20_000) / 20).astype(np.float32)


def shelf(*things: str) -> Shelf:
    """These things alone, without those that are made by formula."""
    own = Shelf([Recording(WAVE, t, THINGS[t].captions, THINGS[t].kind == "bed", f"p: {t}", "CC0") for t in things])
    own.takes = {thing: own.takes[thing] for thing in things}
    return own


def test_things_of_like_words_are_a_little_right_for_each_other() -> None:
    things = Things(shelf("door/wood", "door/steel", "bed/rain"), reader())
    wood, steel, rain = (things.number[name] for name in ("door/wood", "door/steel", "bed/rain"))
    assert torch.equal(things.right.diagonal(), torch.ones(3))
    assert 0.1 < things.right[wood, steel] < 0.5
    assert things.right[wood, rain] == things.right[rain, steel] == 0


def test_words_that_fit_their_sounds_agree() -> None:
    torch.manual_seed(0)
    net = TextAudioNet(TextAudioConfig(channels=(4, 4, 4), width=16, embedding=8)).eval()
    vectors = torch.nn.functional.normalize(torch.randn(4, 8), dim=-1)
    net.hear = lambda mel: vectors  # type: ignore[method-assign]
    net.read = lambda whole: vectors[whole.long()]  # type: ignore[method-assign]
    right = agreement(net, torch.zeros(4), torch.arange(4), torch.eye(4))
    wrong = agreement(net, torch.zeros(4), torch.tensor([1, 2, 3, 0]), torch.eye(4))
    assert right < wrong


def test_a_stretch_has_sound_in_it_and_silence_behind_it() -> None:
    mel = np.full((600, 128), -11.0, np.float16)
    mel[400:420] = 0
    long, short = Heard(mel, "hit/wood"), Heard(np.zeros((30, 128), np.float16), "hit/wood")
    for seed in range(20):
        both = hearing.batch(np.random.default_rng(seed), [long, short], 100)
        assert both.shape == (2, 128, 100)
        assert both[0].max() == 0
        assert both[1, :, :30].min() == 0 and both[1, :, 30:].max() == pytest.approx(SILENCE)
    masked = hearing.masked(np.random.default_rng(0), both)
    assert masked.shape == both.shape and torch.isfinite(masked).all()


@pytest.mark.parametrize("thing", ["hit/wood", "animal/dog", "bed/rain"])
@pytest.mark.parametrize("seconds", [0.7, 8.0])
def test_every_kind_of_thing_can_be_played_by_itself(thing: str, seconds: float) -> None:
    wave = hearing.played(np.random.default_rng(0), shelf(thing), thing, seconds)
    assert len(wave) == int(seconds * 44_100)
    assert 0.5 < np.abs(wave).max() < 1


def test_the_scale_has_its_middle_where_errors_balance() -> None:
    torch.manual_seed(0)
    own, others = 0.6 + 0.1 * torch.randn(500), 0.1 + 0.2 * torch.randn(20_000)
    found = scale(own, others)
    below = float(np.mean([found.level(c) < 0.5 for c in own.tolist()]))
    above = float(np.mean([found.level(c) > 0.5 for c in others.tolist()]))
    assert below == pytest.approx(above, abs=0.01)
    assert found.related - found.unrelated == pytest.approx(0.5, abs=0.03)


def test_what_is_asked_for_unsaid_is_in_no_caption() -> None:
    captions = {caption for thing in THINGS.values() for caption in thing.captions}
    assert not captions & set(UNSAID)
    assert set(UNSAID.values()) <= set(THINGS)

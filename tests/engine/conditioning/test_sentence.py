"""The sentence encoder: the published model's vectors, and what a prompt means."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from engine import registry
from engine.conditioning.sentence import LONGEST, SentenceEncoder, load_sentence

GOLDEN = Path(__file__).parent / "golden" / "minilm.npz"
"""Made once from the published single-precision weights with transformers' BertModel, mean pooling, unit length."""


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return load_sentence(registry.model("visiosonic-mini"))


def near(encoder: SentenceEncoder, one: str, other: str) -> float:
    whole = encoder([one, other]).whole
    return float(whole[0] @ whole[1])


def test_vectors_are_the_published_models(encoder: SentenceEncoder) -> None:
    """Half-precision weights move a unit vector's entries by under 0.001, its direction by a cosine under 0.00001."""
    golden = np.load(GOLDEN)
    told = encoder([str(prompt) for prompt in golden["prompts"]])
    assert np.abs(told.whole.numpy() - golden["whole"]).max() < 1e-3
    assert (told.whole.numpy() * golden["whole"]).sum(1).min() > 1 - 1e-5
    for i in range(2):
        states = golden[f"words_{i}"]
        assert told.heard[i].sum() == len(states)
        assert np.abs(told.words[i, : len(states)].numpy() - states).max() < 0.01


def test_a_prompt_means_the_same_in_any_company(encoder: SentenceEncoder) -> None:
    alone = encoder(["rain"])
    crowd = encoder(["a long freight train passing by slowly in the night", "rain", "", "rain"])
    for row in (1, 3):
        assert torch.equal(crowd.whole[row], alone.whole[0])
        assert torch.equal(crowd.words[row][crowd.heard[row]], alone.words[0][alone.heard[0]])


def test_a_prompt_without_words_is_not_heard(encoder: SentenceEncoder) -> None:
    for prompts in (["", "  "], ["rain", " "]):
        told = encoder(prompts)
        assert not told.heard[1].any() and not told.whole[1].any() and not told.words[1].any()
        assert told.words.shape == (2, told.heard.shape[1], 384)
    assert encoder([""]).words.shape[1] >= 1


def test_capitals_and_blanks_say_nothing(encoder: SentenceEncoder) -> None:
    assert near(encoder, "Dog  Barking ", "dog barking") == pytest.approx(1, abs=1e-6)


def test_only_the_beginning_of_a_very_long_prompt_is_read(encoder: SentenceEncoder) -> None:
    told = encoder(["clank " * 200, "🥁 ☃ \x00 漢字"])
    assert told.heard[0].sum() == LONGEST
    assert torch.isfinite(told.words).all()


@pytest.mark.parametrize(("said", "meant", "not_meant"), [
    ("sledgehammer on iron", "hammering metal", "rain"),
    ("downpour", "rain falling", "a dog barking"),
    ("hound growling", "dog barking", "glass breaking"),
    ("locomotive rolling by", "a train passing", "footsteps on wood"),
    ("mug falls on the tiles", "glass breaking on the floor", "wind blowing"),
    ("someone walks in the snow", "footsteps on snow", "hammering metal"),
    ("a car", "an engine running", "a church bell"),
])
def test_words_never_trained_on_lie_near_what_they_mean(
    encoder: SentenceEncoder, said: str, meant: str, not_meant: str
) -> None:
    assert near(encoder, said, meant) > near(encoder, said, not_meant) + 0.1


def test_whoever_learns_beside_it_gets_vectors_that_can_be_learned_from(encoder: SentenceEncoder) -> None:
    layer = torch.nn.Linear(384, 2)
    layer(encoder(["rain"]).whole).sum().backward()
    assert layer.weight.grad is not None

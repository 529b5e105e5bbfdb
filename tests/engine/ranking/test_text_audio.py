"""The ear: what must hold of it whatever its weights are."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine import registry
from engine.conditioning.sentence import load_sentence
from engine.ranking.text_audio import TextAudioConfig, TextAudioEmbedding, TextAudioNet, load_text_audio, to_config

RATE = 44_100


@pytest.fixture(scope="module")
def ear() -> TextAudioEmbedding:
    torch.manual_seed(0)
    net = TextAudioNet(TextAudioConfig(channels=(4, 8, 8), width=32, embedding=16))
    return TextAudioEmbedding(net, load_sentence(registry.model("visiosonic-mini")))


def blow(at: float, seconds: float) -> np.ndarray:
    rng, n = np.random.default_rng(0), int(seconds * RATE)
    wave = np.zeros(n, np.float32)
    t = np.arange(min(RATE // 2, n - int(at * RATE))) / RATE
    wave[int(at * RATE) : int(at * RATE) + len(t)] = 0.3 * rng.standard_normal(len(t)) * np.exp(-t / 0.05)
    return wave


def near(one: np.ndarray, other: np.ndarray) -> float:
    return float((one * other).sum())


def test_vectors_have_length_one_however_short_or_long_the_sound(ear: TextAudioEmbedding) -> None:
    for samples in (0, 1, 1000, RATE // 2, 8 * RATE):
        assert np.linalg.norm(ear.embed_audio(np.zeros((1, samples), np.float32))) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(ear.embed_text(["rain", ""]), axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_loudness_does_not_count(ear: TextAudioEmbedding) -> None:
    loud, soft = (ear.embed_audio(gain * blow(0.5, 2)[None])[0] for gain in (1.0, 0.25))
    assert near(loud, soft) > 0.99


def test_sounds_are_heard_one_by_one(ear: TextAudioEmbedding) -> None:
    both = np.stack([blow(0.5, 2), blow(1.2, 2)])
    assert np.allclose(ear.embed_audio(both)[1], ear.embed_audio(both[1:])[0], atol=1e-5)


def test_a_card_tells_the_size_of_the_ear() -> None:
    config = TextAudioConfig(channels=(4, 8, 8), width=32)
    assert to_config({"channels": [4, 8, 8], "width": 32}) == config
    assert to_config({}) == TextAudioConfig()


def noise(seconds: float) -> np.ndarray:
    return (0.1 * np.random.default_rng(0).standard_normal(int(seconds * RATE))).astype(np.float32)


def rung(seconds: float, fades_s: float, *hz: float) -> np.ndarray:
    """Blows 0.7 s apart, each of these partials."""
    wave = np.zeros(int(seconds * RATE), np.float32)
    for start in range(RATE // 2, len(wave) - RATE // 2, int(0.7 * RATE)):
        t = np.arange(len(wave) - start) / RATE
        wave[start:] += (0.2 * np.exp(-t / fades_s) * sum(np.sin(2 * np.pi * f * t) for f in hz)).astype(np.float32)
    return wave


@pytest.mark.parametrize(("said", "meant"), [
    ("a steady downpour", 0), ("heavy rain", 0), ("somebody knocks on a plank", 1), ("knocking on wood", 1),
    ("a steel bar that rings on and on", 2),
])
def test_the_bundled_ear_tells_drawn_sounds_apart_by_what_is_said(said: str, meant: int) -> None:
    card = registry.model("visiosonic-mini")
    ear = load_text_audio(card)
    sounds = np.stack([noise(4), rung(4, 0.02, 420, 910, 1500), rung(4, 0.6, 1230, 2710, 4020, 6130)])
    assert np.argmax(ear.embed_audio(sounds) @ ear.embed_text([said])[0]) == meant

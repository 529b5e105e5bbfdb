"""Onsets of sounds whose onsets are known."""

from __future__ import annotations

import numpy as np
import pytest

from engine.ranking.onsets import onsets

RATE = 48_000
TIMES = (0.0, 0.5, 1.2, 1.35, 2.5, 4.0)


def hits(times: tuple[float, ...], hz: float | None, gains: tuple[float, ...] = (), seconds: float = 5) -> np.ndarray:
    """Decaying noise (hz None) or tones at the times."""
    rng = np.random.default_rng(0)
    wave = np.zeros(int(seconds * RATE), np.float32)
    t = np.arange(RATE // 2) / RATE
    for i, at in enumerate(times):
        body = rng.standard_normal(len(t)) if hz is None else np.sin(2 * np.pi * hz * t)
        start = int(at * RATE)
        part = (body * np.exp(-t / 0.08) * (gains[i] if gains else 0.4))[: len(wave) - start]
        wave[start : start + len(part)] += part
    return wave


def at(wave: np.ndarray) -> list[float]:
    return [onset.at for onset in onsets(wave)]


@pytest.mark.parametrize("hz", [None, 120.0, 440.0, 3000.0])
def test_hits_are_found_within_10_ms(hz: float | None):
    assert at(hits(TIMES, hz)) == pytest.approx(TIMES, abs=0.01)


def test_a_hit_20_db_softer_is_found_and_is_weaker():
    loud, soft = onsets(hits((0.5, 2.5), None, (0.5, 0.05)))
    assert soft.at == pytest.approx(2.5, abs=0.01)
    assert soft.strength < loud.strength


@pytest.mark.parametrize("gain", [0.01, 0.1, 1.0])
def test_the_level_of_the_file_does_not_matter(gain: float):
    assert at(hits(TIMES, None) * np.float32(gain)) == at(hits(TIMES, None))


def test_hits_stand_out_of_noise():
    noise = np.random.default_rng(1).standard_normal(5 * RATE).astype(np.float32) * 0.005
    found = at(hits((0.5, 1.2, 4.0), 300.0) + noise)
    assert [t for t in found if t > 0.1] == pytest.approx((0.5, 1.2, 4.0), abs=0.015)


@pytest.mark.parametrize("wave", ["noise", "tone"])
def test_a_steady_sound_has_no_hits(wave: str):
    t = np.arange(3 * RATE) / RATE
    steady = {"noise": np.random.default_rng(2).standard_normal(len(t)), "tone": np.sin(2 * np.pi * 440 * t)}[wave]
    assert at((steady * 0.1).astype(np.float32)) == []


@pytest.mark.parametrize("length", [0, 1, 100, 1024, RATE])
def test_silence_of_any_length_has_none(length: int):
    assert onsets(np.zeros(length, np.float32)) == ()


@pytest.mark.parametrize("length", [1, 10, 500, 2000])
def test_a_sound_of_a_few_samples_is_no_trouble(length: int):
    onsets(np.ones(length, np.float32))

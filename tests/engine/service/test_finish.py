"""Whatever a decoder gives, what lies on the track is safe to play."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import pytest

from engine.audio.finish import finish
from engine.audio.loudness import loudest, true_peak

RATE = 48_000
CEILING = 10 ** (-1 / 20)


def noise(seconds: float, gain: float, rate: int = 44_100) -> np.ndarray:
    return np.random.default_rng(0).standard_normal(int(seconds * rate)).astype(np.float32) * gain


@pytest.mark.parametrize("length", [1, 480, 14_400, 96_001, 383_999])
def test_the_length_is_exact_however_much_was_decoded(length: int):
    for seconds in (0.01, 2.0, 9.0):
        assert finish(noise(seconds, 0.1), 44_100, length).shape == (length,)


@pytest.mark.parametrize("gain", [1e-3, 0.1, 1.0, 30.0])
def test_the_true_peak_stays_below_the_ceiling(gain: float):
    assert true_peak(finish(noise(1.0, gain), 44_100, RATE)) <= CEILING


def test_a_loud_sound_comes_down_and_a_soft_one_up_and_one_between_stays():
    assert loudest(finish(noise(2, 0.5), 44_100, 2 * RATE)) == pytest.approx(-16, abs=0.5)
    assert loudest(finish(noise(2, 0.006), 44_100, 2 * RATE)) == pytest.approx(-32, abs=0.5)
    between = noise(2, 0.05, RATE)
    assert finish(between, RATE, 2 * RATE)[RATE : RATE + 100] == pytest.approx(between[RATE : RATE + 100], abs=0.02)


def test_silence_stays_silence_and_what_is_nearly_silent_stays_soft():
    assert not finish(np.zeros(RATE), 44_100, RATE).any()
    assert np.abs(finish(noise(1, 1e-5), 44_100, RATE)).max() < 1e-3


def test_zero_is_zero_and_edges_do_not_click():
    wave = finish(noise(1, 0.1) + 0.3, 44_100, RATE)
    assert abs(wave.mean()) < 1e-3
    assert wave[0] == 0
    assert abs(wave[-1]) < 1e-6


@pytest.mark.parametrize("seconds", [0.1, 0.5, 3.0])
def test_a_boom_that_is_cut_short_rests_on_zero_all_the_same(seconds: float):
    at = np.arange(RATE) / RATE
    boom = finish(np.sin(2 * np.pi * 22 * at) * np.exp(-3 * at), RATE, int(seconds * RATE))
    assert abs(boom.mean()) < 1e-5 and np.abs(boom).max() > 0.1
    assert boom[0] == 0 and abs(boom[-1]) < 1e-6


def test_what_is_no_number_becomes_silence():
    assert np.isfinite(finish(np.array([np.nan, np.inf, 0.1] * 1000), 44_100, RATE)).all()


def test_loudness_is_that_of_the_standard():
    wave = noise(3, 0.1, RATE)
    assert loudest(wave) == pytest.approx(pyloudnorm.Meter(RATE).integrated_loudness(wave), abs=0.2)


def test_a_sound_shorter_than_the_standards_window_is_measured():
    assert -40 < loudest(noise(0.05, 0.3, RATE)) < -10


def test_peaks_between_samples_are_seen():
    t = np.arange(RATE) / RATE
    wave = np.sin(2 * np.pi * (RATE / 4) * t + np.pi / 4).astype(np.float32)
    assert np.abs(wave).max() < 0.71
    assert true_peak(wave[1000:-1000]) == pytest.approx(1.0, abs=0.15)

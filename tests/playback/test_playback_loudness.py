"""Loudness against the library that others use, and where that gives up."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import pytest

from engine.spec import SAMPLE_RATE
from foleydesk.playback.loudness import SILENCE_LUFS, Meter, matching_gains_db, measure


def sine(seconds: float, level: float = 0.5, hz: float = 1000.0) -> np.ndarray:
    return (level * np.sin(2 * np.pi * hz * np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE)).astype(np.float32)


def steps(seconds: float, channels: int) -> np.ndarray:
    """Noise that comes and goes, as footsteps do."""
    rng = np.random.default_rng(3)
    n = int(seconds * SAMPLE_RATE)
    beat = np.exp(-12 * (np.arange(n) % 33_000) / SAMPLE_RATE)
    return (rng.normal(0, 0.1, (n, channels)) * beat[:, None]).astype(np.float32)


@pytest.mark.parametrize("sound", [sine(3), steps(7, 1), steps(7, 2), sine(0.5)], ids=["sine", "one", "two", "half"])
def test_it_agrees_with_pyloudnorm(sound: np.ndarray):
    expected = pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(sound.astype(np.float64))
    assert measure(sound).lufs == pytest.approx(expected, abs=0.1)


def test_a_full_scale_sine_is_as_loud_as_the_standard_says():
    assert measure(sine(5, 1.0, 997.0)).lufs == pytest.approx(-3.01, abs=0.05)


@pytest.mark.parametrize("seconds", [0.001, 0.05, 0.2, 0.39, 0.4, 0.41])
def test_no_sound_is_too_short(seconds: float):
    assert -60 < measure(sine(seconds)).lufs < -5


def swells(channels: int) -> np.ndarray:
    """Noise that comes and goes over half a minute, from quiet to loud."""
    level = 10 ** (np.interp(np.linspace(0, 6 * np.pi, 30 * SAMPLE_RATE), *_wave()) / 20)
    return (np.random.default_rng(5).normal(0, 1, (len(level), channels)) * level[:, None]).astype(np.float32)


def _wave() -> tuple[np.ndarray, np.ndarray]:
    at = np.linspace(0, 6 * np.pi, 200)
    return at, -30 + 10 * np.sin(at)


@pytest.mark.parametrize("sound", [swells(1), swells(2), steps(12, 2)], ids=["one", "two", "steps"])
def test_the_range_agrees_with_pyloudnorm(sound: np.ndarray):
    expected = pyloudnorm.Meter(SAMPLE_RATE).loudness_range(sound.astype(np.float64))
    assert measure(sound).range_lu == pytest.approx(expected, abs=0.3)


@pytest.mark.parametrize(("levels", "range_lu"), [((-20, -30), 10), ((-20, -15), 5), ((-40, -20), 20)])
def test_the_range_is_what_ebu_tech_3342_asks_of_a_meter(levels: tuple[float, float], range_lu: float):
    """Its minimum requirements 1 to 3: two tones of 1 kHz, 20 s each, to within 1 LU."""
    sound = np.concatenate([sine(20, 10 ** (level / 20)) for level in levels])
    assert measure(np.stack([sound, sound], axis=1)).range_lu == pytest.approx(range_lu, abs=0.2)


def test_a_short_sound_has_no_range_and_the_loudest_moment_is_told():
    assert measure(sine(1)).range_lu == 0
    sound = np.concatenate([sine(4, 0.01), sine(0.5, 0.5), sine(4, 0.01)])
    told = measure(sound)
    assert told.momentary_lufs == pytest.approx(measure(sine(0.4, 0.5)).lufs, abs=0.1)
    assert told.short_lufs < told.lufs < told.momentary_lufs


def test_silence_and_nothing_are_silent():
    for nothing in (np.zeros(48_000, np.float32), np.zeros(0, np.float32), np.zeros((100, 2), np.float32)):
        assert measure(nothing).lufs == SILENCE_LUFS
        assert measure(nothing).says == "Silence"


def test_the_true_peak_lies_between_the_samples():
    n = np.arange(48_000)
    quarter = (np.sin(2 * np.pi * n / 4 + np.pi / 4)).astype(np.float32)
    assert np.abs(quarter).max() < 0.71
    assert measure(quarter).peak_db == pytest.approx(0.0, abs=0.3)


def test_pieces_measure_as_the_whole_does():
    sound = np.concatenate([steps(3, 2), np.zeros((SAMPLE_RATE * 3, 2), np.float32), steps(2, 2)])
    meter = Meter(2)
    for start in range(0, len(sound), 70_001):
        meter.add(sound[start : start + 70_001])
    whole, parts = measure(sound), meter.result()
    assert parts.lufs == pytest.approx(whole.lufs, abs=1e-3)
    assert parts.peak_db == pytest.approx(whole.peak_db, abs=1e-2)
    assert parts.range_lu == pytest.approx(whole.range_lu, abs=1e-3)


def test_candidates_are_brought_to_the_median_loudness():
    sounds = {"a": sine(1, 0.05), "b": sine(1, 0.1), "c": sine(1, 0.4)}
    gains = matching_gains_db(sounds)
    matched = [measure(sounds[name] * 10 ** (gain / 20)).lufs for name, gain in gains.items()]
    assert gains["b"] == 0
    assert max(matched) - min(matched) < 0.05


def test_matching_never_clips_and_leaves_silence_alone():
    click = np.zeros(48_000, np.float32)
    click[1000:1010] = 0.5
    gains = matching_gains_db({"click": click, "tone": sine(1, 0.5), "silent": np.zeros(48_000, np.float32)})
    assert gains["silent"] == 0
    assert measure(click).peak_db + gains["click"] <= -0.9


def footstep(loud: float, length_s: float = 0.2, peaky: bool = False) -> np.ndarray:
    """A footstep: shorter than a block of the loudness standard."""
    n = int(length_s * 48_000)
    sound = np.random.default_rng(3).standard_normal(n) * np.exp(-np.arange(n) / (200 if peaky else 2400))
    return (loud * sound / np.abs(sound).max()).astype(np.float32)


def test_sounds_shorter_than_a_block_are_matched_too():
    sounds = {"a": footstep(0.05), "b": footstep(0.2), "c": footstep(0.8), "shorter": footstep(0.3, 0.08)}
    gains = matching_gains_db(sounds)
    matched = [measure(sounds[name] * 10 ** (gain / 20)).lufs for name, gain in gains.items()]
    assert max(matched) - min(matched) < 0.05


def test_one_that_is_all_peaks_brings_the_others_down_to_it():
    sounds = {"peaky": footstep(0.9, peaky=True), "b": footstep(0.5), "c": footstep(0.6)}
    gains = matching_gains_db(sounds)
    matched = {name: measure(sounds[name] * 10 ** (gain / 20)) for name, gain in gains.items()}
    assert max(one.lufs for one in matched.values()) - min(one.lufs for one in matched.values()) < 0.05
    assert all(one.peak_db < -0.9 or gains[name] <= 0 for name, one in matched.items())


def test_one_that_is_nearly_silent_does_not_silence_the_others():
    gains = matching_gains_db({"loud": footstep(0.5), "other": footstep(0.4), "whisper": footstep(1e-4)})
    assert gains["loud"] > -13 and gains["whisper"] == 24

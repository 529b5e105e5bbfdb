"""The log-spectral distance is what its docstring says."""

import numpy as np
import pytest

from training.metrics.log_spectral import log_spectral_distance

RNG = np.random.default_rng(0)
NOISE = RNG.normal(size=44_100)


def test_a_sound_is_at_no_distance_from_itself() -> None:
    assert log_spectral_distance(NOISE, NOISE) == 0


def test_ten_times_the_power_is_a_distance_of_one() -> None:
    assert log_spectral_distance(NOISE, np.sqrt(10) * NOISE) == pytest.approx(1, abs=0.01)


def test_two_draws_of_white_noise_are_as_far_apart_as_theory_says() -> None:
    """The log10 of an exponential variable has variance (π² / 6) / ln² 10; two of them differ by √2 of its root."""
    theory = np.sqrt(2 * np.pi**2 / 6) / np.log(10)
    assert log_spectral_distance(NOISE, RNG.normal(size=44_100)) == pytest.approx(theory, abs=0.03)


def test_loudness_common_to_both_changes_nothing() -> None:
    other = RNG.normal(size=44_100)
    assert log_spectral_distance(0.01 * NOISE, 0.01 * other) == pytest.approx(log_spectral_distance(NOISE, other))


def test_what_is_80_db_below_the_strongest_does_not_count() -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(44_100) / 44_100)
    assert log_spectral_distance(tone, tone + 1e-6 * NOISE) < 0.02


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        log_spectral_distance(NOISE, NOISE[:-1])

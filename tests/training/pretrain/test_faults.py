"""What evaluation calls a fault is found where it is, and not where it is not."""

import numpy as np
import pytest

from training.pretrain.evaluate.clean import Faults, examined, extra
from training.pretrain.evaluate.faults import clicks, hum, offset

RATE = 48_000


def noise(seconds: float, level: float = 0.05, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, level, round(seconds * RATE)).astype(np.float32)


def hits(seconds: float, every: float = 0.7, seed: int = 0) -> np.ndarray:
    """Decaying bursts of noise over near silence."""
    wave, rng = noise(seconds, 1e-4, seed), np.random.default_rng(seed)
    t = np.arange(round(0.4 * RATE)) / RATE
    for at in np.arange(0.1, seconds - 0.5, every):
        begin = round(at * RATE)
        wave[begin : begin + len(t)] += 0.5 * np.exp(-t / 0.05) * rng.uniform(-1, 1, len(t))
    return wave


def mains(seconds: float, hz: float, level: float = 0.004) -> np.ndarray:
    t = np.arange(round(seconds * RATE)) / RATE
    return sum(level / k * np.sin(2 * np.pi * hz * k * t) for k in (1, 2, 3, 4)).astype(np.float32)


@pytest.mark.parametrize("hz", [50.0, 60.0])
def test_hum_is_found_under_hits_and_named_by_its_mains(hz: float) -> None:
    wave = hits(4.0) + mains(4.0, hz)
    assert hum(wave, hz)
    assert not hum(wave, 110.0 - hz)


def test_hits_noise_and_a_tone_do_not_hum() -> None:
    t = np.arange(4 * RATE) / RATE
    for wave in (hits(4.0), noise(4.0), 0.2 * np.sin(2 * np.pi * 440 * t)):
        assert not hum(wave, 50.0) and not hum(wave, 60.0)


def test_a_hundred_milliseconds_are_too_short_to_hum() -> None:
    assert not hum(mains(0.1, 50.0), 50.0)


def test_a_step_between_two_pieces_clicks() -> None:
    t = np.arange(2 * RATE) / RATE
    wave = 0.3 * np.sin(2 * np.pi * 220 * t)
    wave[RATE:] = 0.3 * np.sin(2 * np.pi * 220 * t[RATE:] + 2.0)
    assert np.allclose(clicks(wave), [1.0], atol=0.002)


def test_hits_and_noise_do_not_click() -> None:
    assert not len(clicks(hits(5.0))) and not len(clicks(noise(5.0))) and not len(clicks(noise(0.01)))


def test_an_offset_is_a_mean() -> None:
    assert offset(hits(1.0) + 0.02) == pytest.approx(0.02, abs=0.002)
    assert offset(np.zeros(0)) == 0


def test_a_clean_sound_has_no_faults_and_a_spoilt_one_all_of_them() -> None:
    clean = examined(0.8 * hits(4.0))
    assert not clean.clipped and not clean.hums and clean.offset < 0.002 and clean.peak < 0
    t = np.arange(4 * RATE) / RATE
    loud = np.clip(2 * np.sin(2 * np.pi * 330 * t), -0.9, 0.9).astype(np.float32)
    assert examined(loud).clipped
    spoilt = hits(4.0) + mains(4.0, 50.0) + 0.03
    spoilt[2 * RATE] += 0.5
    found = examined(spoilt, joins=[2.0])
    assert found.hums and found.offset > 0.02 and found.near == 1


def test_the_peak_is_that_between_the_samples() -> None:
    t = np.arange(RATE)
    wave = (0.9 * np.sin(2 * np.pi * t / 4 + np.pi / 4)).astype(np.float32)
    assert np.abs(wave).max() < 0.65
    assert examined(wave).peak == pytest.approx(20 * np.log10(0.9), abs=0.1)


def test_clicks_at_seams_count_beyond_what_is_usual() -> None:
    alike = Faults(False, 0, False, near=1, near_s=1, elsewhere=7, elsewhere_s=7, peak=-2)
    worse = Faults(False, 0, False, near=5, near_s=1, elsewhere=7, elsewhere_s=7, peak=-2)
    assert extra([alike]) == pytest.approx(0) and extra([worse]) == pytest.approx(4)

"""A new part in an old sound."""

from __future__ import annotations

import numpy as np
import pytest

from engine.audio.loudness import true_peak
from engine.audio.splice import spliced

RATE = 48_000


def noise(seed: int, gain: float) -> np.ndarray:
    return (gain * np.random.default_rng(seed).standard_normal(RATE)).clip(-0.88, 0.88).astype(np.float32)


def test_around_the_edges_the_power_stays() -> None:
    start, end = RATE // 4, RATE // 2
    fade = round(0.015 * RATE)
    power = np.mean([spliced(noise(2 * i, 0.05), noise(2 * i + 1, 0.05), start, end) ** 2 for i in range(60)], axis=0)
    for edge in (slice(start, start + fade), slice(end - fade, end)):
        assert power[edge].mean() == pytest.approx(power.mean(), rel=0.1)


def test_a_new_part_that_is_too_loud_is_turned_down_and_nothing_else() -> None:
    base = noise(0, 0.1)
    out = spliced(base, noise(1, 3.0), 10_000, 20_000)
    assert true_peak(out) <= 10 ** (-1 / 20)
    assert np.array_equal(out[:10_000], base[:10_000]) and np.array_equal(out[20_000:], base[20_000:])


@pytest.mark.parametrize(("start", "end"), [(0, RATE), (0, 100), (RATE - 1, RATE), (5, 6)])
def test_any_part_can_be_new(start: int, end: int) -> None:
    base = noise(0, 0.1)
    out = spliced(base, noise(1, 0.1), start, end)
    assert out.shape == base.shape and np.isfinite(out).all()


def test_at_the_ends_of_the_whole_sound_nothing_of_the_old_is_left() -> None:
    out = spliced(np.full(RATE, 0.5, np.float32), np.zeros(RATE, np.float32), 0, RATE)
    assert not out.any()

"""What the timeline draws: levels in half decibels, and copies that keep every hit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.audio.pyramid import HOP, decibels, load, mel_levels, peaks, pyramid, save
from engine.spec import Refused


def sine(hertz: float, amplitude: float, samples: int = 48_000) -> np.ndarray:
    return amplitude * np.sin(2 * np.pi * hertz * np.arange(samples) / 48_000)


@pytest.mark.parametrize("hertz", [60, 440, 1_000, 5_000, 15_000])
def test_a_sine_reads_its_level_within_two_decibels(hertz: float) -> None:
    for level in (0, -20, -60):
        levels = mel_levels(sine(hertz, 10 ** (level / 20)))[:, 20:-20]
        assert abs(decibels(levels).max(axis=0).mean() - level) < 2


def test_higher_sounds_stand_higher() -> None:
    rows = [int(mel_levels(sine(hertz, 1))[:, 40].argmax()) for hertz in (30, 100, 300, 1_000, 3_000, 10_000, 19_500)]
    assert rows == sorted(set(rows)) and rows[0] < 3 and rows[-1] > 124


def test_a_hit_is_brightest_in_its_own_column() -> None:
    wave = np.zeros(48_000)
    wave[20 * HOP + HOP // 2] = 1
    assert mel_levels(wave).astype(int).sum(axis=0).argmax() == 20


@pytest.mark.parametrize(("samples", "columns"), [(0, 0), (1, 1), (512, 1), (513, 2), (48_000, 94)])
def test_columns_cover_the_whole_sound(samples: int, columns: int) -> None:
    assert mel_levels(np.zeros(samples)).shape == (128, columns)


def test_blocks_join_without_a_seam() -> None:
    wave = np.random.default_rng(0).normal(size=HOP * 2_100) * 0.1
    whole, tail = mel_levels(wave), mel_levels(wave[HOP * 2_000 :])
    assert np.array_equal(whole[:, 2_010:], tail[:, 10:])


def test_no_hit_is_lost_in_the_coarsest_copy() -> None:
    levels = np.zeros((128, 100_003), np.uint8)
    levels[5, 77_777] = 200
    floors = pyramid(levels)
    assert len(floors) == 10 and floors[-1].shape[1] <= 256
    for depth, floor in enumerate(floors):
        assert floor[5, 77_777 >> depth] == 200 and floor.flags.c_contiguous


def test_peaks_hold_least_and_greatest() -> None:
    wave = np.zeros(300_000, np.float32)
    wave[123_456], wave[7] = 0.7, -0.4
    for depth, floor in enumerate(peaks(wave)):
        column = (123_456 // 256) >> depth
        assert floor[1, column] == np.float32(0.7) and floor[0].min() == np.float32(-0.4)


def test_it_is_kept_the_same_bytes_each_time(tmp_path: Path) -> None:
    floors = pyramid(mel_levels(sine(440, 0.5, 200_000)))
    save(tmp_path / "a.npz", floors)
    save(tmp_path / "b.npz", floors)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert all(np.array_equal(one, other) for one, other in zip(load(tmp_path / "a.npz"), floors, strict=True))
    (tmp_path / "a.npz").write_bytes(b"damaged")
    with pytest.raises(Refused, match="made again"):
        load(tmp_path / "a.npz")

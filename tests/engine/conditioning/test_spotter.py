"""The spotter that ships finds no event where nothing happens, and takes its peaks one a moment."""

from pathlib import Path

import numpy as np
import pytest

import engine.conditioning.spotter as spotting
from engine.conditioning.spotter import FPS, SIZE, Spotter, SpotterNet, load_spotter, pick_events
from engine.registry import read_card
from engine.spec import SAMPLE_RATE

MODEL = Path(__file__).parents[3] / "resources" / "models" / "visiosonic-mini"
N = 6 * FPS


@pytest.fixture(scope="module")
def spotter() -> Spotter:
    return load_spotter(read_card(MODEL))


def wall(seed: int) -> np.ndarray:
    """(SIZE, SIZE): a picture with large and small parts."""
    coarse = np.random.default_rng(seed).integers(30, 220, (8, 8)).astype(np.uint8)
    return coarse.repeat(SIZE // 8, 0).repeat(SIZE // 8, 1)


def times(spotter: Spotter, frames: np.ndarray) -> list[float]:
    return [event.at / SAMPLE_RATE for event in pick_events(spotter.look(frames)[0], 0)]


def bell(at: float, height: float = 0.9) -> np.ndarray:
    """(N,): a curve with one peak."""
    return height * np.exp(-0.5 * ((np.arange(N) / FPS - at) / 0.05) ** 2)


def test_a_still_picture_has_no_events(spotter: Spotter) -> None:
    assert times(spotter, np.repeat(wall(1)[None], N, 0)) == []


def test_grain_is_no_event(spotter: Spotter) -> None:
    grain = np.random.default_rng(2).normal(0, 3, (N, SIZE, SIZE))
    assert times(spotter, np.clip(wall(1) + grain, 0, 255).astype(np.uint8)) == []


def test_a_cut_is_no_event(spotter: Spotter) -> None:
    frames = np.concatenate([np.repeat(wall(seed)[None], N // 2, 0) for seed in (1, 2)])
    assert times(spotter, frames) == []


def test_flickering_light_is_no_event(spotter: Spotter) -> None:
    gain = 1 + 0.1 * np.sin(2 * np.pi * 1.5 * np.arange(N) / FPS)
    assert times(spotter, (wall(3) * gain[:, None, None]).clip(0, 255).astype(np.uint8)) == []


def test_a_thing_that_falls_and_stops_is_one_event_where_it_stops(spotter: Spotter) -> None:
    frames = np.full((N, SIZE, SIZE), 60, np.uint8)
    hit = 2.4
    for i in range(N):
        fallen = min(max(i / FPS - (hit - 0.4), 0.0), 0.4) / 0.4
        top = round(4 + 40 * fallen**2)
        frames[i, top : top + 12, 26:40] = 210
    found = times(spotter, frames)
    assert any(abs(at - hit) < 0.1 for at in found)
    assert len(found) <= 2


def test_peaks_keep_their_time_between_frames() -> None:
    for at in (1.0, 2.013, 3.777):
        (event,) = pick_events(bell(at), start=SAMPLE_RATE)
        assert event.at / SAMPLE_RATE - 1 == pytest.approx(at, abs=0.005)


def test_what_flickers_about_one_moment_is_one_event() -> None:
    assert len(pick_events(np.maximum(bell(2.0), bell(2.12)), 0)) == 1


def test_strength_is_beside_the_strongest_around() -> None:
    strong, weak = pick_events(np.maximum(bell(1.0, 0.9), bell(3.0, 0.65)), 0)
    assert strong.strength == 1.0
    assert weak.strength == pytest.approx(0.65 / 0.9, abs=0.03)


def test_a_faint_peak_counts_only_far_from_strong_ones() -> None:
    long = np.concatenate([bell(2.0, 0.9), np.zeros(6 * FPS), bell(2.0, 0.44)])
    assert len(pick_events(long, 0)) == 2
    assert len(pick_events(np.maximum(bell(2.0, 0.9), bell(4.0, 0.44)), 0)) == 1


def test_no_curve_is_too_short() -> None:
    assert [pick_events(np.ones(n), 0) for n in range(4)] == [()] * 4


def test_the_first_and_the_last_frame_are_no_events() -> None:
    curve = np.zeros(N)
    curve[[0, -1]] = 1.0
    assert pick_events(curve, 0) == ()


def test_rows_are_as_many_as_frames() -> None:
    curve, features = Spotter(SpotterNet()).look(np.zeros((7, SIZE, SIZE), np.uint8))
    assert curve.shape == (7,)
    assert features.shape == (7, spotting.SpotterConfig().features)

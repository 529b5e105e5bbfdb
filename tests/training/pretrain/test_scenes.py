"""Scenes show what they say: cameras of any rate, cuts and light leave the events where they are."""

import numpy as np
import pytest

from training.pretrain import scenes
from training.pretrain.drawing import FINER, Sprite, paint
from training.pretrain.motions import MOTIONS
from training.pretrain.scenes import FPS, RATES, draw, film, scene
from training.pretrain.spotting import target
from training.pretrain.strokes import event_times, lifted, runs


@pytest.mark.parametrize("rate", sorted(set(RATES)))
def test_a_camera_of_any_rate_shows_each_moment_in_time(rate: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "RATES", (rate,))
    for seed in range(5):
        recorded = film(np.random.default_rng(seed), 4.0)
        began = recorded.lit[recorded.shown, 0]
        late = np.arange(100) / FPS - began
        assert len(recorded.shown) == 100
        assert late[5:].min() >= -1e-6
        assert late.max() <= 1 / rate + 1e-6, "the frame shown is the last that there is"


def test_a_slow_camera_repeats_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "RATES", (12.0,))
    shown = scene(3, 4.0).frames
    same = [np.array_equal(one, other) for one, other in zip(shown[:-1], shown[1:], strict=True)]
    assert 0.4 < np.mean(same) < 0.65


def test_events_lie_in_the_scene_and_on_its_target() -> None:
    for seed in range(30):
        made = scene(seed, 4.0)
        assert all(0 <= at < 4.0 and 0 < strength <= 1 for at, strength in made.events)
        curve, kinds = target(made)
        assert len(curve) == len(kinds) == len(made.frames) == 100
        assert all(curve[min(99, round(at * FPS))] >= 0.999 * strength**0.5 for at, strength in made.events)


def test_what_sounds_on_has_a_stretch_and_what_is_silent_has_nothing() -> None:
    t = np.arange(200) / FPS
    for kind in ("roll", "spin", "pour"):
        assert MOTIONS[kind][0](np.random.default_rng(1), t).spans
    for kind in ("swing", "drift"):
        still = MOTIONS[kind][0](np.random.default_rng(1), t)
        assert not still.events and not still.spans


def test_the_picture_changes_most_at_a_blow() -> None:
    """A body that falls and lands, before a still wall: nothing moves after the event."""
    rng = np.random.default_rng(4)
    t = np.arange(100) / FPS
    made = MOTIONS["drop"][0](np.random.default_rng(2), t)
    assert made.events
    at = made.events[-1][0]
    path = made.bodies[0, :, 1]
    before, after = (np.abs(np.diff(path[part])).max() for part in (t < at, t > at + 0.05))
    assert before > 10 * after
    recorded = scenes.Film(np.arange(100), np.repeat(t[:, None], 3, 1))
    motion = MOTIONS["drop"][0](np.random.default_rng(2), recorded.lit.ravel())
    assert draw(rng, motion, recorded, 4.0).frames.shape == (100, 64, 64)


def test_a_painted_square_is_where_it_should_be() -> None:
    side = 8 * FINER
    mask = np.zeros((side + 2, side + 2), np.float32)
    mask[1:-1, 1:-1] = 1
    frames = np.zeros((2, 64, 64), np.float32)
    centre = np.array([[[20.0, 30.0]], [[200.0, 30.0]]])
    paint(frames, Sprite(200 * mask, mask), centre, np.zeros((2, 1)), np.ones((2, 1, 2)), 1.0)
    assert frames[0].sum() == pytest.approx(200 * 64, rel=0.1)
    rows, columns = np.nonzero(frames[0])
    assert rows.mean() + 0.5 == pytest.approx(30, abs=0.5)
    assert columns.mean() + 0.5 == pytest.approx(20, abs=0.5)
    assert not frames[1].any(), "out of the picture"


def test_quick_runs_are_quick_and_far_blows_far() -> None:
    rng = np.random.default_rng(0)
    quick = np.diff(runs(rng, 8.0, 4.0, 8.0))
    assert np.median(quick) < 0.3
    assert min(np.diff(event_times(rng, 60.0, 1.2, 4.0))) > 1.0


def test_a_thing_at_rest_before_and_after_has_no_height_where_it_strikes() -> None:
    t = np.arange(0, 3, 0.01)
    height = lifted(np.random.default_rng(0), t, [1.5], np.ones(1), fall_s=0.1)
    assert height[150] == pytest.approx(0, abs=0.05)
    assert height[:130].min() > 0.5

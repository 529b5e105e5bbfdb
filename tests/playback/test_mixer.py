"""The project as sound, exact to the sample."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.spec import Refused
from foleydesk.document.project import Clip, Project, Track
from foleydesk.playback.mixer import mix
from foleydesk.playback.takes import TakeReader
from foleydesk.playback.voices import MixVoice

RNG = np.random.default_rng(5)
SOUNDS = {"mono": RNG.normal(0, 0.1, 700).astype(np.float32), "two": RNG.normal(0, 0.1, (300, 2)).astype(np.float32)}

clips = st.builds(
    Clip,
    id=st.uuids().map(str),
    track=st.sampled_from(["feet", "props"]),
    take=st.sampled_from(list(SOUNDS)),
    start=st.integers(0, 1500),
    offset=st.integers(0, 400),
    length=st.integers(1, 800),
    gain_db=st.floats(-60, 12),
    fade_in=st.integers(0, 300),
    fade_out=st.integers(0, 300),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(clips, max_size=6), st.lists(st.integers(1, 700), min_size=1, max_size=12))
def test_blocks_laid_end_to_end_are_the_same_to_the_last_bit(laid: list[Clip], sizes: list[int]):
    project = Project(clips=tuple(laid))
    whole = mix(project, SOUNDS.__getitem__, 0, sum(sizes))
    starts = np.cumsum([0, *sizes[:-1]]).tolist()
    parts = [mix(project, SOUNDS.__getitem__, start, n) for start, n in zip(starts, sizes, strict=True)]
    np.testing.assert_array_equal(np.concatenate(parts), whole)


def test_a_clip_lies_where_it_starts_and_plays_its_piece_of_the_take(bench):
    sound = np.arange(1, 101, dtype=np.float32) / 200
    bench.take("a", sound)
    bench.clip("a", 1000, offset=10, length=20)
    out = mix(bench.project, bench.sounds.__getitem__, 990, 50)
    np.testing.assert_array_equal(out[10:30, 0], sound[10:30])
    np.testing.assert_array_equal(out[:, 0], out[:, 1])
    assert not out[:10].any() and not out[30:].any()


def test_a_clip_longer_than_its_take_ends_in_silence(bench):
    bench.take("a", np.ones(10, np.float32) / 2)
    bench.clip("a", 0, offset=4, length=100)
    out = mix(bench.project, bench.sounds.__getitem__, 0, 120)
    assert np.flatnonzero(out[:, 0]).tolist() == list(range(6))


def test_gains_of_clip_and_track_multiply(bench):
    bench.take("a", np.full(10, 0.5, np.float32))
    bench.clip("a", 0, gain_db=-6.0)
    bench.track("feet", gain_db=-14.0)
    np.testing.assert_allclose(mix(bench.project, bench.sounds.__getitem__, 0, 10), 0.05, rtol=1e-6)


@pytest.mark.parametrize(
    ("feet", "props", "heard"),
    [
        ({}, {}, 0.75),
        ({"mute": True}, {}, 0.25),
        ({"solo": True}, {}, 0.5),
        ({"solo": True, "mute": True}, {}, 0.0),
        ({"solo": True}, {"solo": True}, 0.75),
    ],
)
def test_mute_and_solo(bench, feet: dict, props: dict, heard: float):
    for name, track, level in (("a", "feet", 0.5), ("b", "props", 0.25)):
        bench.take(name, np.full(4, level, np.float32))
        bench.clip(name, 0, track)
    bench.track("feet", **feet)
    bench.track("props", **props)
    assert np.all(mix(bench.project, bench.sounds.__getitem__, 0, 4) == np.float32(heard))


def test_two_clips_that_cross_keep_their_power(bench):
    bench.take("a", np.full(1000, 0.5, np.float32))
    bench.clip("a", 0, fade_out=400)
    bench.project = bench.project.with_track(Track("props", "Props"))
    left = mix(bench.project, bench.sounds.__getitem__, 0, 1000)[:, 0]
    bench.project = bench.project.without_clips(["clip-0"])
    bench.clip("a", 600, fade_in=400)
    right = mix(bench.project, bench.sounds.__getitem__, 0, 1600)[:1000, 0]
    np.testing.assert_allclose(left[600:] ** 2 + right[600:] ** 2, 0.25, rtol=1e-5)
    assert np.all(left[:600] == 0.5)


def test_takes_are_read_once_and_forgotten_when_they_weigh_too_much(bench):
    for name in "abc":
        bench.take(name, np.zeros(1000, np.float32) + 0.1)
    reader = TakeReader(bench.folder, most_bytes=2 * 4000)
    read = reader.of(bench.project)
    first = read("a")
    assert read("a") is first and not first.flags.writeable
    read("b")
    read("c")
    assert read("a") is not first


def test_a_take_that_is_gone_is_silent_while_playing_and_refused_when_read(bench):
    bench.take("a", np.full(100, 0.5, np.float32))
    bench.clip("a", 0)
    (bench.folder / "a.wav").unlink()
    reader = TakeReader(bench.folder)
    assert not MixVoice(bench.project, reader.of(bench.project)).read(0, 100).any()
    with pytest.raises(Refused, match="a.wav"):
        reader.of(bench.project)("a")

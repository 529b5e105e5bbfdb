"""Clips of one track that overlap keep their power, as they are heard and as they are exported."""

from dataclasses import replace

import numpy as np
import pytest

from engine.spec import Candidate, Recipe, Span
from foleydesk.document.comping import CompRange
from foleydesk.document.edits import SplitClip
from foleydesk.document.project import Cue, Sound, Take
from foleydesk.playback.mixer import mix
from foleydesk.playback.takes import TakeReader
from foleydesk.playback.voices import MixVoice

TIMES = 300
"""Draws that the power is averaged over: each bin of 240 samples is then known to some 0.02 dB."""


def noises(n: int, seed: int) -> np.ndarray:
    """(n, 2): two independent channels of power 0.01."""
    return np.random.default_rng(seed).normal(0, 0.1, (n, 2)).astype(np.float32)


def power_db(project, names: tuple[str, ...], n: int, lengths: dict[str, int]) -> np.ndarray:
    """In bins of 240 samples, against the noise's own power, over many draws of independent noises."""
    total = np.zeros(n // 240)
    for draw in range(TIMES):
        sounds = {name: noises(lengths[name], 1000 * draw + i) for i, name in enumerate(names)}
        block = mix(project, sounds.__getitem__, 0, n)
        total += (block.astype(np.float64) ** 2).reshape(n // 240, -1).mean(axis=1)
    return 10 * np.log10(total / TIMES / 0.01)


@pytest.mark.parametrize("overlap", [240, 4800])
def test_power_is_constant_across_an_overlap(bench, overlap):
    for name in ("a", "b"):
        bench.take(name, noises(9600, 0))
    bench.clip("a", 0, fade_out=100)
    bench.clip("b", 9600 - overlap)
    n = 2 * 9600 - overlap
    levels = power_db(bench.project, ("a", "b"), n - n % 240, {"a": 9600, "b": 9600})
    assert np.abs(levels).max() < 0.1


def test_power_is_constant_through_a_comp(bench):
    recipe = Recipe("clip.mp4", "", Span(0, 9600))
    for name in ("a", "b"):
        bench.take(name, noises(9600, 0))
        bench.project = bench.project.with_take(Take(name, "cue", Candidate(name, recipe, f"{name}.wav", "", 9600)))
    bench.project = bench.project.with_cue(Cue("cue", 0, 9600))
    bench.clip("a", 0)
    project = CompRange("cue", "b", 3000, 6000, "feet", cross=960).apply(bench.project)
    assert len(project.clips) == 3
    for crosses in (True, False):
        levels = power_db(replace(project, crosses=crosses), ("a", "b"), 9600, {"a": 9600, "b": 9600})
        assert np.abs(levels).max() < 0.1


def test_a_project_without_crossing_adds_up_what_overlaps(bench):
    for name in ("a", "b"):
        bench.take(name, np.full(1000, 0.25, np.float32))
    bench.clip("a", 0)
    bench.clip("b", 500)
    bench.project = replace(bench.project, crosses=False)
    assert np.all(mix(bench.project, bench.sounds.__getitem__, 500, 500) == 0.5)


def test_the_two_sides_of_an_overlap_add_up_to_one_in_power(bench):
    """To the sample: one clip of the constant 1 on the left channel, the other on the right."""
    left, right = np.zeros((1000, 2), np.float32), np.zeros((1000, 2), np.float32)
    left[:, 0] = right[:, 1] = 0.5
    bench.take("a", left)
    bench.take("b", right)
    bench.clip("a", 0)
    bench.clip("b", 700)
    out = mix(bench.project, bench.sounds.__getitem__, 0, 1700)
    np.testing.assert_allclose((out**2).sum(axis=1), 0.25, rtol=1e-5)
    assert out[699, 1] == 0 and out[1000, 0] == 0


def test_a_voice_and_the_mix_cross_alike_in_whatever_blocks(bench):
    for name in ("a", "b", "c"):
        bench.take(name, noises(1000, 3))
    bench.clip("a", 0)
    bench.clip("b", 600)
    bench.clip("c", 900)
    whole = mix(bench.project, bench.sounds.__getitem__, 0, 2000)
    voice = MixVoice(bench.project, bench.sounds.__getitem__)
    parts = [voice.read(start, 50) for start in range(0, 2000, 50)]
    np.testing.assert_array_equal(np.concatenate(parts), whole)


def test_a_split_clip_sounds_as_before_to_the_last_bit(bench):
    bench.take("a", noises(1000, 4))
    bench.clip("a", 100, fade_in=50, fade_out=60, gain_db=-3.0)
    split = SplitClip("clip-0", 500).apply(bench.project)
    before, after = (mix(project, bench.sounds.__getitem__, 0, 1200) for project in (bench.project, split))
    np.testing.assert_array_equal(before, after)


def test_a_sound_file_of_the_users_own_is_heard(bench):
    bench.take("a", np.full(500, 0.5, np.float32))
    wav = str(bench.folder / "a.wav")
    bench.project = replace(bench.project, takes=()).with_sound(Sound("door", wav, "hash", 500))
    bench.sounds["door"] = bench.sounds["a"]
    bench.clip("door", 100, offset=10, length=200)
    clip = bench.project.clip("clip-0")
    bench.project = bench.project.with_clip(replace(clip, take="", sound="door"))
    out = mix(bench.project, TakeReader(bench.folder).of(bench.project), 0, 400)
    assert np.flatnonzero(out[:, 0]).tolist() == list(range(100, 300))

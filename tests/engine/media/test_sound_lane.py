"""A long file's lane is made piece by piece and is the same as if made at once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from engine.audio.pyramid import mel_levels, peaks, pyramid
from engine.media.audio_file import mono_blocks, read_audio
from engine.media.sound_lane import PIECE, sound_lane
from engine.spec import Progress, Refused


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("seconds", [0.3, 60, 130])
def test_pieces_join_to_the_whole(tmp_path: Path, films: SimpleNamespace, rate: int, seconds: float) -> None:
    noise = np.random.default_rng(4).uniform(-0.5, 0.5, (round(seconds * rate), 2))
    path = films.sound(tmp_path / "noise.wav", noise, rate)
    whole = read_audio(path, mono=True)[:, 0]
    assert np.array_equal(np.concatenate(list(mono_blocks(path, 100_000))), whole)
    seen: list[Progress] = []
    levels, extremes = sound_lane(path, seen.append)
    for joined, at_once in zip(levels, pyramid(mel_levels(whole)), strict=True):
        assert np.abs(joined.astype(int) - at_once).max(initial=0) <= 1  # rounding of sums may differ by a step
    assert all(np.array_equal(a, b) for a, b in zip(extremes, peaks(whole), strict=True))
    assert seen[-1].step == seen[-1].steps == max(1, -(-len(whole) // PIECE))


def test_a_real_sound_has_a_lane_as_long_as_it(bunny: Path) -> None:
    levels, extremes = sound_lane(bunny)
    assert levels[0].shape == (128, 498) and levels[0].max() > 100
    assert 0.01 < extremes[0][1].max() <= 1


def test_a_silent_film_has_none(film: Path) -> None:
    with pytest.raises(Refused, match="no sound"):
        sound_lane(film)

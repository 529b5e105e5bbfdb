"""The index knows every frame's place, and is kept."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from engine.media.frame_index import FrameIndex, build_index, frame_index
from engine.spec import Refused


def test_frames_and_places_go_both_ways(tmp_path: Path, films: SimpleNamespace) -> None:
    index = build_index(films.make(tmp_path / "film.mp4", rate=Fraction(30000, 1001), frames=90, gop=30))
    assert len(index) == 90
    assert [index.frame_at(index.at(i)) for i in range(90)] == list(range(90))
    assert (
        index.at(1) == 1601 and index.frame_at(1_500) == 0 and index.frame_at(-9) == 0 and index.frame_at(10**9) == 89
    )
    assert index.keyframes.tolist() == [0, 30, 60]
    assert index.length == 144_144 and (index.at(-1), index.at(500)) == (0, index.starts[-1])


def test_a_variable_rate_keeps_its_time_stamps(tmp_path: Path, films: SimpleNamespace) -> None:
    starts = [0, 40, 73, 143, 1_000]
    index = build_index(films.make(tmp_path / "variable.mp4", frames=5, starts=starts))
    assert index.starts.tolist() == [48 * ms for ms in starts]


def test_it_is_kept_and_a_damaged_one_is_made_again(tmp_path: Path, film: Path) -> None:
    made = frame_index(film, tmp_path)
    (kept,) = tmp_path.iterdir()
    assert np.array_equal(FrameIndex.load(kept).starts, made.starts)
    kept.write_bytes(b"damaged")
    with pytest.raises(Refused, match="made again"):
        FrameIndex.load(kept)
    again = frame_index(film, tmp_path)
    assert np.array_equal(again.starts, made.starts) and FrameIndex.load(kept).length == made.length


def test_an_hour_has_ninety_thousand_frames(hour: Path) -> None:
    index = build_index(hour)
    assert len(index) == 90_000 and index.at(89_999) == 89_999 * 1_920

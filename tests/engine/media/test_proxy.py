"""A proxy shows the same frame at the same time, only smaller and with keyframes close together."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from engine.media.decode import frames_at
from engine.media.frame_index import build_index
from engine.media.probe import probe
from engine.media.proxy import make_proxy
from engine.media.thumbnails import cached_thumbnails, thumbnails
from engine.spec import Cancelled, Progress


def test_the_bunny_shrinks_and_keeps_its_times(tmp_path: Path, bunny: Path) -> None:
    seen: list[Progress] = []
    make_proxy(bunny, tmp_path / "proxy.mp4", seen.append)
    info, whole, small = probe(tmp_path / "proxy.mp4"), build_index(bunny), build_index(tmp_path / "proxy.mp4")
    assert (info.width, info.height, info.has_audio) == (960, 540, False)
    assert np.array_equal(whole.starts, small.starts) and np.diff(small.keyframes).max() <= 12
    assert seen[-1].step == seen[-1].steps == 132
    at = whole.starts[::10].tolist()
    apart = frames_at(bunny, at, 96, 54).astype(int) - frames_at(tmp_path / "proxy.mp4", at, 96, 54)
    assert np.abs(apart).mean() < 4


@pytest.mark.parametrize("ending", ["mkv", "ts"])
def test_other_clocks_are_kept(tmp_path: Path, films: SimpleNamespace, ending: str) -> None:
    film = films.make(tmp_path / f"film.{ending}", gop=12)
    make_proxy(film, tmp_path / "proxy.mp4")
    assert np.array_equal(build_index(film).starts, build_index(tmp_path / "proxy.mp4").starts)


def test_a_variable_rate_and_odd_sizes_are_kept(tmp_path: Path, films: SimpleNamespace) -> None:
    starts = [0, 40, 73, 143, 163, 203, 400, 440, 480, 1_480]
    film = films.make(tmp_path / "variable.mp4", frames=10, starts=starts, size=(1_600, 1_202))
    make_proxy(film, tmp_path / "proxy.mp4")
    assert build_index(tmp_path / "proxy.mp4").starts.tolist() == [48 * ms for ms in starts]
    assert probe(tmp_path / "proxy.mp4").height == 540


@pytest.mark.parametrize("turned", [90, -90, 180])
def test_a_turned_film_becomes_upright(tmp_path: Path, films: SimpleNamespace, turned: int) -> None:
    film = films.make(tmp_path / "turned.mp4", frames=4, turned=turned)
    make_proxy(film, tmp_path / "proxy.mp4")
    info = probe(tmp_path / "proxy.mp4")
    assert (info.rotation, info.width, info.height) == (0, probe(film).width, probe(film).height)
    apart = frames_at(film, [5_760], 64, 64).astype(int) - frames_at(tmp_path / "proxy.mp4", [5_760], 64, 64)
    assert np.abs(apart).mean() < 6


def test_a_cancel_leaves_nothing(tmp_path: Path, film: Path) -> None:
    def cancel(progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        make_proxy(film, tmp_path / "proxy.mp4", cancel)
    assert not os.listdir(tmp_path)


def test_thumbnails_are_the_frames_at_their_times(films: SimpleNamespace, film: Path) -> None:
    strip = thumbnails(film, [0, 19_200, 90_240], 32)
    assert strip.shape == (3, 32, 64, 3)
    assert films.numbers_in(strip.mean(axis=3)) == [0, 10, 47]


def test_coarse_thumbnails_of_an_hour_are_its_keyframes(films: SimpleNamespace, hour: Path) -> None:
    at = [48_000 * 36 * i for i in range(100)]
    strip = thumbnails(hour, at, 16)
    frames = [place // 1_920 for place in at]
    assert films.numbers_in(strip.mean(axis=3)) == [frame % 250 // 50 * 50 for frame in frames]


def test_a_strip_is_kept_by_content_times_and_height(tmp_path: Path, film: Path) -> None:
    first = cached_thumbnails(film, "abc", [0, 1_920], 16, tmp_path)
    assert np.array_equal(cached_thumbnails(tmp_path / "gone.mp4", "abc", [0, 1_920], 16, tmp_path), first)
    cached_thumbnails(film, "abc", [0, 3_840], 16, tmp_path)
    assert len(os.listdir(tmp_path)) == 2

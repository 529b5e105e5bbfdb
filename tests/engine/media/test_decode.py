"""The frame shown at a time is the one whose time stamp says so, however one gets there."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from engine.media.decode import FrameReader, frames_at
from engine.media.frame_index import build_index
from engine.media.walk import FrameWalk
from engine.spec import Refused


def numbers_at(films: SimpleNamespace, path: Path, at: list[int]) -> list[int]:
    return films.numbers_in(frames_at(path, at, 64, 32, gray=True))


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts", "mov", "avi"])
@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30000, 1001), Fraction(162, 5), Fraction(5)])
def test_every_frame_is_found_at_its_own_time(
    tmp_path: Path, films: SimpleNamespace, ending: str, rate: Fraction
) -> None:
    path = films.make(tmp_path / f"film.{ending}", rate=rate, gop=12, codec="mpeg4" if ending == "avi" else "libx264")
    at = [round(i / rate * 48_000) for i in range(50)]
    assert numbers_at(films, path, at) == list(range(50))


def test_a_frame_stays_until_the_next_and_the_last_for_ever(films: SimpleNamespace, film: Path) -> None:
    assert numbers_at(films, film, [-5, 0, 1_800, 1_920, 3_800, 95_000, 96_000, 10**9]) == [0, 0, 0, 1, 1, 49, 49, 49]


def test_order_and_repeats_do_not_matter(films: SimpleNamespace, film: Path) -> None:
    order = np.random.default_rng(5).integers(0, 50, 80).tolist()
    assert numbers_at(films, film, [1_920 * i for i in order]) == order


def test_a_variable_rate_goes_by_time_stamps(tmp_path: Path, films: SimpleNamespace) -> None:
    starts = [0, 40, 73, 143, 163, 203, 400, 440, 480, 1_480]
    path = films.make(tmp_path / "variable.mp4", frames=10, starts=starts)
    assert numbers_at(films, path, [48 * ms for ms in starts]) == list(range(10))
    assert numbers_at(films, path, [48 * ms for ms in (39, 399, 1_479)]) == [0, 5, 8]


def test_far_jumps_in_an_hour_land_on_the_frame(films: SimpleNamespace, hour: Path) -> None:
    wanted = [0, 89_999, 45_001, 60_123, 60_124, 12]
    assert numbers_at(films, hour, [1_920 * i for i in wanted]) == [i % 250 for i in wanted]


def test_sparse_times_do_not_decode_the_hour(hour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landed: list[int] = []
    land = FrameWalk._land
    monkeypatch.setattr(FrameWalk, "_land", lambda walk, at: (landed.append(at), land(walk, at))[1])
    frames_at(hour, [48_000 * 60 * minute for minute in range(60)], 8, 8)
    assert len(landed) == 60
    landed.clear()
    frames_at(hour, [1_920 * i for i in range(200)], 8, 8)
    assert landed == [0]


@pytest.mark.parametrize(("turned", "corner"), [(0, (0, 0)), (-90, (0, 1)), (180, (1, 1)), (90, (1, 0))])
def test_a_turned_picture_is_shown_upright(
    tmp_path: Path, films: SimpleNamespace, turned: int, corner: tuple[int, int]
) -> None:
    def red_corner(number: int, width: int, height: int) -> np.ndarray:
        picture = np.zeros((height, width, 3), np.uint8)
        picture[: height // 2, : width // 2] = (255, 0, 0)
        return picture

    path = films.make(tmp_path / "turned.mp4", frames=3, turned=turned, picture=red_corner)
    picture = frames_at(path, [0], 40, 30)[0]
    assert picture.shape == (30, 40, 3)
    red = picture[15 * corner[0] : 15 * corner[0] + 15, 20 * corner[1] : 20 * corner[1] + 20]
    assert red[4:-4, 4:-4, 0].min() > 200 and picture[..., 0].mean() < 90
    with FrameReader(path) as reader:
        assert reader.frame(0, 1000, 1000).shape == ((64, 128, 4) if turned in (0, 180) else (128, 64, 4))


def test_gray_is_full_range(tmp_path: Path, films: SimpleNamespace) -> None:
    path = films.make(
        tmp_path / "bits.mp4", frames=2, picture=lambda n, w, h: np.full((h, w, 3), 255 * (n == 1), np.uint8)
    )
    gray = frames_at(path, [0, 1_920], 48, 48, gray=True)
    assert gray[0].max() <= 2 and gray[1].min() >= 253


def test_a_reader_gives_the_same_frames_in_any_order(films: SimpleNamespace, bunny: Path) -> None:
    at = np.random.default_rng(2).integers(0, 250_000, 12).tolist()
    straight = frames_at(bunny, at, 320, 180)
    with FrameReader(bunny) as reader:
        for place, expected in zip(at, straight, strict=True):
            shown = reader.frame(place, 320, 320)
            assert shown.shape == (180, 320, 4) and shown.flags.c_contiguous
            assert np.abs(shown[..., 2::-1].astype(int) - expected).mean() < 1.5


def test_a_reader_never_enlarges_and_keeps_the_shape(film: Path) -> None:
    with FrameReader(film) as reader:
        assert reader.frame(0, 4_000, 4_000).shape == (64, 128, 4)
        assert reader.frame(0, 50, 4_000).shape == (25, 50, 4)
        assert reader.start_of(2_500) == 1_920


@pytest.mark.parametrize("name", ["mmaudio_F8Zt3mYlOqU_000094.mp4", "internvid_example1.mp4", "difffoley_drum.mp4"])
def test_a_real_clip_seeks_to_what_walking_finds(films: SimpleNamespace, name: str) -> None:
    path = films.clip(name)
    index = build_index(path)
    walked = frames_at(path, index.starts.tolist(), 32, 18, gray=True)
    with FrameReader(path) as reader:
        for i in np.random.default_rng(3).permutation(len(index))[:12].tolist():
            assert reader.start_of(index.at(i)) == index.at(i)
    jumping = sorted(range(0, len(index), 7), key=lambda i: -i)
    sought = np.concatenate([frames_at(path, [index.at(i)], 32, 18, gray=True) for i in jumping[:6]])
    assert np.array_equal(sought, walked[jumping[:6]])


def test_a_cut_off_film_shows_what_it_has(tmp_path: Path, films: SimpleNamespace) -> None:
    whole = films.make(tmp_path / "whole.mp4", frames=200, gop=10, container={"movflags": "+faststart"})
    half = tmp_path / "half.mp4"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
    found = numbers_at(films, half, [1_920 * i for i in range(200)])
    assert all(late >= early for early, late in pairwise(found))
    assert found[:60] == list(range(60)) and found[-1] < 199


def test_sound_alone_has_no_frames(tmp_path: Path, films: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="no picture"):
        frames_at(films.sound(tmp_path / "alone.wav", np.zeros(4_800)), [0], 8, 8)

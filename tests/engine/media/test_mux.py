"""The picture's packets go over as they are, and the sound lies where it was put."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest

from engine.media.audio_file import read_audio, write_wav
from engine.media.decode import frames_at
from engine.media.frame_index import build_index
from engine.media.mux import mux
from engine.media.probe import probe
from engine.spec import Cancelled, Progress, Refused


def packets_of(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def onsets(path: Path) -> list[int]:
    loud = np.abs(read_audio(path)[:, 0]) > 0.3
    starts = np.flatnonzero(loud[1:] & ~loud[:-1]) + 1
    return [int(start) for i, start in enumerate(starts) if i == 0 or start - starts[i - 1] > 4_000]


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv"])
def test_packets_times_and_sound_survive(tmp_path: Path, films: SimpleNamespace, bunny: Path, ending: str) -> None:
    length = probe(bunny).length
    hits = [4_800, 100_000, 200_000]
    write_wav(tmp_path / "hits.wav", films.clicks(hits, length))
    out = tmp_path / f"out.{ending}"
    mux(bunny, tmp_path / "hits.wav", out)
    assert packets_of(out) == packets_of(bunny)
    assert np.abs(build_index(out).starts - build_index(bunny).starts).max() <= (24 if ending == "mkv" else 0)
    assert all(abs(found - put) <= 24 for found, put in zip(onsets(out), hits, strict=True))
    assert abs(len(read_audio(out)) - length) <= 48
    assert sorted(os.listdir(tmp_path)) == ["hits.wav", out.name]


def test_a_sound_may_start_later(tmp_path: Path, films: SimpleNamespace, film: Path) -> None:
    write_wav(tmp_path / "hit.wav", films.clicks([1_000], 20_000))
    mux(film, tmp_path / "hit.wav", tmp_path / "out.mp4", at=48_000)
    assert abs(onsets(tmp_path / "out.mp4")[0] - 49_000) <= 24


def test_a_phone_film_of_variable_rate_in_matroska_keeps_its_times(tmp_path: Path, films: SimpleNamespace) -> None:
    starts = [0, 40, 60, 200, 210, 500, 540, 580, 900, 1300, 1310, 1500]
    film = films.make(tmp_path / "phone.mkv", frames=len(starts), starts=starts)
    write_wav(tmp_path / "hit.wav", films.clicks([4_800], 72_000))
    mux(film, tmp_path / "hit.wav", tmp_path / "out.mp4")
    assert packets_of(tmp_path / "out.mp4") == packets_of(film)
    assert build_index(tmp_path / "out.mp4").starts.tolist() == build_index(film).starts.tolist()


def test_a_turned_film_stays_turned(tmp_path: Path, films: SimpleNamespace) -> None:
    film = films.make(tmp_path / "turned.mp4", turned=-90)
    write_wav(tmp_path / "a.wav", np.zeros(96_000))
    mux(film, tmp_path / "a.wav", tmp_path / "out.mp4")
    info = probe(tmp_path / "out.mp4")
    assert (info.rotation, info.width, info.height, info.has_audio) == (90, 64, 128, True)


def test_a_transport_stream_that_starts_late_starts_at_zero(tmp_path: Path, films: SimpleNamespace) -> None:
    film = films.make(tmp_path / "film.ts", gop=12)
    write_wav(tmp_path / "hit.wav", films.clicks([48_000], 96_000))
    mux(film, tmp_path / "hit.wav", tmp_path / "out.mp4")
    assert films.numbers_in(frames_at(tmp_path / "out.mp4", [0, 1_920, 94_080], 64, 32, gray=True)) == [0, 1, 49]
    assert abs(onsets(tmp_path / "out.mp4")[0] - 48_000) <= 24


def test_a_clip_cut_by_its_edit_list_stays_cut(tmp_path: Path, films: SimpleNamespace) -> None:
    path = films.clip("mmaudio_F8Zt3mYlOqU_000094.mp4")
    write_wav(tmp_path / "hit.wav", films.clicks([240_000], probe(path).length))
    mux(path, tmp_path / "hit.wav", tmp_path / "out.mp4")
    assert probe(tmp_path / "out.mp4").length == probe(path).length
    assert np.array_equal(build_index(tmp_path / "out.mp4").starts, build_index(path).starts)
    assert abs(onsets(tmp_path / "out.mp4")[0] - 240_000) <= 24


def test_progress_is_told_and_a_cancel_leaves_nothing(tmp_path: Path, film: Path) -> None:
    write_wav(tmp_path / "a.wav", np.zeros(96_000))
    seen: list[Progress] = []
    mux(film, tmp_path / "a.wav", tmp_path / "out.mp4", seen.append)
    assert seen[-1].step == seen[-1].steps

    def cancel(progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        mux(film, tmp_path / "a.wav", tmp_path / "other.mp4", cancel)
    assert sorted(os.listdir(tmp_path)) == ["a.wav", "out.mp4"]


def test_what_cannot_be_is_refused_and_leaves_nothing(tmp_path: Path, film: Path) -> None:
    write_wav(tmp_path / "a.wav", np.zeros(96_000))
    with pytest.raises(Refused, match="cannot hold"):
        mux(film, tmp_path / "a.wav", tmp_path / "out.webm")
    with pytest.raises(Refused, match="ends in"):
        mux(film, tmp_path / "a.wav", tmp_path / "out.gif")
    with pytest.raises(Refused, match="no sound file"):
        mux(film, tmp_path / "b.wav", tmp_path / "out.mp4")
    with pytest.raises(Refused, match="no picture"):
        mux(tmp_path / "a.wav", tmp_path / "a.wav", tmp_path / "out.mp4")
    with pytest.raises(Refused, match="folder does not exist"):
        mux(film, tmp_path / "a.wav", tmp_path / "no" / "out.mp4")
    assert os.listdir(tmp_path) == ["a.wav"]

"""What leaves the desk: exact, whole or not there, and refused in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from engine.media.audio_file import read_audio
from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, Cancelled, Progress, Refused
from foleydesk.document.project import Media
from foleydesk.export.video import export_video
from foleydesk.export.wav_mix import export_wav

ROOT = Path(__file__).resolve().parents[2]


def media(path: Path) -> Media:
    info = probe(path)
    return Media("m", str(path), info.hash, info.length, info.rate, info.width, info.height, info.has_audio)


@pytest.fixture
def scored(bench, bunny: Path):
    """Big Buck Bunny with one sound one second in."""
    bench.project = bench.project.with_media(media(bunny))
    bench.take("a", np.random.default_rng(1).uniform(-0.5, 0.5, SAMPLE_RATE).astype(np.float32))
    bench.clip("a", SAMPLE_RATE)
    return bench


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_the_mix_is_as_long_as_the_picture_and_exact_to_the_sample(scored, tmp_path: Path):
    out = tmp_path / "mix.wav"
    told = export_wav(scored.project, tmp_path, out)
    info = soundfile.info(out)
    assert (info.samplerate, info.channels, info.subtype) == (SAMPLE_RATE, 2, "PCM_24")
    assert info.frames == told.length == scored.project.media.length
    sound, _ = soundfile.read(out, dtype="float32")
    np.testing.assert_allclose(sound[SAMPLE_RATE : 2 * SAMPLE_RATE, 0], scored.sounds["a"], atol=2**-22)
    assert not sound[:SAMPLE_RATE].any() and not sound[2 * SAMPLE_RATE :].any()


def test_the_same_project_gives_the_same_bytes(scored, tmp_path: Path):
    for name in ("one.wav", "two.wav"):
        export_wav(scored.project, tmp_path, tmp_path / name)
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()


def test_without_a_picture_the_mix_ends_with_the_last_clip(bench, tmp_path: Path):
    bench.take("a", np.full(1000, 0.1, np.float32))
    bench.clip("a", 5000)
    assert export_wav(bench.project, tmp_path, tmp_path / "mix.wav").length == 6000


def packets(path: Path) -> list[tuple[int | None, bytes]]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return [(packet.pts, bytes(packet)) for packet in container.demux(stream) if packet.size]


def test_the_video_has_the_pictures_own_packets_and_the_mix(scored, bunny: Path, tmp_path: Path):
    out = tmp_path / "film.mp4"
    export_video(scored.project, tmp_path, out)
    assert [data for _, data in packets(out)] == [data for _, data in packets(bunny)]
    sound = read_audio(out, mono=True)[:, 0]
    power = np.convolve(sound**2, np.ones(480) / 480, "same")
    loud = np.flatnonzero(power > 0.01)
    assert abs(loud[0] - SAMPLE_RATE) < 1200 and abs(loud[-1] - 2 * SAMPLE_RATE) < 1200
    assert probe(out).length == pytest.approx(probe(bunny).length, abs=SAMPLE_RATE // 20)
    assert hidden(tmp_path) == []


def test_a_mix_over_full_scale_is_clipped_and_said(bench, tmp_path: Path):
    bench.take("a", np.full(100, 0.9, np.float32))
    bench.clip("a", 0, gain_db=6.0)
    told = export_wav(bench.project, tmp_path, tmp_path / "mix.wav")
    sound, _ = soundfile.read(tmp_path / "mix.wav")
    assert "clipped" in told.says and told.peak_db == pytest.approx(5.08, abs=0.01)
    assert sound.min() > 0.99


def test_a_silent_mix_is_said(bench, bunny: Path, tmp_path: Path):
    bench.project = bench.project.with_media(media(bunny))
    assert "silent" in export_wav(bench.project, tmp_path, tmp_path / "mix.wav").says


def test_nothing_to_export_is_refused(bench, tmp_path: Path):
    with pytest.raises(Refused, match="nothing to export"):
        export_wav(bench.project, tmp_path, tmp_path / "mix.wav")
    with pytest.raises(Refused, match="no picture"):
        export_video(bench.project, tmp_path, tmp_path / "film.mp4")


def test_a_lost_take_is_refused_unless_it_is_muted(scored, tmp_path: Path):
    (scored.folder / "a.wav").unlink()
    with pytest.raises(Refused, match="a.wav"):
        export_wav(scored.project, tmp_path, tmp_path / "mix.wav")
    assert not (tmp_path / "mix.wav").exists()
    scored.track("feet", mute=True)
    export_wav(scored.project, tmp_path, tmp_path / "mix.wav")


@pytest.mark.parametrize("name", ["mix.mp3", "mix"])
def test_a_name_that_says_another_format_is_refused(scored, tmp_path: Path, name: str):
    with pytest.raises(Refused, match="ends in"):
        export_wav(scored.project, tmp_path, tmp_path / name)
    with pytest.raises(Refused, match="ends in"):
        export_video(scored.project, tmp_path, tmp_path / name)
    assert hidden(tmp_path) == []


def test_the_picture_is_never_written_over(scored, bunny: Path, tmp_path: Path):
    copy = tmp_path / "copy.mp4"
    shutil.copy(bunny, copy)
    scored.project = scored.project.with_media(media(copy))
    with pytest.raises(Refused, match="is the picture itself"):
        export_video(scored.project, tmp_path, copy)
    assert copy.read_bytes() == bunny.read_bytes()


@pytest.mark.parametrize("export", [export_wav, export_video])
def test_cancelling_leaves_what_was_there_and_nothing_half_written(scored, tmp_path: Path, export):
    out = tmp_path / ("mix.wav" if export is export_wav else "film.mp4")
    out.write_bytes(b"earlier")

    def cancel(progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        export(scored.project, tmp_path, out, cancel)
    assert out.read_bytes() == b"earlier" and hidden(tmp_path) == []


@pytest.mark.parametrize("export", [export_wav, export_video])
def test_a_folder_that_is_not_there_is_one_sentence(scored, tmp_path: Path, export):
    out = tmp_path / "nowhere" / ("mix.wav" if export is export_wav else "film.mp4")
    with pytest.raises(Refused, match="folder does not exist"):
        export(scored.project, tmp_path, out)


FULL = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from engine.spec import Candidate, Recipe, Refused, Span
from engine.media.audio_file import write_wav
from engine.media.probe import probe
from foleydesk.document.project import Clip, Media, Project, Take
from foleydesk.export.video import export_video
from foleydesk.export.wav_mix import export_wav
folder, film = Path(sys.argv[1]), sys.argv[2]
write_wav(folder / "a.wav", np.full(48000, 0.1, np.float32))
info = probe(film)
take = Take("a", "cue", Candidate("a", Recipe(film, "", Span(0, 48000)), str(folder / "a.wav"), "", 48000))
media = Media("m", film, info.hash, info.length, info.rate, info.width, info.height, info.has_audio)
project = Project(media=media, takes=(take,), clips=(Clip("c", "feet", "a", 0, 0, 48000),))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
for export, name in ((export_wav, "mix.wav"), (export_video, "film.mp4")):
    try:
        export(project, folder, folder / name)
    except Refused as refusal:
        print(refusal)
"""


@pytest.mark.skipif(os.name == "nt", reason="the system has no limit that looks like a full disk")
def test_a_full_disk_is_one_sentence_and_leaves_nothing(bunny: Path, tmp_path: Path):
    found = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), str(bunny)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines = found.stdout.strip().splitlines()
    assert len(lines) == 2 and all("disk is full" in line for line in lines), found.stdout + found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_one_sentence(scored, tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(Refused, match="read-only"):
        export_wav(scored.project, tmp_path, closed / "mix.wav")


def test_a_rate_of_thirds_of_frames_does_not_matter(scored, tmp_path: Path):
    odd = Media("m", scored.project.media.path, "", 48_000 * 1001 // 30000 * 7, Fraction(30000, 1001), 1, 1, False)
    scored.project = scored.project.with_media(odd)
    assert export_wav(scored.project, tmp_path, tmp_path / "mix.wav").length == odd.length

"""Exports and the mix's sight, off the window's thread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.audio import pyramid
from engine.media.audio_file import write_wav
from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, Candidate, Recipe, Span
from foleydesk.document.project import Clip, Cue, Media, Project, Take
from foleydesk.export.request import Delivery, Format
from foleydesk.playback.loudness import measure
from foleydesk.workers.export_thread import ExportThread
from foleydesk.workers.sound_sight import BLOCK, see
from foleydesk.workers.sound_thread import SoundThread

WAIT_MS = 60_000


@pytest.fixture
def candidates(tmp_path: Path) -> list[Candidate]:
    made = []
    for name, level in (("soft", 0.05), ("middle", 0.1), ("loud", 0.2)):
        sound = np.random.default_rng(2).uniform(-level, level, SAMPLE_RATE).astype(np.float32)
        write_wav(tmp_path / f"{name}.wav", sound)
        recipe = Recipe("clip.mp4", "", Span(0, SAMPLE_RATE))
        made.append(Candidate(name, recipe, str(tmp_path / f"{name}.wav"), "", SAMPLE_RATE))
    return made


@pytest.fixture
def project(candidates, bunny: Path) -> Project:
    info = probe(bunny)
    media = Media("m", str(bunny), info.hash, info.length, info.rate, info.width, info.height, info.has_audio)
    clip = Clip("c", "feet", "loud", SAMPLE_RATE, 0, SAMPLE_RATE)
    return Project(media=media, takes=tuple(Take(x.id, "cue", x) for x in candidates), clips=(clip,))


@pytest.fixture
def exports(qapp):
    exports = ExportThread()
    yield exports
    assert exports.shutdown()


@pytest.fixture
def sounds(qapp):
    sounds = SoundThread()
    yield sounds
    assert sounds.shutdown()


def test_exports_run_one_after_another(qtbot, exports: ExportThread, project, tmp_path: Path):
    done = []
    exports.finished.connect(lambda job, export: done.append((job, Path(export.path).name)))
    exports.mix("one", project, tmp_path, tmp_path / "mix.wav")
    exports.video("two", project, tmp_path, tmp_path / "film.mp4")
    qtbot.waitUntil(lambda: len(done) == 2, timeout=WAIT_MS)
    assert done == [("one", "mix.wav"), ("two", "film.mp4")]
    assert (tmp_path / "film.mp4").exists() and not exports.busy


def test_a_delivery_is_one_job_with_many_files(qtbot, exports: ExportThread, project, tmp_path: Path):
    project = replace(project, cues=(Cue("cue", 0, SAMPLE_RATE),))
    wanted = Delivery(tmp_path / "out", (Format.MIX, Format.MOV, Format.REAPER, Format.CSV), "Bunny")
    with qtbot.waitSignal(exports.finished, timeout=WAIT_MS) as finished:
        exports.deliver("job", project, tmp_path, wanted)
    job, delivered = finished.args
    assert job == "job" and delivered.says.startswith("Delivered 9 files to")
    assert all((tmp_path / "out" / file.name).is_file() for file in delivered.files)


def test_a_refused_export_says_why(qtbot, exports: ExportThread, tmp_path: Path):
    with qtbot.waitSignal(exports.failed, timeout=WAIT_MS) as failed:
        exports.video("job", Project(), tmp_path, tmp_path / "film.mp4")
    assert failed.args[0] == "job" and "no picture" in failed.args[1]


def test_a_cancelled_export_leaves_nothing(qtbot, exports: ExportThread, project, tmp_path: Path):
    long = replace(project, media=replace(project.media, length=3600 * SAMPLE_RATE))
    exports.progressed.connect(lambda job, progress: exports.cancel(job))
    with qtbot.waitSignal(exports.cancelled, timeout=WAIT_MS):
        exports.mix("job", long, tmp_path, tmp_path / "mix.wav")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".wav"] * 3


def test_candidates_are_ready_to_play_and_equally_loud(qtbot, sounds: SoundThread, candidates):
    with qtbot.waitSignal(sounds.audition, timeout=WAIT_MS) as ready:
        sounds.load("cue", candidates)
    [audition] = ready.args
    assert audition.cue == "cue" and list(audition.sounds) == ["soft", "middle", "loud"]
    assert audition.gains_db["soft"] == pytest.approx(6.02, abs=0.1)
    assert audition.gains_db["middle"] == 0 and audition.gains_db["loud"] == pytest.approx(-6.02, abs=0.1)


def test_a_lost_candidate_is_one_sentence_and_the_others_are_there(qtbot, sounds: SoundThread, candidates):
    Path(candidates[0].wav).unlink()
    with qtbot.waitSignal(sounds.audition, timeout=WAIT_MS) as ready:
        sounds.load("cue", candidates)
    [audition] = ready.args
    assert list(audition.sounds) == ["middle", "loud"]
    assert list(audition.missing) == ["soft"] and "soft.wav" in audition.missing["soft"]


def test_the_mix_is_seen_and_measured_as_it_sounds(qtbot, sounds: SoundThread, project, candidates, tmp_path: Path):
    with qtbot.waitSignal(sounds.mixed, timeout=WAIT_MS) as ready:
        sounds.see_mix(project, tmp_path)
    [sight] = ready.args
    whole = np.zeros((project.media.length, 2), np.float32)
    whole[SAMPLE_RATE : 2 * SAMPLE_RATE] = sounds.takes(tmp_path).read(candidates[2].wav)
    assert sight.project is project
    np.testing.assert_array_equal(sight.mel[0], pyramid.mel_levels(whole[:, 0]))
    assert sight.loudness.lufs == pytest.approx(measure(whole).lufs, abs=0.01)
    assert sight.loudness.peak_db == pytest.approx(measure(whole).peak_db, abs=0.01)


def test_of_many_mixes_the_newest_is_seen(qtbot, sounds: SoundThread, project, tmp_path: Path):
    seen = []
    sounds.mixed.connect(lambda sight: seen.append(sight.project.name))
    for i in range(30):
        sounds.see_mix(replace(project, name=str(i)), tmp_path)
    qtbot.waitUntil(lambda: "29" in seen, timeout=WAIT_MS)
    assert len(seen) < 30 and seen[-1] == "29"


def test_block_by_block_it_looks_like_the_whole():
    wave = np.random.default_rng(0).normal(0, 0.1, BLOCK + 70_001).astype(np.float32)
    wave[200_000:400_000] = 0
    sight = see(lambda start, n: wave[start : start + n], len(wave), lambda done, blocks: None)
    for got, expected in ((sight.mel, pyramid.pyramid(pyramid.mel_levels(wave))), (sight.peaks, pyramid.peaks(wave))):
        assert len(got) == len(expected)
        for floor, other in zip(got, expected, strict=True):
            np.testing.assert_array_equal(floor, other)

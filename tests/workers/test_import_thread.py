"""What happens in the background after a medium was opened."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.media.audio_file import read_audio, write_wav
from engine.media.frame_index import FrameIndex, build_index
from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, Span
from foleydesk.workers.import_thread import COARSE, ImportThread, quick_enough, strip_times

WAIT_MS = 60_000


class Told:
    """Everything an ImportThread says, in order."""

    def __init__(self, imports: ImportThread) -> None:
        self.said: list[tuple] = []
        for name in ("probed", "indexed", "thumbnails", "sound", "proxy_ready", "failed", "finished"):
            getattr(imports, name).connect(lambda *what, name=name: self.said.append((name, *what)))

    def names(self) -> list[str]:
        return [name for name, *_ in self.said]

    def of(self, name: str) -> list[tuple]:
        return [tuple(what) for said, *what in self.said if said == name]


@pytest.fixture
def imports(qapp):
    imports = ImportThread()
    yield imports
    assert imports.shutdown()


@pytest.fixture
def told(imports: ImportThread) -> Told:
    return Told(imports)


def test_everything_is_made_quick_things_first(qtbot, imports, told: Told, bunny: Path, tmp_path: Path):
    with qtbot.waitSignal(imports.finished, timeout=WAIT_MS):
        imports.open(bunny, tmp_path / "cache")
    assert told.names() == [
        "probed", "thumbnails", "indexed", "sound", "thumbnails", "proxy_ready", "finished",
    ]
    [(coarse,), (fine,)] = told.of("thumbnails")
    assert len(coarse.pictures) == len(coarse.times) <= COARSE < len(fine.pictures)
    [(path, index)] = told.of("indexed")
    assert path == str(bunny) and isinstance(index, FrameIndex)
    [(_, proxy)] = told.of("proxy_ready")
    assert probe(proxy).length == pytest.approx(probe(bunny).length, abs=SAMPLE_RATE // 20)
    [(sound,)] = told.of("sound")
    assert sound.mel[0].dtype == np.uint8 and np.any(sound.mel[0])


def test_a_second_time_everything_comes_from_the_cache(qtbot, imports, told: Told, bunny: Path, tmp_path: Path):
    for _ in range(2):
        with qtbot.waitSignal(imports.finished, timeout=WAIT_MS):
            imports.open(bunny, tmp_path)
        files = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert files == {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(told.of("proxy_ready")) == 2


def test_the_newest_medium_wins(qtbot, imports, told: Told, bunny: Path, tmp_path: Path):
    tone = tmp_path / "tone.wav"
    write_wav(tone, np.full(SAMPLE_RATE, 0.1, np.float32))
    imports.open(bunny, tmp_path)
    qtbot.waitUntil(lambda: "thumbnails" in told.names(), timeout=WAIT_MS)
    imports.open(tone, tmp_path)
    told.said.clear()
    qtbot.waitUntil(lambda: "finished" in told.names(), timeout=WAIT_MS)
    assert told.of("finished") == [(str(tone),)]
    assert told.names() == ["probed", "sound", "finished"]


def test_giving_up_is_quiet_and_leaves_no_half_proxy(qtbot, imports, told: Told, bunny: Path, tmp_path: Path):
    imports.progressed.connect(lambda progress: progress.stage == "proxy" and imports.cancel())
    imports.open(bunny, tmp_path)
    qtbot.waitUntil(lambda: not imports._line.busy, timeout=WAIT_MS)
    qtbot.wait(20)
    assert "finished" not in told.names() and "failed" not in told.names()
    assert not list(tmp_path.glob("*proxy*"))


def test_a_file_that_is_no_film_is_one_sentence(qtbot, imports, told: Told, tmp_path: Path):
    film = tmp_path / "film.mp4"
    film.write_text("not a film")
    with qtbot.waitSignal(imports.failed, timeout=WAIT_MS) as failed:
        imports.open(film, tmp_path)
    assert "film.mp4" in failed.args[0]
    assert told.names() == ["failed"]


def test_a_cache_that_cannot_be_made_is_one_sentence(qtbot, imports, told: Told, bunny: Path, tmp_path: Path):
    (tmp_path / "file").write_text("")
    with qtbot.waitSignal(imports.failed, timeout=WAIT_MS):
        imports.open(bunny, tmp_path / "file" / "cache")
    assert told.names() == ["probed", "failed"]


def test_strip_times_are_spread_evenly_and_never_too_many():
    assert strip_times(10 * SAMPLE_RATE, 4) == tuple(int(s * SAMPLE_RATE) for s in (1.25, 3.75, 6.25, 8.75))
    assert len(strip_times(SAMPLE_RATE // 3, 240)) == 2
    assert strip_times(100, 240) == (50,)


def test_a_small_file_of_many_keyframes_needs_no_proxy(bunny: Path):
    info = probe(bunny)
    index = build_index(bunny)
    every = FrameIndex(index.starts, np.ones(len(index), bool), index.length)
    assert not quick_enough(info, every)
    small = type(info)(**{**vars(info), "width": 640, "height": 360})
    assert quick_enough(small, every)
    assert not quick_enough(small, FrameIndex(index.starts, np.arange(len(index)) == 0, index.length))


def test_the_spectrogram_is_of_the_files_own_sound(qtbot, imports, told: Told, bunny: Path, tmp_path: Path):
    part = read_audio(bunny, mono=True, span=Span(0, SAMPLE_RATE))
    tone = tmp_path / "tone.wav"
    write_wav(tone, part)
    with qtbot.waitSignal(imports.finished, timeout=WAIT_MS):
        imports.open(tone, tmp_path)
    [(sound,)] = told.of("sound")
    assert sound.mel[0].shape == (128, -(-SAMPLE_RATE // 512))
    assert sound.peaks[0][1].max() == pytest.approx(float(part.max()), abs=1e-4)

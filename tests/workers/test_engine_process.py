"""The engine on its own thread: signals where the window lives, cancel within a step, nothing left behind."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, EventCurve, Progress, Recipe, Span
from foleydesk.workers.engine_thread import EngineThread

WAIT_MS = 60_000
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def recipe(bunny: Path) -> Recipe:
    return Recipe(str(bunny), probe(bunny).hash, Span(0, SAMPLE_RATE // 2), "steps", model="tiny", steps=4, seed=7)


@pytest.fixture
def engine(qapp, tiny_engine, tmp_path: Path):
    engine = EngineThread(cache=tmp_path / "cache", make_engine=tiny_engine)
    yield engine
    assert engine.shutdown()


def test_candidates_come_back_as_paths_in_the_windows_thread(qtbot, engine: EngineThread, recipe, tmp_path: Path):
    seen, window = [], threading.current_thread()
    engine.progressed.connect(lambda job, progress: seen.append((job, progress, threading.current_thread())))
    ready = []
    engine.ready.connect(ready.append)
    with qtbot.waitSignal(engine.generated, timeout=WAIT_MS) as told:
        engine.generate("job", recipe, 2, tmp_path / "takes")
    job, candidates = told.args
    assert len(ready) == 1 and ready[0]
    assert job == "job" and len(candidates) == 2
    assert all(Path(candidate.wav).exists() for candidate in candidates)
    assert {thread for _, _, thread in seen} == {window}
    assert all(job == "job" and isinstance(progress, Progress) for job, progress, _ in seen)


def test_a_running_job_ends_within_a_step_and_leaves_no_files(qtbot, engine: EngineThread, recipe, tmp_path: Path):
    long = Recipe(**{**vars(recipe), "steps": 1000})
    engine.progressed.connect(lambda job, progress: progress.stage == "Generating" and engine.cancel(job))
    with qtbot.waitSignal(engine.cancelled, timeout=WAIT_MS) as told:
        engine.generate("job", long, 4, tmp_path / "takes")
    assert told.args == ["job"]
    assert not list((tmp_path / "takes").glob("*.wav"))


def test_after_a_cancel_the_next_job_runs(qtbot, engine: EngineThread, recipe, tmp_path: Path):
    engine.generate("a", recipe, 1, tmp_path)
    engine.generate("b", recipe, 1, tmp_path)
    engine.generate("c", recipe, 1, tmp_path)
    engine.cancel("b")
    done = []
    engine.generated.connect(lambda job, candidates: done.append(job))
    qtbot.waitUntil(lambda: "c" in done, timeout=WAIT_MS)
    assert done == ["a", "c"]


def test_a_missing_medium_is_one_sentence(qtbot, engine: EngineThread, recipe, tmp_path: Path):
    lost = Recipe(**{**vars(recipe), "media": str(tmp_path / "lost.mp4")})
    with qtbot.waitSignal(engine.failed, timeout=WAIT_MS) as told:
        engine.generate("job", lost, 1, tmp_path / "takes")
    assert told.args[0] == "job" and "lost.mp4" in told.args[1]


def test_the_spotter_answers_or_its_model_is_refused_by_name(qtbot, engine: EngineThread, bunny: Path):
    told = []
    engine.spotted.connect(lambda job, curve: told.append((job, isinstance(curve, EventCurve))))
    engine.failed.connect(lambda job, sentence: told.append((job, "visiosonic-mini" in sentence)))
    engine.spot("look", bunny, Span(0, SAMPLE_RATE))
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    assert told == [("look", True)]


def test_unloading_is_told_after_the_jobs_before_it(qtbot, engine: EngineThread, recipe, tmp_path: Path):
    order = []
    engine.generated.connect(lambda job, candidates: order.append(job))
    engine.unloaded.connect(lambda: order.append("unloaded"))
    with qtbot.waitSignal(engine.unloaded, timeout=WAIT_MS):
        engine.generate("job", recipe, 1, tmp_path)
        engine.unload()
    assert order == ["job", "unloaded"]


def test_shutting_down_in_the_middle_ends_the_thread_and_says_nothing(qapp, tiny_engine, recipe, tmp_path: Path):
    engine, said = EngineThread(make_engine=tiny_engine), []
    for signal in (engine.generated, engine.failed, engine.cancelled):
        signal.connect(lambda *what: said.append(what))
    begun = threading.Event()
    engine._work._make_engine = lambda *how: begun.set() or tiny_engine(*how)
    engine.generate("job", Recipe(**{**vars(recipe), "steps": 1000}), 4, tmp_path / "takes")
    assert begun.wait(60)
    assert engine.shutdown(60)
    qapp.processEvents()
    assert said == []
    assert not list((tmp_path / "takes").glob("*.wav"))


def test_torch_comes_only_with_the_first_job():
    program = """
import sys
from PySide6.QtCore import QCoreApplication
import foleydesk.workers.export_thread, foleydesk.workers.frame_thread, foleydesk.workers.import_thread
import foleydesk.workers.jobs, foleydesk.workers.sound_thread, foleydesk.workers.training_process
import foleydesk.playback.transport
from foleydesk.workers.engine_thread import EngineThread
app = QCoreApplication([])
engine = EngineThread()
heavy = [name for name in ("torch", "scipy", "engine.service") if name in sys.modules]
assert not heavy, heavy
engine.shutdown()
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)

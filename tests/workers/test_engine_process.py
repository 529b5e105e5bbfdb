"""The engine as a process: the same sounds, cancel within a step, nothing left behind, and its end costs one job."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from pytestqt.qtbot import QtBot

from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, EventCurve, Progress, Recipe, Refused, Span
from foleydesk.workers.engine_process import EngineProcess

WAIT_MS = 180_000
GONE_S = 20.0
ROOT = Path(__file__).resolve().parents[2]
MODULE = "tests.tiny_engine"
LONG_STEP_S = "60"


@pytest.fixture
def recipe(bunny: Path) -> Recipe:
    return Recipe(str(bunny), probe(bunny).hash, Span(0, SAMPLE_RATE // 2), "steps", model="tiny", steps=4, seed=7)


@pytest.fixture
def engine(qapp, tiny_home: Path, tmp_path: Path):
    engine = EngineProcess(cache=tmp_path / "cache", module=MODULE)
    yield engine
    assert engine.shutdown()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def first_step(engine: EngineProcess, qtbot: QtBot) -> None:
    """Until the engine is in the middle of its sampling."""
    begun: list[Progress] = []
    engine.progressed.connect(lambda job, progress: progress.stage == "Generating" and begun.append(progress))
    qtbot.waitUntil(lambda: bool(begun), timeout=WAIT_MS)


def test_the_same_sounds_as_in_this_process_whatever_a_library_prints(
    qtbot: QtBot, tiny_model: ModuleType, engine: EngineProcess, recipe: Recipe, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("TINY_SAYS", json.dumps({"answer": "failed", "number": "1", "what": "a stray print"}))
    seen, ready, window = [], [], threading.current_thread()
    engine.progressed.connect(lambda job, progress: seen.append((job, progress, threading.current_thread())))
    engine.ready.connect(ready.append)
    with qtbot.waitSignal(engine.generated, timeout=WAIT_MS) as told:
        engine.generate("job", recipe, 2, tmp_path / "there")
    job, there = told.args
    here = tiny_model.Engine(device="cpu", loaders=tiny_model.TINY).generate(recipe, 2, tmp_path / "here")
    assert job == "job" and len(ready) == 1 and "CPU" in ready[0]
    assert [replace(one, wav="", mel="") for one in there] == [replace(one, wav="", mel="") for one in here]
    for one, other in zip(there, here, strict=True):
        for path, same in ((one.wav, other.wav), (one.mel, other.mel)):
            assert Path(path).read_bytes() == Path(same).read_bytes()
    assert {(job, thread) for job, _, thread in seen} == {("job", window)}
    if sys.platform == "linux":
        assert os.getpriority(os.PRIO_PROCESS, engine.pid) > os.getpriority(os.PRIO_PROCESS, 0)
        own = int(Path("/proc/self/oom_score_adj").read_text())
        assert int(Path(f"/proc/{engine.pid}/oom_score_adj").read_text()) >= max(own, 1)


def test_what_runs_ends_within_a_step_what_waits_at_once_and_the_next_is_made(
    qtbot: QtBot, engine: EngineProcess, recipe: Recipe, tmp_path: Path, monkeypatch
) -> None:
    done = tmp_path / "steps"
    monkeypatch.setenv("TINY_STEPS", str(done))
    monkeypatch.setenv("TINY_STEP_S", "0.5")
    steps, over = [], []
    for end in (engine.generated, engine.cancelled, engine.failed):
        end.connect(lambda job, *what: over.append(job))

    def see(job: str, progress: Progress) -> None:
        if job == "long" and progress.stage == "Generating" and not steps:
            steps.append(done.stat().st_size)
            engine.cancel("long")

    engine.progressed.connect(see)
    engine.cancelled.connect(lambda job: job == "long" and steps.append(done.stat().st_size))
    engine.generate("long", replace(recipe, steps=1000), 1, tmp_path / "long")
    engine.generate("waiting", recipe, 1, tmp_path / "waiting")
    engine.generate("next", replace(recipe, steps=1), 1, tmp_path / "next")
    engine.cancel("waiting")
    qtbot.waitUntil(lambda: len(over) == 3, timeout=WAIT_MS)
    assert over == ["waiting", "long", "next"]
    asked, ended = steps
    assert ended <= asked + 1, "no other step was begun"
    assert [path.parent.name for path in tmp_path.rglob("*.wav")] == ["next"]
    assert not engine.busy


def test_a_refusal_comes_word_for_word_and_unloading_after_the_jobs_before_it(
    qtbot: QtBot, tiny_model: ModuleType, engine: EngineProcess, recipe: Recipe, bunny: Path, tmp_path: Path
) -> None:
    lost = replace(recipe, media=str(tmp_path / "lost “clip” – ü.mp4"))
    with pytest.raises(Refused) as refusal:
        tiny_model.Engine(device="cpu", loaders=tiny_model.TINY).generate(lost, 1, tmp_path)
    order, processes = [], []
    engine.failed.connect(lambda job, sentence: order.append((job, sentence)))
    engine.spotted.connect(lambda job, curve: order.append((job, isinstance(curve, EventCurve))))
    engine.unloaded.connect(lambda: order.append(("unloaded", engine.pid)))
    engine.generated.connect(lambda job, candidates: order.append((job, len(candidates))))
    engine.ready.connect(lambda says: processes.append(engine.pid))
    engine.generate("lost", lost, 1, tmp_path / "takes")
    engine.spot("look", bunny, Span(0, SAMPLE_RATE))
    engine.unload()
    engine.generate("after", recipe, 1, tmp_path / "takes")
    qtbot.waitUntil(lambda: len(order) == 4, timeout=WAIT_MS)
    assert order == [("lost", str(refusal.value)), ("look", True), ("unloaded", 0), ("after", 1)]
    assert len(set(processes)) == 2 and not is_there(processes[0])


def test_what_is_not_loaded_is_unloaded_at_once(qtbot: QtBot, engine: EngineProcess) -> None:
    with qtbot.waitSignal(engine.unloaded, timeout=WAIT_MS):
        engine.unload()
    assert engine.pid == 0


def test_killed_in_the_middle_it_costs_one_job(
    qtbot: QtBot, engine: EngineProcess, recipe: Recipe, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("TINY_STEP_S", "0.05")
    over: list[tuple[str, object]] = []
    engine.failed.connect(lambda job, sentence: over.append((job, sentence)))
    engine.cancelled.connect(lambda job: over.append((job, "cancelled")))
    engine.generated.connect(lambda job, candidates: over.append((job, len(candidates))))
    engine.generate("killed", replace(recipe, steps=1000), 1, tmp_path / "killed")
    engine.generate("unwanted", recipe, 1, tmp_path / "unwanted")
    engine.generate("waiting", recipe, 1, tmp_path / "waiting")
    first_step(engine, qtbot)
    killed = engine.pid
    os.kill(killed, signal.SIGKILL)
    engine.cancel("unwanted")
    qtbot.waitUntil(lambda: len(over) == 3, timeout=WAIT_MS)
    said = dict(over)
    assert "memory ran out; nothing of your project is lost" in str(said["killed"]) and "\n" not in str(said["killed"])
    assert said["unwanted"] == "cancelled" and said["waiting"] == 1 and over[-1][0] == "waiting"
    assert engine.pid not in (0, killed) and not list((tmp_path / "killed").glob("*.wav"))


def test_ended_while_nobody_waits_it_is_there_for_the_next_who_does(
    qtbot: QtBot, engine: EngineProcess, recipe: Recipe, tmp_path: Path
) -> None:
    said = []
    engine.failed.connect(lambda *what: said.append(what))
    engine.warm()
    with qtbot.waitSignal(engine.ready, timeout=WAIT_MS):
        pass
    qtbot.waitUntil(lambda: not engine.busy, timeout=WAIT_MS)
    os.kill(engine.pid, signal.SIGTERM)
    qtbot.waitUntil(lambda: engine.pid == 0, timeout=WAIT_MS)
    with qtbot.waitSignal(engine.generated, timeout=WAIT_MS):
        engine.generate("job", recipe, 1, tmp_path)
    assert said == []


def test_shutting_down_in_the_middle_of_a_step_leaves_no_process_and_says_nothing(
    qtbot: QtBot, qapp, tiny_home: Path, recipe: Recipe, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("TINY_STEP_S", LONG_STEP_S)
    engine, said = EngineProcess(module=MODULE), []
    for end in (engine.generated, engine.failed, engine.cancelled, engine.unloaded):
        end.connect(lambda *what: said.append(what))
    engine.generate("job", recipe, 1, tmp_path / "takes")
    with qtbot.waitSignal(engine.ready, timeout=WAIT_MS):
        pass
    qtbot.wait(500)
    pid = engine.pid
    assert is_there(pid) and engine.shutdown()
    qapp.processEvents()
    assert said == [] and not is_there(pid) and not list(tmp_path.glob("takes/*.wav"))


WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from engine.spec import Recipe, Span
from foleydesk.workers.engine_process import EngineProcess

app = QCoreApplication([])
engine = EngineProcess(module="tests.tiny_engine")
engine.generate("job", Recipe(sys.argv[1], "", Span(0, 24_000), model="tiny"), 1, Path(sys.argv[2]))
engine.ready.connect(lambda says: QTimer.singleShot(500, say))
def say():
    print(engine.pid, [name for name in ("torch", "scipy", "engine.service") if name in sys.modules], flush=True)
app.exec()
"""


def test_it_ends_with_its_window_though_that_is_killed_in_the_middle_of_a_step(
    tiny_home: Path, bunny: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("TINY_STEP_S", LONG_STEP_S)
    command = [sys.executable, "-c", WINDOW, str(bunny), str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        pid, heavy = window.stdout.readline().split(maxsplit=1)
        assert heavy.strip() == "[]", "torch is in the engine's process alone"
        assert is_there(int(pid))
        window.kill()
    assert gone(lambda: is_there(int(pid)))


def gone(there: Callable[[], bool]) -> bool:
    """Whether it has gone, at the latest after a while."""
    until = time.monotonic() + GONE_S
    while there() and time.monotonic() < until:
        time.sleep(0.05)
    return not there()


def test_one_that_cannot_start_is_one_sentence_for_each_job(qtbot: QtBot, qapp, recipe: Recipe, tmp_path: Path) -> None:
    engine, said = EngineProcess(module="tests.nothing_of_this_name"), []
    engine.failed.connect(lambda job, sentence: said.append((job, sentence)))
    engine.generate("one", recipe, 1, tmp_path)
    engine.generate("two", recipe, 1, tmp_path)
    qtbot.waitUntil(lambda: len(said) == 2, timeout=WAIT_MS)
    assert [job for job, _ in said] == ["one", "two"] and all("broke down" in sentence for _, sentence in said)
    assert engine.pid == 0 and not engine.busy and engine.shutdown()


def test_nothing_heavy_is_imported_for_it() -> None:
    program = """
import sys
from PySide6.QtCore import QCoreApplication
import foleydesk.workers.export_thread, foleydesk.workers.frame_thread, foleydesk.workers.import_thread
import foleydesk.workers.jobs, foleydesk.workers.sound_thread, foleydesk.workers.training_process
import foleydesk.playback.transport
from foleydesk.workers.engine_process import EngineProcess
app = QCoreApplication([])
engine = EngineProcess()
assert engine.pid == 0
heavy = [name for name in ("torch", "scipy", "engine.service") if name in sys.modules]
assert not heavy, heavy
engine.shutdown()
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_the_engines_process_knows_no_window() -> None:
    program = "import sys, foleydesk.workers.engine_serve; sys.exit('PySide6' in sys.modules or 'torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)

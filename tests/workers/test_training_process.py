"""The trainer as a process: real processes that speak its language, and the trainer itself where it refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.spec import Progress, Refused
from foleydesk.workers.training_process import TrainingProcess

WAIT_MS = 60_000

SPEAKS = """
import json, sys, time
def say(**what): print(json.dumps(what), flush=True)
"""


def program(text: str) -> list[str]:
    return [sys.executable, "-c", SPEAKS + text]


@pytest.fixture
def training(qapp):
    training = TrainingProcess()
    yield training
    training.shutdown()


def test_progress_figures_and_the_adapter_are_told(qtbot, training: TrainingProcess):
    seen, figures = [], []
    training.progressed.connect(seen.append)
    training.reported.connect(figures.append)
    with qtbot.waitSignal(training.finished, timeout=WAIT_MS) as finished:
        training.start_command(program("""
print("a library says hello")
say(kind="progress", stage="Training", step=1, steps=2, seconds_left=3.0)
say(kind="report", step=1, loss=0.69)
say(kind="progress", stage="Training", step=2, steps=2, seconds_left=None)
say(kind="done", adapter="/somewhere/taste-1", card={"pairs": 12})
"""))
    assert finished.args == ["/somewhere/taste-1"] and training.card == {"pairs": 12}
    assert seen[0] == Progress("Training", 1, 2, 3.0) and seen[-1].step == 2
    assert figures == [{"kind": "report", "step": 1, "loss": 0.69}]
    assert not training.running


def test_a_refusal_is_told_in_its_own_words(qtbot, training: TrainingProcess):
    with qtbot.waitSignal(training.failed, timeout=WAIT_MS) as failed:
        training.start_command(program('say(kind="refused", says="There are no picks yet."); sys.exit(2)'))
    assert failed.args == ["There are no picks yet."]


def test_a_crash_is_one_sentence_with_its_last_words(qtbot, training: TrainingProcess):
    with qtbot.waitSignal(training.failed, timeout=WAIT_MS) as failed:
        training.start_command(program('raise ValueError("the weights are upside down")'))
    assert "upside down" in failed.args[0] and "\n" not in failed.args[0] and "Traceback" not in failed.args[0]


def test_cancelling_ends_it(qtbot, training: TrainingProcess):
    training.progressed.connect(lambda progress: training.cancel())
    with qtbot.waitSignal(training.cancelled, timeout=WAIT_MS):
        training.start_command(program('say(kind="progress", stage="x", step=1, steps=2); time.sleep(1000)'))
    assert not training.running


def test_one_that_does_not_listen_is_ended_all_the_same(qtbot, training: TrainingProcess):
    training._process._insist.setInterval(100)
    training.progressed.connect(lambda progress: training.cancel())
    with qtbot.waitSignal(training.cancelled, timeout=WAIT_MS):
        training.start_command(program("""
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
say(kind="progress", stage="x", step=1, steps=2)
time.sleep(1000)
"""))


def test_shutting_down_leaves_no_process_and_says_nothing(qtbot, training: TrainingProcess):
    said = []
    for signal in (training.finished, training.failed):
        signal.connect(said.append)
    with qtbot.waitSignal(training.progressed, timeout=WAIT_MS):
        training.start_command(program('say(kind="progress", stage="x", step=1, steps=2); time.sleep(1000)'))
    process = training._process.pid
    training.shutdown()
    assert not training.running and said == []
    if sys.platform.startswith("linux"):
        assert not Path(f"/proc/{process}").exists()


def test_two_trainings_at_once_are_refused(training: TrainingProcess):
    training.start_command(program("time.sleep(1000)"))
    with pytest.raises(Refused, match="already running"):
        training.start_command(program(""))


def test_a_program_that_is_not_there_is_one_sentence(qtbot, training: TrainingProcess):
    with qtbot.waitSignal(training.failed, timeout=WAIT_MS):
        training.start_command(["/nowhere/trainer"])
    assert not training.running


def test_the_trainer_itself_refuses_a_project_without_picks(qtbot, training: TrainingProcess, tmp_path: Path):
    with qtbot.waitSignal(training.failed, timeout=WAIT_MS) as failed:
        training.start(tmp_path / "Nothing.foley", tmp_path / "adapter", steps=2)
    assert "pick" in failed.args[0]
    assert not (tmp_path / "adapter").exists()

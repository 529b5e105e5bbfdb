"""What becomes of the window when its engine ends, and of the engine when its window does."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from engine.spec import Progress
from foleydesk.document.edits import AddCue
from foleydesk.document.project import Cue
from foleydesk.views.main_window import MainWindow

MADE_MS = 180_000


@pytest.fixture
def making(able: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], int]:
    """Begins to make sounds in steps of so many seconds; gives the number of the process once it samples."""

    def begin(step_s: float) -> int:
        monkeypatch.setenv("TINY_STEP_S", str(step_s))
        steps: list[Progress] = []
        engine = able.studio.making._engine
        engine.progressed.connect(lambda job, at: at.stage == "Generating" and steps.append(at))
        able.studio.do(AddCue(Cue("cue", 0, 24_000, prompt="a stick hits metal")))
        able.studio.choose_cue("cue")
        able.handlers.do("generate")
        qtbot.waitUntil(lambda: bool(steps), timeout=MADE_MS)
        return engine.pid

    return begin


def test_an_engine_that_is_killed_costs_one_sentence_and_is_there_again(
    able: MainWindow, making: Callable[[float], int], qtbot: QtBot
) -> None:
    able.handlers.do("save")
    os.kill(making(2.0), signal.SIGKILL)
    qtbot.waitUntil(lambda: able.studio.queueing.all()[0].state == "failed", timeout=MADE_MS)
    (job,) = able.studio.queueing.all()
    assert job.says == able.message.text
    assert "memory" in job.says and "nothing of your project is lost" in job.says
    assert able.studio.project is not None and able.studio.project.cue("cue").prompt == "a stick hits metal"
    os.environ["TINY_STEP_S"] = "0"
    able.studio.queueing.retry(job.id)
    qtbot.waitUntil(lambda: len(able.studio.project.takes) == 2, timeout=MADE_MS)  # type: ignore[union-attr]


def test_a_window_that_closes_takes_its_engine_along(able: MainWindow, making: Callable[[float], int]) -> None:
    pid = making(2.0)
    able.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

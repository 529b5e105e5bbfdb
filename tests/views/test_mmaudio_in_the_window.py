"""MMAudio as a user meets it: chosen in the menu, made sounds with, given up, made with again, and left."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[1]))

from engine.spec import Progress  # noqa: E402
from foleydesk.views.main_window import MainWindow  # noqa: E402

LONG_MS = 120_000
STEPS = 150
"""So many that there is time to give up in between; a step is counted once for each of the two candidates."""


@pytest.fixture
def desk(make_window: Callable[[], MainWindow], home: Path, film: Path, tmp_path: Path, monkeypatch) -> MainWindow:
    """A window on a cue of one second, with a tiny MMAudio of random weights installed as a pull would have done it."""
    import tiny_mmaudio

    tiny_mmaudio.install(home)
    monkeypatch.setattr("foleydesk.workers.engine_process.MODULE", "tests.counting_engine")
    monkeypatch.setenv("NETWORKS_COUNTED", str(tmp_path / "networks"))
    window = make_window()
    assert window.open(film)
    window.studio.mark(0, 48_000)
    window.studio.draft = "rustling grass"
    window.studio.add_cue()
    return window


def choose(window: MainWindow, words: str) -> None:
    """In the model menu, as a hand does it."""
    next(action for action in window.header.model_menu.actions() if action.text() == words).trigger()


def generate(window: MainWindow, steps: int, qtbot: QtBot) -> None:
    """Until its candidates lie before the ear."""
    before = len(window.studio.project.takes)  # type: ignore[union-attr]
    window.choosing.settings = replace(window.choosing.settings, steps=steps, candidates=2)
    window.handlers.do("generate")
    qtbot.waitUntil(lambda: _made(window) == before + 2 or bool(window.message.text), timeout=LONG_MS)
    assert not window.message.text, window.message.text


def _made(window: MainWindow) -> int:
    return len(window.studio.project.takes)  # type: ignore[union-attr]


def networks() -> int:
    """How many of MMAudio's networks were in the memory of the engine's process when it had made its last sounds."""
    return int(Path(os.environ["NETWORKS_COUNTED"]).read_text())


def test_chosen_given_up_within_a_step_made_again_and_left(desk: MainWindow, qtbot: QtBot) -> None:
    choose(desk, "MMAudio tiny")
    assert desk.studio.project is not None and desk.studio.project.model == "mmaudio-tiny"
    generate(desk, 2, qtbot)
    assert networks() == 1

    making = desk.studio.making
    engine = making._engine

    def see(job: str, progress: Progress) -> None:
        if progress.steps == 2 * STEPS and progress.step > 0 and not asked:
            asked.append(progress.step)
            desk.handlers.do("cancel")

    asked: list[int] = []
    engine.progressed.connect(see)
    before = _made(desk)
    desk.choosing.settings = replace(desk.choosing.settings, steps=STEPS)
    desk.handlers.do("generate")
    qtbot.waitUntil(lambda: bool(asked) and desk.studio.going() is None, timeout=LONG_MS)
    assert making.jobs.all()[-1].state == "cancelled" and _made(desk) == before
    assert not desk.message.text

    generate(desk, 2, qtbot)
    choose(desk, "VisioSonic mini")
    generate(desk, 2, qtbot)
    models = [take.candidate.recipe.model for take in desk.studio.project.takes]
    assert models == ["mmaudio-tiny"] * 4 + ["visiosonic-mini"] * 2
    assert networks() == 0
    with qtbot.waitSignal(making.unloaded, timeout=LONG_MS):
        making.unload()
    assert engine.pid == 0, "and with the process the rest"

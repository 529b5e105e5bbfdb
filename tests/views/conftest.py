"""A real window, closed again with every thread that it started."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from foleydesk.app import application
from foleydesk.document.edits import ChooseModel
from foleydesk.views.main_window import MainWindow

OPENED_MS = 10_000


@pytest.fixture
def film(tmp_path: Path, bunny: Path) -> Path:
    """The bunny in a folder of its own, where a project can lie beside it."""
    folder = tmp_path / "film"
    folder.mkdir()
    return Path(shutil.copy(bunny, folder / "bunny.mp4"))


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    """Windows on nothing; what is open at the end is closed."""
    application()
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow()
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def able(make_window: Callable[[], MainWindow], tiny_home: Path, film: Path, monkeypatch) -> MainWindow:
    """A window on the film, with a quick model that can do everything."""
    monkeypatch.setattr("foleydesk.workers.engine_process.MODULE", "tests.tiny_engine")
    window = make_window()
    window.choosing.settings = replace(window.choosing.settings, steps=2, candidates=2)
    assert window.open(film)
    window.studio.do(ChooseModel("tiny"))
    return window


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    return make_window()

"""`pytest tests/benchmarks` measures and prints a table; any other run leaves these out, as it does all slow tests."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter, thread_time

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

Row = tuple[str, float, float, float, float]
ROWS: pytest.StashKey[list[Row]] = pytest.StashKey()
HEAD = ("p50 ms", "p95 ms", "max ms", "own p95")
"""The last one is the time of the window's own thread: without what other programs took of the processor."""


def pytest_configure(config: pytest.Config) -> None:
    config.stash.setdefault(ROWS, [])
    if any("benchmarks" in argument for argument in config.args) and config.option.markexpr == "not slow":
        config.option.markexpr = ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    rows = config.stash.get(ROWS, [])
    if not rows:
        return
    wide = max(len(what) for what, *_ in rows)
    terminalreporter.section("measured")
    terminalreporter.write_line(f"{'':{wide}} " + " ".join(f"{name:>8}" for name in HEAD))
    for what, *numbers in rows:
        terminalreporter.write_line(f"{what:{wide}} " + " ".join(f"{number:8.1f}" for number in numbers))


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[[str, int, Callable[[int], None]], float]:
    """p95 in ms of so many steps, each with all that it makes the window do; a row of the table."""

    def run(what: str, steps: int, step: Callable[[int], None]) -> float:
        took, own = [], []
        for i in range(steps):
            since, worked = perf_counter(), thread_time()
            step(i)
            QApplication.processEvents()
            took.append((perf_counter() - since) * 1000)
            own.append((thread_time() - worked) * 1000)
        p50, p95 = np.percentile(took, [50, 95])
        row = (what, float(p50), float(p95), max(took), float(np.percentile(own, 95)))
        request.config.stash[ROWS].append(row)
        return float(p95)

    return run

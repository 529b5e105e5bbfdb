"""`pytest tests/benchmarks` measures and prints a table; any other run leaves these out, as it does all slow tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter, thread_time

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

Row = tuple[str, float, float, float, float]
ROWS: pytest.StashKey[list[Row]] = pytest.StashKey()
Figure = tuple[str, float, float, float, str, float]
FIGURES: pytest.StashKey[list[Figure]] = pytest.StashKey()
HEAD = ("p50 ms", "p95 ms", "max ms", "own p95")
"""The last one is the time of the window's own thread: without what other programs took of the processor."""


def pytest_configure(config: pytest.Config) -> None:
    config.stash.setdefault(ROWS, [])
    config.stash.setdefault(FIGURES, [])
    if any("benchmarks" in argument for argument in config.args) and config.option.markexpr == "not slow":
        config.option.markexpr = ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    rows, figures = config.stash.get(ROWS, []), config.stash.get(FIGURES, [])
    if not rows and not figures:
        return
    wide = max(len(what) for what, *_ in (*rows, *figures))
    terminalreporter.section("measured")
    if rows:
        terminalreporter.write_line(f"{'':{wide}} " + " ".join(f"{name:>8}" for name in HEAD))
    for what, *numbers in rows:
        terminalreporter.write_line(f"{what:{wide}} " + " ".join(f"{number:8.1f}" for number in numbers))
    if figures:
        terminalreporter.write_line(f"{'':{wide}} {'p50':>8} {'p95':>8} {'max':>8} {'unit':>8} {'budget':>8}")
    for what, p50, high, most, unit, budget in figures:
        terminalreporter.write_line(f"{what:{wide}} {p50:8.1f} {high:8.1f} {most:8.1f} {unit:>8} {budget:8.0f}")


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


@pytest.fixture
def noted(request: pytest.FixtureRequest) -> Callable[..., float]:
    """A row of figures that were measured elsewhere: noted(what, figures, unit, share, budget) gives the share-th
    per cent of them (95)."""

    def note(what: str, figures: Sequence[float], unit: str = "ms", share: float = 95, *, budget: float) -> float:
        high = float(np.percentile(figures, share))
        row = (what, float(np.median(figures)), high, float(max(figures)), unit, budget)
        request.config.stash[FIGURES].append(row)
        return high

    return note

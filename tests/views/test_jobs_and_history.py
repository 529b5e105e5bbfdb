"""What is long stands in one list with its order; what was done stands in another, and one can go back to any of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec import Progress
from foleydesk.document.edits import AddCue
from foleydesk.document.project import Cue
from foleydesk.export.request import Delivery, Format
from foleydesk.views.jobs_panel import JobsPanel
from foleydesk.views.main_window import MainWindow
from foleydesk.workers.jobs import Job, Jobs

DONE_MS = 180_000


@pytest.fixture
def queued(able: MainWindow) -> MainWindow:
    """Three cues wait while the queue is paused."""
    able.handlers.do("jobs")
    able.handlers.do("pause_jobs")
    for i in range(3):
        able.studio.do(AddCue(Cue(f"cue{i}", i * 24_000, (i + 1) * 24_000, prompt="a stick hits metal")))
        able.studio.choose_cue(f"cue{i}")
        able.handlers.do("generate")
    return able


@pytest.fixture
def panel(queued: MainWindow) -> JobsPanel:
    return queued.lists.jobs


def titles(panel: JobsPanel) -> list[str]:
    return [panel.list.item(i).text().split("\n")[0] for i in range(panel.list.count())]


def choose(panel: JobsPanel, row: int) -> None:
    panel.list.setCurrentRow(row)


def test_what_waits_is_seen_held_and_let_go(queued: MainWindow, panel: JobsPanel, qtbot: QtBot) -> None:
    assert titles(panel) == ["Generating cue 01", "Generating cue 02", "Generating cue 03"]
    assert all(job.state == "waiting" for job in queued.studio.queueing.all())
    assert queued.status.jobs_button.text() == "Jobs 3 · paused" and panel.pause.isChecked()
    panel.pause.click()
    qtbot.waitUntil(lambda: all(job.state == "done" for job in queued.studio.queueing.all()), timeout=DONE_MS)
    assert len(queued.studio.project.takes) == 6 and queued.status.jobs_button.text() == "Jobs"


def test_the_order_is_the_hands(queued: MainWindow, panel: JobsPanel, qtbot: QtBot) -> None:
    choose(panel, 2)
    panel.buttons["up"].click()
    assert titles(panel) == ["Generating cue 01", "Generating cue 03", "Generating cue 02"]
    assert panel.chosen() == panel.jobs[1].id, "the same job stays chosen"
    panel.list.ordered.emit([panel.jobs[i].id for i in (2, 0, 1)])
    assert titles(panel) == ["Generating cue 02", "Generating cue 01", "Generating cue 03"]
    made = []
    queued.studio.making.made.connect(lambda cue, candidates: made.append(cue))
    panel.pause.click()
    qtbot.waitUntil(lambda: len(made) == 3, timeout=DONE_MS)
    assert made == ["cue1", "cue0", "cue2"]


def test_a_job_is_cancelled_and_tried_again(queued: MainWindow, panel: JobsPanel, qtbot: QtBot) -> None:
    choose(panel, 1)
    panel.buttons["cancel"].click()
    assert [job.state for job in panel.jobs] == ["waiting", "waiting", "cancelled"]
    assert not panel.buttons["cancel"].isEnabled() and panel.buttons["retry"].isEnabled()
    panel.buttons["retry"].click()
    assert titles(panel) == ["Generating cue 01", "Generating cue 03", "Generating cue 02"]
    panel.pause.click()
    qtbot.waitUntil(lambda: len(queued.studio.project.takes) == 6, timeout=DONE_MS)
    panel.buttons["clear"].click()
    assert panel.jobs == () and not panel.list.isVisible() and panel.empty.isVisible()


def test_the_queue_and_its_pause_survive_a_restart(queued: MainWindow, panel: JobsPanel) -> None:
    folder = queued.studio.folder.path
    queued.studio.queueing.order([panel.jobs[i].id for i in (1, 0, 2)])
    order = titles(panel)
    queued.studio.close()
    assert queued.open(folder)
    assert titles(panel) == order == ["Generating cue 02", "Generating cue 01", "Generating cue 03"]
    assert queued.studio.queueing.paused
    assert Jobs(folder / "jobs.json").paused


def test_an_export_stands_beside_them_and_is_done_again(
    queued: MainWindow, panel: JobsPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    studio, blocked = queued.studio, tmp_path / "a file"
    blocked.write_text("not a folder")
    studio.delivering.deliver(studio.project, studio.folder.path, Delivery(blocked / "in it", (Format.CSV,)))
    assert panel.jobs[0].state == "running" and panel.jobs[0].kind == "export", "a pause holds generations only"
    qtbot.waitUntil(lambda: panel.jobs[-1].state == "failed", timeout=DONE_MS)
    assert "failed: " in panel.list.item(3).text() and "1 failed" in queued.status.jobs_button.text()
    blocked.unlink()
    choose(panel, 3)
    panel.buttons["retry"].click()
    qtbot.waitUntil(lambda: panel.jobs[-1].state == "done", timeout=DONE_MS)
    assert list((blocked / "in it").glob("*.csv")) and len(panel.jobs) == 4


def test_an_export_that_was_broken_off_says_so(able: MainWindow) -> None:
    folder = able.studio.folder.path
    able.studio.close()
    before = Jobs(folder / "jobs.json")
    before.start(before.add("export", "Exporting mix.wav", {"what": "mix", "out": str(folder / "mix.wav")}).id)
    assert able.open(folder)
    (job,) = able.studio.queueing.all()
    assert job.state == "failed" and "broken off" in job.says


def test_how_far_it_is_stands_in_words(panel: JobsPanel) -> None:
    job = Job("x", "generate", "Generating", "running", Progress("Sampling", 5, 20, 12.0))
    assert panel.state_in_words(job, False) == "running · Sampling · 25 % · 12 s left"
    job = Job("x", "fetch", "Fetching", "running", Progress("Downloading", 1_000_000, 4_000_000))
    assert "of" in panel.state_in_words(job, False) and "25 %" in panel.state_in_words(job, False)


def test_the_history_leads_anywhere(able: MainWindow) -> None:
    for i in range(3):
        able.studio.do(AddCue(Cue(f"cue{i}", i * 24_000, (i + 1) * 24_000)))
    able.handlers.do("history")
    panel = able.lists.history
    words = [panel.list.item(i).text() for i in range(panel.list.count())]
    assert words == ["As it was opened", "Choose Model", "Add Cue", "Add Cue", "Add Cue"]
    assert panel.list.currentRow() == 4
    panel.list.itemClicked.emit(panel.list.item(2))
    assert [cue.id for cue in able.studio.project.cues] == ["cue0"]
    assert panel.list.currentRow() == 2 and panel.list.count() == 5, "what was undone can be gone back to"
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_End)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert len(able.studio.project.cues) == 3
    able.handlers.do("undo")
    assert panel.list.currentRow() == 3

"""What the window keeps when lists, cues and projects come and go."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.spec import SAMPLE_RATE
from foleydesk.document.edits import AddCue, RemoveCue
from foleydesk.document.project import Cue
from foleydesk.views.main_window import MainWindow


@pytest.mark.parametrize("lists", [("jobs",), ("spotting", "history")])
def test_the_rooms_are_as_they_were_when_the_drawer_is_shut(
    window: MainWindow, film: Path, qtbot: QtBot, lists: tuple[str, ...]
) -> None:
    assert window.open(film)
    before = window.halves.sizes()
    for name in (*lists, *lists):
        window.handlers.do(name)
        qtbot.wait(20)
    assert window.lists.drawer.isHidden() and window.halves.sizes() == before


def test_what_the_hand_moved_meanwhile_stays_moved(window: MainWindow, film: Path, qtbot: QtBot) -> None:
    window.resize(1280, 1060)
    assert window.open(film)
    qtbot.wait(20)
    before = window.halves.sizes()
    window.handlers.do("jobs")
    qtbot.wait(20)
    upper, lower, drawer = window.halves.sizes()
    window.halves.setSizes([upper - 30, lower + 30, drawer])
    assert window.halves.sizes()[0] == upper - 30
    window.handlers.do("jobs")
    qtbot.wait(20)
    assert window.halves.sizes()[0] == before[0] - 30


def test_the_candidates_say_their_cue_s_number_as_it_is_now(window: MainWindow, film: Path) -> None:
    assert window.open(film)
    for name, start in (("early", 0), ("late", 2)):
        window.studio.do(AddCue(Cue(name, start * SAMPLE_RATE, (start + 1) * SAMPLE_RATE)))
    window.studio.choose_cue("late")
    assert "02" in window.candidates.heading.text()
    window.studio.do(RemoveCue("early"))
    assert "01" in window.candidates.heading.text() and "01" in window.cues.inspector.heading.text()
    window.handlers.do("undo")
    assert "02" in window.candidates.heading.text()


def test_another_project_opens_at_its_start(window: MainWindow, film: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(film, tmp_path / "other.mp4"))
    assert window.open(film)
    window.studio.listening.seek(3 * SAMPLE_RATE)
    shown = window.viewer._code
    assert window.open(other)
    assert window.studio.listening.position() == 0 and window.timeline.canvas.at == 0
    assert window.viewer._code != shown


def test_in_little_room_no_track_s_head_reaches_below_the_lanes(window: MainWindow, film: Path, qtbot: QtBot) -> None:
    assert window.open(film)
    window.resize(1280, 720)
    for name in ("spotting", "jobs"):
        window.handlers.do(name)
    qtbot.wait(20)
    timeline = window.timeline
    assert timeline.heads.well.geometry().bottom() <= timeline.canvas.rect().bottom()
    assert timeline.tracks.rect.bottom() <= timeline.canvas.rect().bottom()
    assert timeline.down.isVisible(), "what is out of sight can be scrolled to"

"""A video is looked at off the window's thread, and a bad one ends in a sentence."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from foleydesk.workers.probe_thread import ProbeThread


def test_a_film_is_told_of(bunny: Path, qtbot: QtBot) -> None:
    thread = ProbeThread()
    with qtbot.waitSignal(thread.probed, timeout=10_000) as told:
        thread.look(bunny)
    path, info = told.args
    assert path == thread.asked == str(bunny) and info.has_picture
    assert thread.shutdown()


def test_a_missing_one_is_refused(tmp_path: Path, qtbot: QtBot) -> None:
    thread = ProbeThread()
    with qtbot.waitSignal(thread.failed, timeout=10_000) as told:
        thread.look(tmp_path / "gone.mp4")
    assert "gone.mp4" in told.args[1] and "\n" not in told.args[1]
    assert thread.shutdown()

"""Pictures of the real window, taken without a display."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")

from PySide6.QtCore import QDeadlineTimer, QEventLoop  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from engine.spec import Refused  # noqa: E402
from foleydesk.app import application, open_window  # noqa: E402

SIZE = (1600, 960)
PATIENCE_MS = 30_000
"""How long the background may take for the strip of frames and the mix."""
SETTLE_MS = 500


def timeline(project: Path, out: Path) -> None:
    """Open the project in a window that nobody sees and save its timeline as PNG. Raises Refused."""
    application()
    window = open_window(project)
    try:
        window.resize(*SIZE)
        come: set[str] = set()
        window.studio.pictures.strip.connect(lambda strip: come.add("strip"))
        window.studio.listening.mixed.connect(lambda mix: come.add("mix"))
        _wait(lambda: len(come) == 2, PATIENCE_MS)
        _wait(lambda: False, SETTLE_MS)
        if not window.timeline.grab().save(str(out)):
            raise Refused(f"{out} cannot be written; choose another folder.")
    finally:
        window.close()


def _wait(done: Callable[[], bool], most_ms: int) -> None:
    deadline = QDeadlineTimer(most_ms)
    while not done() and not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

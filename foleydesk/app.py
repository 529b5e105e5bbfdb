"""From the command to the first window. Nothing heavy is imported on the way; torch belongs to the engine's process."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from engine.spec import Refused
from foleydesk.logbook import keep_log
from foleydesk.restarting import SCALE, begin_anew, scale_factor
from foleydesk.settings import read_settings
from foleydesk.views.look import dress
from foleydesk.views.main_window import MainWindow
from foleydesk.views.wording import speak
from foleydesk.workers.collector import Collector

log = logging.getLogger(__name__)

WARM_AFTER_MS = 3_000
"""When the project stands, the engine begins to import what it needs, so that the first sounds come sooner."""


def main(argv: Sequence[str] = ()) -> int:
    """Open the window on the project or video named first, and stay until it closes."""
    keep_log()
    application()
    window = open_window(Path(argv[0]) if argv else None)
    _watch_for_faults(window)
    if window.kept.keep_models:
        QTimer.singleShot(WARM_AFTER_MS, window, window.studio.making.warm)
    collector = Collector()
    window.painted.connect(collector.start)
    code = QApplication.exec()
    collector.stop()
    if window.settling.anew:
        begin_anew(window.settling.anew_on, window.settling.began.scale)
    return code


def application() -> QApplication:
    """The one application, in the size, the language and the look that were chosen."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        kept = read_settings()
        if kept.scale != 100:
            os.environ.setdefault(SCALE, scale_factor(kept.scale))
        app = QApplication(["foleydesk"])
    if app.applicationName() != "Foleydesk":
        kept = read_settings()
        app.setApplicationName("Foleydesk")
        app.setDesktopFileName("foleydesk")
        speak(app, kept.language)
        dress(app, kept.theme)
    return app


def open_window(target: Path | None) -> MainWindow:
    """The window on `target`; without one on the last project, or at the first start on the demo.

    The project is opened after the first paint.
    """
    application()
    window = MainWindow()
    window.painted.connect(lambda: QTimer.singleShot(0, lambda: _begin(window, target)))
    window.show()
    return window


def _begin(window: MainWindow, target: Path | None) -> None:
    recent = [Path(project) for project in window.kept.recent if Path(project).exists()]
    if target is None and not recent:
        window.handlers.open_demo()
    else:
        window.studio.open_soon(target or recent[0])


def _watch_for_faults(window: MainWindow) -> None:
    """What nobody foresaw goes to the log, and in one sentence to the message bar; the window stays."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Refused):
            window.message.refuse(str(error))
            return
        log.error("fault in the window", exc_info=(kind, error, trace))
        window.message.refuse(f"Something went wrong inside ({kind.__name__}); the log has it, your project is safe.")

    sys.excepthook = caught

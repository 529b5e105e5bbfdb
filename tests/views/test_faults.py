"""Nothing to stumble over in any window: names, tooltips, keys, room for text; at every size, in another language."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from foleydesk.app import application
from tests.views.faults import clipped, doubles, faults_of, nameless, untold

ROOT = Path(__file__).resolve().parents[2]
SCREENS = (("1", "en", 1680, 1050), ("1.5", "en", 1280, 720), ("2", "en", 1280, 720), ("2", "de", 1280, 720))
"""Scale, language, and the window's size in its own pixels: a full-HD screen at 150 %, a 1440-line one at 200 %."""
PATIENCE_S = 240


@pytest.mark.parametrize(("scale", "language", "width", "height"), SCREENS)
def test_no_window_has_a_fault(home: Path, film: Path, scale: str, language: str, width: int, height: int) -> None:
    command = [sys.executable, "-m", "tests.views.faults", str(film), language, str(width), str(height)]
    own = {"FOLEYDESK_HOME": str(home), "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout[done.stdout.index("[") :]) == []


def test_the_look_finds_what_is_wrong(qtbot: QtBot) -> None:
    application()
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    narrow = QPushButton("Make candidates for this cue")
    narrow.setFixedWidth(40)
    narrow.setToolTip("Make candidates")
    label = QLabel("A label that is far too long")
    label.setFixedWidth(30)
    field = QLineEdit()
    for one in (narrow, label, field):
        layout.addWidget(one)
    for words in ("one", "two"):
        window.addAction(words).setShortcut("Ctrl+J")
    window.show()
    assert len(clipped(window)) == 2
    assert len(nameless(window)) == 1 and len(untold(window)) == 1
    assert doubles(window) == ["twice: Ctrl+J"]
    assert len(faults_of(window)) == 5

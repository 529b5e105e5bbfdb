"""The command opens a real window on a real screen (Xvfb), on the demo and on a video of the user's."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
COLOURS_OF_A_DESK = 40
"""An empty screen has one colour; a window with a picture in it has many."""


class Screen:
    """A screen without a monitor, whose pixels lie in a file."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "Xvfb_screen0"
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-fbdir", str(folder)]
        self.server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.display = f":{told.readline().strip()}"

    def pixels(self) -> np.ndarray:
        """(height, width, 3) as shown now. The file is an XWD dump: header, colour map, rows."""
        data = self.file.read_bytes()
        head = np.frombuffer(data, ">u4", 25)
        size, width, height, row, colours = int(head[0]), int(head[4]), int(head[5]), int(head[12]), int(head[19])
        rows = np.frombuffer(data, np.uint8, height * row, size + 12 * colours).reshape(height, row)
        return rows.reshape(height, -1, 4)[:, :width, :3]

    def colours(self) -> int:
        return len(np.unique(self.pixels()[::4, ::4].reshape(-1, 3), axis=0))

    def close(self) -> None:
        self.server.terminate()
        self.server.wait()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    (tmp_path / "screen").mkdir()
    shown = Screen(tmp_path / "screen")
    yield shown
    shown.close()


@pytest.mark.parametrize("target", [(), ("clip.mp4",)], ids=["demo", "video"])
def test_a_window_with_a_picture_opens_and_closes_when_asked(screen, tmp_path, bunny, target):
    shutil.copy(bunny, tmp_path / "clip.mp4")
    environment = {**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "foleydesk", *target]
    program = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + PATIENCE_S
    while program.poll() is None and screen.colours() < COLOURS_OF_A_DESK and time.monotonic() < deadline:
        time.sleep(0.2)
    seen, running = screen.colours(), program.poll() is None
    program.send_signal(signal.SIGTERM)
    said = program.communicate(timeout=PATIENCE_S)[1]
    assert running and "Traceback" not in said, said
    assert seen >= COLOURS_OF_A_DESK

"""The first window is painted before anything heavy is imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "torchaudio", "torchvision", "transformers", "peft", "scipy", "pyqtgraph")
PROGRAM = """
import json, sys, time
start = time.perf_counter()
from foleydesk.app import application, open_window
app = application()
window = open_window(None)
def painted():
    print(json.dumps({"seconds": time.perf_counter() - start, "modules": sorted(sys.modules)}), flush=True)
    window.close()
    app.quit()
window.painted.disconnect()
window.painted.connect(painted)
app.exec()
"""


def test_torch_is_not_there_at_the_first_paint(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "FOLEYDESK_HOME": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert told.returncode == 0, told.stderr
    first = json.loads(told.stdout.splitlines()[0])
    assert [name for name in HEAVY if name in first["modules"]] == []

"""The log that messages speak of is a file."""

import subprocess
import sys
from pathlib import Path

from foleydesk.paths import log_file

PROGRAM = """
import logging
from foleydesk.logbook import keep_log
keep_log()
try:
    raise ValueError("a stick")
except ValueError:
    logging.getLogger("foleydesk.somewhere").exception("job %s failed", "j1")
"""


def test_a_fault_stands_in_the_log_with_its_story(home: Path) -> None:
    said = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    for told in (log_file().read_text(encoding="utf-8"), said.stderr):
        assert "job j1 failed" in told and "ValueError: a stick" in told


def test_a_log_that_cannot_be_written_stops_nothing(home: Path) -> None:
    log_file().parent.parent.mkdir(parents=True, exist_ok=True)
    log_file().parent.write_text("a file where the folder should be")
    said = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert "job j1 failed" in said.stderr

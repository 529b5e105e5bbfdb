"""How a module of this program is started as a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QProcessEnvironment


def python(module: str) -> list[str]:
    """The beginning of a command; the module's arguments follow."""
    return [sys.executable, "-m", module]


def own_environment() -> QProcessEnvironment:
    """This program's own, and what its modules need to find each other wherever it was started."""
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONUNBUFFERED", "1")
    environment.insert("PYTHONIOENCODING", "utf-8")
    # A stray module in the folder that the program was started from must not stand in for one of ours.
    environment.insert("PYTHONSAFEPATH", "1")
    here = str(Path(__file__).parents[2])
    known = environment.value("PYTHONPATH")
    environment.insert("PYTHONPATH", f"{here}{os.pathsep}{known}" if known else here)
    return environment

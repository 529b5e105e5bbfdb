"""How threads and processes that work behave beside a window: they yield what it wants."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path

SWITCH_INTERVAL_S = 0.0005
"""How long a thread may keep Python's lock while another asks for it."""
OF_ALL_FIRST = 500
"""Of 1000: how much sooner Linux is to end a process that has stepped back when memory runs out."""


def behave(niceness: int = 0) -> None:
    """For the calling thread, and on Linux for the threads that libraries start from it."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    if niceness and sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)


def step_back(niceness: int) -> None:
    """For the whole process, while it has one thread: the processor and the last of the memory are the window's."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(niceness)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(OF_ALL_FIRST), encoding="ascii")

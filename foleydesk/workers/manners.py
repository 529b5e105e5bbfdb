"""How a working thread behaves beside a window: it hands Python's lock on quickly, and yields the processor."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

SWITCH_INTERVAL_S = 0.0005
"""How long a thread may keep Python's lock while another asks for it."""


def behave(niceness: int = 0) -> None:
    """For the calling thread, and on Linux for the threads that libraries start from it."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    if niceness and sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)

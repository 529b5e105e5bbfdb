"""The thread that keeps the audio output fed. No Qt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class AudioFeed:
    """Calls `step` again and again while it returns True, and otherwise sleeps until wake()."""

    def __init__(self, step: Callable[[], bool], first: Callable[[], None], last: Callable[[], None]) -> None:
        """`first` and `last` run on the thread before and after all steps. The thread starts at once."""
        self._step, self._first, self._last = step, first, last
        self._wanted = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._live, name="audio", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        self._wanted.set()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Waits for the thread; True when it has ended."""
        self._stopping = True
        self._wanted.set()
        if self._thread is not threading.current_thread():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _live(self) -> None:
        self._first()
        while not self._stopping:
            self._wanted.wait()
            self._wanted.clear()
            while not self._stopping and self._go():
                pass
        self._last()

    def _go(self) -> bool:
        try:
            return self._step()
        except Exception:  # silence is better than a program without sound for the rest of the day
            log.exception("the audio feed stumbled")
            return False

"""Looks for an audio device that has gone, on a thread of its own: opening one may take a while. No Qt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

log = logging.getLogger(__name__)

EVERY_S = 3.0


class Closes(Protocol):
    def close(self) -> None: ...


Found = TypeVar("Found", bound=Closes)


class AudioSearch(Generic[Found]):
    """Calls `look` again and again until it gives something rather than raising; then calls `found` once, and ends."""

    def __init__(self, look: Callable[[], Found], found: Callable[[], None], every_s: float = EVERY_S) -> None:
        """The thread starts at once."""
        self._look, self._tell, self._every_s = look, found, every_s
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._result: Found | None = None
        self._thread = threading.Thread(target=self._live, name="audio search", daemon=True)
        self._thread.start()

    def take(self) -> Found | None:
        """What was found, once; it belongs to the caller then."""
        with self._lock:
            result, self._result = self._result, None
            return result

    def stop(self, timeout_s: float = 2.0) -> None:
        """Waits for the thread; what was found and not taken is closed."""
        self._stopped.set()
        if self._thread is not threading.current_thread():
            self._thread.join(timeout_s)
        left = self.take()
        if left is not None:
            left.close()

    def _live(self) -> None:
        while not self._stopped.wait(self._every_s):
            try:
                result = self._look()
            except Exception as error:  # not there yet: whatever the reason, it is looked for again
                log.debug("no audio device yet: %s", error)
                continue
            with self._lock:
                self._result = result
            if not self._stopped.is_set():
                self._tell()
            return

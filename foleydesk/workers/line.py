"""One Python thread with a waiting line of named jobs, each of which can be cancelled. No Qt."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.spec import Cancelled, OnProgress, Progress, Refused
from foleydesk.workers.manners import behave
from foleydesk.workers.pace import Pace

log = logging.getLogger(__name__)

Post = Callable[..., None]
"""`post(signal, *what)`, as of a Mailbox."""


@dataclass(frozen=True)
class Work:
    """`run(on_progress)` gives what `done` is posted with. `job` is empty for work that nobody watches."""

    job: str
    run: Callable[[OnProgress], Any]
    done: str = ""


class Line:
    """Runs work in order on one thread; posts progressed, failed, cancelled and the work's own `done`."""

    def __init__(self, name: str, post: Post, niceness: int = 0) -> None:
        self._post = post
        self._niceness = niceness
        self._waiting: deque[Work] = deque()
        self._changed = threading.Condition()
        self._running: str | None = None
        self._unwanted: set[str] = set()
        self._stopping = False
        self._thread = threading.Thread(target=self._live, name=name, daemon=True)

    def add(self, work: Work) -> None:
        """Starts the thread with the first work; work added after stop() is dropped."""
        with self._changed:
            if self._stopping:
                return
            self._waiting.append(work)
            if not self._thread.is_alive():
                self._thread.start()
            self._changed.notify()

    def cancel(self, job: str) -> None:
        """Waiting work is dropped at once; running work ends at its next step. Anything else is ignored."""
        with self._changed:
            if self._running == job:
                self._unwanted.add(job)
                return
            kept = deque(work for work in self._waiting if work.job != job)
            found = len(kept) != len(self._waiting)
            self._waiting = kept
        if found:
            self._post("cancelled", job)

    def stop(self, timeout_s: float = 10.0) -> bool:
        """End running work at its next step and wait for the thread; True when it has ended. Posts nothing more."""
        with self._changed:
            self._stopping = True
            self._waiting.clear()
            self._changed.notify()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    @property
    def busy(self) -> bool:
        with self._changed:
            return self._running is not None or bool(self._waiting)

    def _live(self) -> None:
        behave(self._niceness)
        while (work := self._next()) is not None:
            self._do(work)
            with self._changed:
                self._running = None
                self._unwanted.discard(work.job)
            del work

    def _next(self) -> Work | None:
        with self._changed:
            while not self._waiting and not self._stopping:
                self._changed.wait()
            if self._stopping:
                return None
            work = self._waiting.popleft()
            self._running = work.job
            return work

    def _do(self, work: Work) -> None:
        try:
            result = work.run(self._watch(work.job))
        except Cancelled:
            self._tell("cancelled", work.job)
        except Refused as refusal:
            self._fail(work.job, str(refusal))
        except Exception as error:  # a worker outlives whatever a job throws
            log.exception("job %s failed", work.job)
            self._fail(work.job, sentence_of(error))
        else:
            if work.done:
                self._tell(work.done, work.job, result)

    def say(self, job: str, signal: str, *what: Any) -> None:
        """Post what running work has so far, unless it was cancelled: after cancel() nothing of it is posted."""
        with self._changed:
            if not self._stopping and job not in self._unwanted:
                self._post(signal, *what)

    def _watch(self, job: str) -> OnProgress:
        pace = Pace()

        def on_progress(progress: Progress) -> None:
            if self._stopping or job in self._unwanted:
                raise Cancelled
            shown = pace.see(progress)
            if shown is not None:
                self.say(job, "progressed", job, shown)

        return on_progress

    def _fail(self, job: str, sentence: str) -> None:
        """What goes wrong in work that nobody wants any more is nobody's trouble."""
        if job in self._unwanted:
            self._tell("cancelled", job)
        else:
            self._tell("failed", job, sentence)

    def _tell(self, signal: str, *what: Any) -> None:
        """How work ended. Whoever hears it finds the line free of this work."""
        with self._changed:
            self._running = None
            if not self._stopping:
                self._post(signal, *what)


def sentence_of(error: BaseException) -> str:
    """One line for a fault that nobody foresaw; the whole of it is in the log."""
    first = (str(error).strip().splitlines() or [""])[0]
    kind = type(error).__name__
    if isinstance(error, MemoryError) or kind == "OutOfMemoryError":
        return "There is not enough memory for this; close other programs or ask for fewer candidates."
    return f"Something went wrong inside ({kind}{': ' + first if first else ''}); the log has the whole story."

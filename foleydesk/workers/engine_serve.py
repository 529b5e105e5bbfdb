"""`python -m foleydesk.workers.engine_serve`: the engine as a process of its own. No Qt.

Requests come on standard input and answers leave on standard output, a line each (foleydesk.workers.engine_words).
It ends when its standard input does: whoever started it has gone, or has had enough of it.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from engine.spec import Refused
from foleydesk.workers.engine_words import Cancel, answer_line, read_ask
from foleydesk.workers.engine_work import EngineWork, MakeEngine, make_engine
from foleydesk.workers.line import Line, Work
from foleydesk.workers.manners import step_back

NICENESS = 5
"""On a CPU the engine yields to the window and the sound."""
PATIENCE_S = 0.5
"""How long a running step may take to its end when nobody wants it any more; then the process is gone all the same."""


class Voice:
    """Says what has been done, from whichever thread."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._lock = threading.Lock()

    def say(self, signal: str, *what: Any) -> None:
        """As a Mailbox posts it: a job's number comes first, but for ready, which answers nobody."""
        number, carried = ("", what) if signal == "ready" else (what[0], what[1:])
        line = answer_line(signal, number, *carried)
        with self._lock, suppress(BrokenPipeError):  # nobody is left to hear it: the requests end too, and with them we
            self._out.write(line)
            self._out.flush()


def main(arguments: Sequence[str] | None = None, make: MakeEngine = make_engine) -> None:
    """Never comes back. The main thread listens, so that a cancel is heard while the other works."""
    options = _parser().parse_args(arguments)
    requests, voice = _own_channels()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the window, which tells us
    step_back(NICENESS)
    work = EngineWork(voice.say, options.cache, options.device, make)
    line = Line("engine", voice.say)
    for request in requests:
        _hear(request, line, work, voice)
    line.stop(PATIENCE_S)
    os._exit(0)


def _hear(request: bytes, line: Line, work: EngineWork, voice: Voice) -> None:
    try:
        number, ask = read_ask(request)
    except Refused as refusal:
        voice.say("failed", "", str(refusal))
        return
    if isinstance(ask, Cancel):
        line.cancel(ask.number)
    else:
        line.add(Work(number, partial(ask.run, work), ask.done))


def _own_channels() -> tuple[BinaryIO, Voice]:
    """Both pipes for us alone: what a library prints goes to standard error, and what it reads is empty."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return os.fdopen(requests, "rb"), Voice(os.fdopen(answers, "wb"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m foleydesk.workers.engine_serve", description=__doc__)
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--cache", type=Path, help="a folder for what was seen, which may be deleted at any time")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""How a command talks: results on stdout, progress and refusals on stderr, one exit code for each way to end."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime

from engine.registry import data_home
from engine.spec import Cancelled, OnProgress, Progress, Refused, ignore

REFUSED = 2
INTERRUPTED = 130
BROKEN = 1


def ending(work: Callable[[], int]) -> int:
    """Run `work` and turn every way it can end into an exit code, with at most one sentence on stderr."""
    debugging = bool(os.environ.get("FOLEYDESK_DEBUG"))
    if not debugging:
        warnings.simplefilter("ignore")
    try:
        return work()
    except (KeyboardInterrupt, Cancelled):
        return _say("Stopped.", INTERRUPTED)
    except BrokenPipeError:  # the reader of stdout has enough: `foleydesk spot clip.mp4 | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Refused as refusal:
        return _say(str(refusal), REFUSED)
    except OSError as error:
        return _say(_about(error), REFUSED)
    except Exception as error:
        if debugging:
            raise
        return _say(_broken(error), BROKEN)


def _say(sentence: str, code: int) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return code


def _about(error: OSError) -> str:
    where = f": {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{where}."


def _broken(error: Exception) -> str:
    """What to say of a defect of ours; its traceback goes into a file that can be sent."""
    what = f"Foleydesk failed ({type(error).__name__}: {error})"
    try:
        log = data_home() / "logs" / f"failure-{datetime.now():%Y%m%d-%H%M%S}.txt"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        return f"{what}; set FOLEYDESK_DEBUG=1 to see where."
    return f"{what}; the details are in {log}."


def aside(sentence: str) -> None:
    """Something that a person at a terminal may like to know, and a program that reads the output does not."""
    if sys.stderr.isatty():
        print(sentence, file=sys.stderr, flush=True)


@contextlib.contextmanager
def watched(title: str) -> Iterator[OnProgress]:
    """A progress bar on a terminal, gone when the work is done. Meanwhile being told to end is like Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _bar(title) if sys.stderr.isatty() else contextlib.nullcontext(ignore) as on_progress:
            yield on_progress
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _bar(title: str) -> Iterator[OnProgress]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[left]}"), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(title, total=None, left="")

        def show(progress: Progress) -> None:
            bars.update(
                task,
                description=progress.stage,
                completed=progress.step,
                total=progress.steps or None,
                left=time_to_go(progress.seconds_left),
            )

        yield show


def time_to_go(seconds: float | None) -> str:
    """Such as `4 s left` or `2 min left`; nothing while it cannot be told."""
    if seconds is None or not math.isfinite(seconds):
        return ""
    return f"{seconds:.0f} s left" if seconds < 90 else f"{seconds / 60:.0f} min left"

"""The engine in a process of its own: nothing that it does holds up the window, and its end costs one job at most."""

from __future__ import annotations

import itertools
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.spec import Recipe, Refused, Span
from foleydesk.workers.engine_words import (
    Ask,
    Cancel,
    Generate,
    Spot,
    Suggest,
    Unload,
    Use,
    Warm,
    ask_line,
    read_answer,
)
from foleydesk.workers.line_process import LineProcess
from foleydesk.workers.own_python import python

log = logging.getLogger(__name__)

MODULE = "foleydesk.workers.engine_serve"
PATIENCE_MS = 2_000
"""How long a process whose requests have ended may take to end."""
KILLED = 9
"""The signal with which a system ends what takes too much memory."""
GOES_ON = "nothing of your project is lost, and the next request starts the engine anew."
NOT_THERE = "The engine could not be started; run `foleydesk doctor` to see what is missing."


@dataclass
class Request:
    """What has been asked for and not answered. `sent`: the process that runs now has it."""

    job: str
    ask: Ask
    sent: bool = False
    unwanted: bool = False


class EngineProcess(QObject):
    """Jobs run one after another in the order asked for, in a process that starts with the first of them.

    When the process ends by itself, the job that it had fails with one sentence; those that waited go on in another.
    """

    ready = Signal(str)
    """A sentence about the device, once the engine stands."""
    progressed = Signal(str, object)
    """Job id, engine.spec.Progress; at most 20 a second."""
    generated = Signal(str, object)
    """Job id, tuple of engine.spec.Candidate in rank order."""
    spotted = Signal(str, object)
    """Job id, engine.spec.EventCurve."""
    suggested = Signal(str, object)
    """Job id, tuple of engine.spec.Suggestion, the likeliest first."""
    failed = Signal(str, str)
    """Job id, one sentence."""
    cancelled = Signal(str)
    unloaded = Signal()
    """The process has ended, and all memory is back: another may use the device."""

    def __init__(
        self, parent: QObject | None = None, cache: Path | None = None, device: str = "auto", module: str = ""
    ) -> None:
        """`cache`: a folder for what was seen in pictures. `module`: the program, by default engine_serve."""
        super().__init__(parent)
        self._cache, self._device, self._module = cache, device, module
        self._process = LineProcess(PATIENCE_MS, self)
        self._process.said.connect(self._read)
        self._process.ended.connect(self._ended)
        self._process.missing.connect(self._missing)
        self._open: dict[str, Request] = {}
        """By number, in the order in which they are answered."""
        self._numbers = itertools.count(1)
        self._closed = False

    @property
    def busy(self) -> bool:
        return bool(self._open)

    @property
    def pid(self) -> int:
        """Of the process; 0 where there is none."""
        return self._process.pid

    def warm(self) -> None:
        """Start the process now and let it import what it needs."""
        self._ask("", Warm())

    def generate(self, job_id: str, recipe: Recipe, candidates: int, into: Path) -> None:
        """Ends in generated, failed or cancelled."""
        self._ask(job_id, Generate(recipe, candidates, str(into)))

    def spot(self, job_id: str, media_path: str | Path, span: Span | None = None) -> None:
        """Ends in spotted, failed or cancelled."""
        self._ask(job_id, Spot(str(media_path), span))

    def suggest(self, job_id: str, media_path: str | Path, span: Span | None, model: str) -> None:
        """What might be heard by what is seen. Ends in suggested, failed or cancelled."""
        self._ask(job_id, Suggest(str(media_path), span, model))

    def cancel(self, job_id: str) -> None:
        """A waiting job ends at once, a running one within a step; cancelled says so."""
        for number, asked in list(self._open.items()):
            if asked.job == job_id and not asked.unwanted:
                asked.unwanted = True
                if asked.sent:
                    self._process.write(ask_line(number, Cancel(number)))
                else:
                    QTimer.singleShot(0, self, lambda number=number: self._close(number, "cancelled"))

    def use(self, device: str) -> None:
        """Run on this device ("auto", "cpu", "cuda") from the next job on."""
        self._device = device
        if self._process.running and not self._is_to_end:
            self._ask("", Use(device))

    def unload(self) -> None:
        """End the process after the jobs already asked for; the next job starts another."""
        if not self._process.running:
            QTimer.singleShot(0, self, self._say_unloaded)
        elif not self._is_to_end:
            self._ask("", Unload())

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Ends the running job at its next step, or in the middle of it; True when the process is gone.

        No signal follows.
        """
        self._closed = True
        self._open.clear()
        return self._process.shutdown(by_signal=False, most_ms=int(1000 * timeout_s))

    @property
    def _is_to_end(self) -> bool:
        return any(isinstance(asked.ask, Unload) for asked in self._open.values())

    def _ask(self, job: str, ask: Ask) -> None:
        if not self._closed:
            self._open[str(next(self._numbers))] = Request(job, ask)
            self._send()

    def _send(self) -> None:
        """Everything up to an unload: what is behind it is for the next process."""
        if not self._process.running:
            self._start()
        for number, asked in list(self._open.items()):
            if not asked.sent and not asked.unwanted:
                asked.sent = True
                self._process.write(ask_line(number, asked.ask))
            if isinstance(asked.ask, Unload):
                return

    def _start(self) -> None:
        command = [*python(self._module or MODULE), "--device", self._device]
        self._process.start([*command, "--cache", str(self._cache)] if self._cache else command, keeps_errors=False)

    @Slot(bytes)
    def _read(self, line: bytes) -> None:
        try:
            signal, number, what = read_answer(line)
        except Refused:
            log.exception("the engine's process said something else")
            return
        self._hear(signal, number, what)

    def _hear(self, signal: str, number: str, what: Any) -> None:
        if signal == "ready":
            self.ready.emit(what)
        elif signal == "progressed":
            asked = self._open.get(number)
            if asked is not None and not asked.unwanted:
                self.progressed.emit(asked.job, what)
        elif signal == "unloaded":
            self._process.end(by_signal=False)
        else:
            self._close(number, signal, *([what] if what is not None else []))

    def _close(self, number: str, signal: str, *what: Any) -> None:
        """A request is answered; those that nobody waits for are answered with signals that we do not have."""
        asked = self._open.pop(number, None)
        if asked is not None and hasattr(self, signal):
            getattr(self, signal).emit(asked.job, *what)

    @Slot(int, bool, str)
    def _ended(self, code: int, crashed: bool, _complaint: str) -> None:
        had = [number for number, asked in self._open.items() if asked.sent]
        for asked in self._open.values():
            asked.sent = False
        if had:
            self._broken_off(had[0], _sentence(code, crashed))
        for number in [number for number, asked in self._open.items() if asked.unwanted]:
            self._close(number, "cancelled")
        if self._open and not self._closed:
            self._send()

    def _broken_off(self, number: str, sentence: str) -> None:
        """What the process was at when it ended is lost, unless it was meant to end."""
        asked = self._open[number]
        if isinstance(asked.ask, Unload):
            del self._open[number]
            self._say_unloaded()
        elif asked.unwanted:
            self._close(number, "cancelled")
        else:
            log.error("the engine's process ended: %s", sentence)
            self._close(number, "failed", sentence)

    @Slot()
    def _missing(self) -> None:
        for number in list(self._open):
            self._broken_off(number, NOT_THERE)

    @Slot()
    def _say_unloaded(self) -> None:
        if not self._closed:
            self.unloaded.emit()


def _sentence(code: int, crashed: bool) -> str:
    """What happened, that nothing is lost, and what comes next."""
    if crashed and code == KILLED:
        return f"The system ended the engine in the middle of this, most likely because memory ran out; {GOES_ON}"
    return f"The engine broke down in the middle of this ({'signal' if crashed else 'exit'} {code}); {GOES_ON}"

"""The engine in a process of its own: nothing that it does holds up the window, and its end costs one job at most."""

from __future__ import annotations

import itertools
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

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
from foleydesk.workers.own_python import own_environment, python

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
        self._process: QProcess | None = None
        self._open: dict[str, Request] = {}
        """By number, in the order in which they are answered."""
        self._numbers = itertools.count(1)
        self._closed = False
        self._insist = QTimer(self)
        self._insist.setSingleShot(True)
        self._insist.setInterval(PATIENCE_MS)
        self._insist.timeout.connect(self._kill)

    @property
    def busy(self) -> bool:
        return bool(self._open)

    @property
    def pid(self) -> int:
        """Of the process; 0 where there is none."""
        return self._process.processId() if self._process is not None else 0

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
                    self._write(ask_line(number, Cancel(number)))
                else:
                    QTimer.singleShot(0, self, lambda number=number: self._close(number, "cancelled"))

    def use(self, device: str) -> None:
        """Run on this device ("auto", "cpu", "cuda") from the next job on."""
        self._device = device
        if self._process is not None and not self._is_to_end:
            self._ask("", Use(device))

    def unload(self) -> None:
        """End the process after the jobs already asked for; the next job starts another."""
        if self._process is None:
            QTimer.singleShot(0, self, self._say_unloaded)
        elif not self._is_to_end:
            self._ask("", Unload())

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Ends the running job at its next step, or in the middle of it; True when the process is gone.

        No signal follows.
        """
        self._closed = True
        self._open.clear()
        self._insist.stop()
        process, self._process = self._process, None
        if process is None:
            return True
        process.blockSignals(True)
        process.closeWriteChannel()
        if not process.waitForFinished(min(PATIENCE_MS, int(1000 * timeout_s))):
            process.kill()
            process.waitForFinished(int(1000 * timeout_s))
        ended = process.state() == QProcess.ProcessState.NotRunning
        process.deleteLater()
        return ended

    @property
    def _is_to_end(self) -> bool:
        return any(isinstance(asked.ask, Unload) for asked in self._open.values())

    def _ask(self, job: str, ask: Ask) -> None:
        if not self._closed:
            self._open[str(next(self._numbers))] = Request(job, ask)
            self._send()

    def _send(self) -> None:
        """Everything up to an unload: what is behind it is for the next process."""
        if self._process is None:
            self._start()
        for number, asked in list(self._open.items()):
            if not asked.sent and not asked.unwanted:
                asked.sent = True
                self._write(ask_line(number, asked.ask))
            if isinstance(asked.ask, Unload):
                return

    def _start(self) -> None:
        process = QProcess(self)
        process.setProcessEnvironment(own_environment())
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._wrong)
        self._process = process
        program, *arguments = [*python(self._module or MODULE), "--device", self._device]
        process.start(program, [*arguments, "--cache", str(self._cache)] if self._cache else arguments)

    def _write(self, line: bytes) -> None:
        if self._process is not None:
            self._process.write(line)

    @Slot()
    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                signal, number, what = read_answer(line)
            except Refused:
                log.exception("the engine's process said something else")
                continue
            self._hear(signal, number, what)

    def _hear(self, signal: str, number: str, what: Any) -> None:
        if signal == "ready":
            self.ready.emit(what)
        elif signal == "progressed":
            asked = self._open.get(number)
            if asked is not None and not asked.unwanted:
                self.progressed.emit(asked.job, what)
        elif signal == "unloaded" and self._process is not None:
            self._process.closeWriteChannel()
            self._insist.start()
        else:
            self._close(number, signal, *([what] if what is not None else []))

    def _close(self, number: str, signal: str, *what: Any) -> None:
        """A request is answered; those that nobody waits for are answered with signals that we do not have."""
        asked = self._open.pop(number, None)
        if asked is not None and hasattr(self, signal):
            getattr(self, signal).emit(asked.job, *what)

    @Slot(int, QProcess.ExitStatus)
    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._leave()
        had = [number for number, asked in self._open.items() if asked.sent]
        for asked in self._open.values():
            asked.sent = False
        if had:
            self._broken_off(had[0], _sentence(code, status == QProcess.ExitStatus.CrashExit))
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

    @Slot(QProcess.ProcessError)
    def _wrong(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._leave()
            for number in list(self._open):
                self._broken_off(number, NOT_THERE)

    @Slot()
    def _say_unloaded(self) -> None:
        if not self._closed:
            self.unloaded.emit()

    @Slot()
    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _leave(self) -> None:
        self._insist.stop()
        if self._process is not None:
            self._process.deleteLater()
            self._process = None


def _sentence(code: int, crashed: bool) -> str:
    """What happened, that nothing is lost, and what comes next."""
    if crashed and code == KILLED:
        return f"The system ended the engine in the middle of this, most likely because memory ran out; {GOES_ON}"
    return f"The engine broke down in the middle of this ({'signal' if crashed else 'exit'} {code}); {GOES_ON}"

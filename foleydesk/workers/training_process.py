"""The trainer as a process of its own, so that it can have the device and be ended at any time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from engine.spec import Progress, Refused, from_json
from foleydesk.workers.line_process import LineProcess
from foleydesk.workers.own_python import python
from foleydesk.workers.pace import Pace

PATIENCE_MS = 5_000
"""How long a trainer that was asked to end may take before it is ended."""
EXIT_CANCELLED = 130
MODULE = "training.run"


class TrainingProcess(QObject):
    """`python -m training.run --json`, read line by line. Used again and again; one training at a time."""

    progressed = Signal(object)
    """engine.spec.Progress, at most 20 a second."""
    reported = Signal(object)
    """The trainer's figures of one step, as a dict."""
    finished = Signal(str)
    """The adapter's folder."""
    failed = Signal(str)
    """One sentence."""
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.card: dict[str, Any] = {}
        """The card of the adapter that was trained last."""
        self._process = LineProcess(PATIENCE_MS, self)
        self._process.said.connect(self._hear)
        self._process.ended.connect(self._end)
        self._process.missing.connect(self._missing)
        self._adapter = ""
        self._refusal = ""
        self._asked_to_end = False
        self._pace = Pace()

    @property
    def running(self) -> bool:
        return self._process.running

    def start(self, project: Path, out: Path, steps: int | None = None, options: Sequence[str] = ()) -> None:
        """Train from the picks of the project folder into the folder `out`. Raises Refused while one is running."""
        arguments = ["--project", str(project), "--out", str(out), "--json"]
        arguments += ["--steps", str(steps)] if steps is not None else []
        self.start_command([*python(MODULE), *arguments, *options])

    def start_command(self, command: Sequence[str]) -> None:
        """Run any program that speaks like the trainer."""
        if self.running:
            raise Refused("A training is already running; wait for it or cancel it.")
        self.card, self._adapter, self._refusal, self._asked_to_end = {}, "", "", False
        self._pace = Pace()
        self._process.start(command, keeps_errors=True)

    def cancel(self) -> None:
        """Ask, and after five seconds insist; cancelled says when it has ended."""
        if self.running:
            self._asked_to_end = True
            self._process.end(by_signal=True)

    def shutdown(self) -> None:
        """End the trainer now. It goes on from its last checkpoint when it is started again. No signal follows."""
        self._process.shutdown(by_signal=True, most_ms=PATIENCE_MS // 2)

    @Slot(bytes)
    def _hear(self, line: bytes) -> None:
        """One JSON line; whatever else a library may print is passed over."""
        try:
            said = json.loads(line)
            kind = said.get("kind")
        except (ValueError, AttributeError):
            return
        if kind == "progress":
            self._show(said)
        elif kind == "report":
            self.reported.emit(said)
        elif kind == "refused":
            self._refusal = str(said.get("says", ""))
        elif kind == "done":
            self._adapter, self.card = str(said.get("adapter", "")), dict(said.get("card") or {})

    def _show(self, said: dict[str, Any]) -> None:
        try:
            progress = from_json(Progress, said)
        except Refused:
            return
        shown = self._pace.see(progress)
        if shown is not None:
            self.progressed.emit(shown)

    @Slot(int, bool, str)
    def _end(self, code: int, crashed: bool, complaint: str) -> None:
        if code == 0 and self._adapter and not crashed:
            self.finished.emit(self._adapter)
        elif self._asked_to_end or code == EXIT_CANCELLED:
            self.cancelled.emit()
        else:
            self.failed.emit(self._refusal or _last_words(complaint))

    @Slot()
    def _missing(self) -> None:
        self.failed.emit("The trainer could not be started; run `foleydesk doctor` to see what is missing.")


def _last_words(complaint: str) -> str:
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    return f"The training ended early{': ' + lines[-1] if lines else ''}; start it again to go on from where it was."

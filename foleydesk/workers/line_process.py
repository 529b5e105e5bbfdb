"""A program of our own that is spoken with in lines, and ended with patience."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from foleydesk.workers.own_python import own_environment


class LineProcess(QObject):
    """Started again and again; one process at a time."""

    said = Signal(bytes)
    """A line of its standard output."""
    ended = Signal(int, bool, str)
    """Exit code or signal, whether it was broken off, and what it wrote to standard error where that was kept."""
    missing = Signal()
    """It could not be started."""

    def __init__(self, patience_ms: int, parent: QObject | None = None) -> None:
        """`patience_ms`: how long a process that is to end may take before it is ended."""
        super().__init__(parent)
        self._process: QProcess | None = None
        self._patience_ms = patience_ms
        self._insist = QTimer(self)
        self._insist.setSingleShot(True)
        self._insist.setInterval(patience_ms)
        self._insist.timeout.connect(self._kill)

    @property
    def running(self) -> bool:
        return self._process is not None

    @property
    def pid(self) -> int:
        """Of the process; 0 where there is none."""
        return self._process.processId() if self._process is not None else 0

    def start(self, command: Sequence[str], keeps_errors: bool) -> None:
        """`keeps_errors`: what it writes to standard error is for `ended`, not for this program's own."""
        process = QProcess(self)
        process.setProcessEnvironment(own_environment())
        if not keeps_errors:
            process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._end)
        process.errorOccurred.connect(self._wrong)
        self._process = process
        process.start(command[0], list(command[1:]))

    def write(self, line: bytes) -> None:
        if self._process is not None:
            self._process.write(line)

    def end(self, by_signal: bool) -> None:
        """Ask it to end, by a signal or by the end of its input, and insist when patience is over."""
        if self._process is None:
            return
        if by_signal:
            self._process.terminate()
        else:
            self._process.closeWriteChannel()
        self._insist.start()

    def shutdown(self, by_signal: bool, most_ms: int) -> bool:
        """End it now, and wait at most so long; True when it is gone. No signal follows."""
        process = self._process
        if process is None:
            return True
        process.blockSignals(True)
        self.end(by_signal)
        self._leave()
        if not process.waitForFinished(min(self._patience_ms, most_ms)):
            process.kill()
            process.waitForFinished(most_ms)
        return process.state() == QProcess.ProcessState.NotRunning

    @Slot()
    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            self.said.emit(bytes(self._process.readLine().data()))

    @Slot(int, QProcess.ExitStatus)
    def _end(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._process is None:
            return
        self._read()
        complaint = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        self._leave()
        self.ended.emit(code, status == QProcess.ExitStatus.CrashExit, complaint)

    @Slot(QProcess.ProcessError)
    def _wrong(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._leave()
            self.missing.emit()

    @Slot()
    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _leave(self) -> None:
        self._insist.stop()
        if self._process is not None:
            self._process.deleteLater()
            self._process = None

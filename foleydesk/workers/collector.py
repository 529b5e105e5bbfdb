"""Python's cycle collector on the window's thread only: run on a worker's, it may delete Qt objects there and crash."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 500
WHOLE_EVERY = 60
"""Rounds between two looks at everything: that takes long enough to be felt while the hand drags."""


class Collector(QObject):
    """From start() to stop() garbage is collected by a timer of the thread that this object lives in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._rounds = 0

    def start(self) -> None:
        """What is there now stays for good and is not looked at again."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _collect(self) -> None:
        """The oldest generation that is due, as Python itself would."""
        self._rounds += 1
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation] and (generation < 2 or self._rounds >= WHOLE_EVERY):
                self._rounds = 0 if generation == 2 else self._rounds
                gc.collect(generation)
                return

"""Where sound goes: the audio device, or a clock when there is none."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from engine.spec import SAMPLE_RATE
from foleydesk.playback.mixer import CHANNELS

log = logging.getLogger(__name__)

BUFFER_S = 0.08
"""How much is handed over in advance: bridges the moments when a model keeps Python's lock, and is still quick."""
CLOCK_SAYS = "No audio device: playing on a clock"
LOST_SAYS = "The audio device is gone: playing on a clock"
FOLLOW = 0.1
"""Weight of a new measurement of the device's clock."""
RESYNC_S = 0.05
"""A measurement further away than this is taken as it is (the device had stopped, or dropped something)."""


class AudioOut(Protocol):
    """Takes blocks in order. All but now() and `says` belong to one thread."""

    @property
    def says(self) -> str: ...

    def now(self) -> float:
        """Seconds of the clock that write() answers in."""
        ...

    def write(self, block: np.ndarray) -> float:
        """Hand over float32 (n, 2), waiting while the buffer is full; when its last sample will have been heard."""
        ...

    def drop(self) -> None:
        """Forget what was handed over and not yet heard."""
        ...

    def close(self) -> None: ...


class ClockOut:
    """No loudspeaker: time passes as if there were one."""

    def __init__(
        self,
        says: str = CLOCK_SAYS,
        now: Callable[[], float] = time.perf_counter,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.says = says
        self._now = now
        self._wait = wait
        self._ends = now()

    def now(self) -> float:
        return self._now()

    def write(self, block: np.ndarray) -> float:
        self._ends = max(self._ends, self._now()) + len(block) / SAMPLE_RATE
        early = self._ends - self._now() - BUFFER_S
        if early > 0:
            self._wait(early)
        return self._ends

    def drop(self) -> None:
        self._ends = self._now()

    def close(self) -> None:
        """Nothing to let go."""


class DeviceOut:
    """A PortAudio device, written to from a thread: no Python runs at the device's deadline."""

    def __init__(self, device: int | str | None = None) -> None:
        """Raises whatever PortAudio finds wrong; OSError when PortAudio itself is missing."""
        import sounddevice  # looks for PortAudio and for devices: on the audio thread, not on the way to the window

        found = sounddevice.query_devices(device, "output")
        self.says = f"Playing through {found['name']}"
        self.underruns = 0
        self._stream: Any = sounddevice.OutputStream(
            samplerate=SAMPLE_RATE,
            device=device,
            channels=CHANNELS,
            dtype="float32",
            latency=BUFFER_S,
            extra_settings=_settings(sounddevice, found),
        )
        self._running = False
        self._capacity = 0
        self._ends: float | None = None

    def now(self) -> float:
        return time.perf_counter()

    def write(self, block: np.ndarray) -> float:
        if not self._running:
            self._start()
        if self._stream.write(np.ascontiguousarray(block, np.float32)):
            self.underruns += 1
        self._ends = self._followed(self.now() + self._delay(), len(block) / SAMPLE_RATE)
        return self._ends

    def drop(self) -> None:
        """The device rests until the next block, rather than running dry."""
        if self._running:
            self._running = False
            self._stream.abort()

    def close(self) -> None:
        with contextlib.suppress(Exception):  # a device that is gone cannot be closed politely
            self._stream.abort()
        with contextlib.suppress(Exception):
            self._stream.close()

    def _start(self) -> None:
        self._stream.start()
        self._running = True
        self._capacity = max(self._capacity, self._stream.write_available)
        self._ends = None

    def _delay(self) -> float:
        """Seconds until what was handed over last is heard: what is buffered, and the device's own latency."""
        buffered = max(0, self._capacity - self._stream.write_available) / SAMPLE_RATE
        own = max(0.0, self._stream.latency - self._capacity / SAMPLE_RATE)
        return float(buffered + own)

    def _followed(self, measured: float, length: float) -> float:
        """The device's clock, smoothed: it advances by what was played and leans towards what is measured."""
        if self._ends is None or abs(measured - self._ends - length) > RESYNC_S:
            return measured
        foreseen = self._ends + length
        return foreseen + FOLLOW * (measured - foreseen)


def open_output() -> AudioOut:
    """The default device, or a clock that says why there is no sound."""
    try:
        return DeviceOut()
    except Exception as error:  # PortAudio missing, no device, a device that refuses: all mean the same here
        log.info("no audio device: %s", error)
        return ClockOut()


def _settings(sounddevice: Any, found: Any) -> Any:
    """Windows' shared mode converts rates only when asked to."""
    if sys.platform != "win32":
        return None
    host = sounddevice.query_hostapis(found["hostapi"])["name"]
    return sounddevice.WasapiSettings(auto_convert=True) if "WASAPI" in host else None

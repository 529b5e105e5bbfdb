"""Where sound goes: the audio device, or a clock when there is none."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from engine.spec import SAMPLE_RATE
from foleydesk.playback.mixer import CHANNELS

log = logging.getLogger(__name__)

BUFFER_S = 0.08
"""How much is handed over in advance: bridges the moments when a model keeps Python's lock, and is still quick."""
CLOCK_SAYS = "No audio device: playing on a clock"
LOST_SAYS = "The audio device is gone: playing on a clock"
NOT_THERE_SAYS = "{} is not there: playing on a clock"
FOLLOW_EARLIER, FOLLOW_LATER = 0.2, 0.02
"""Weights of a new measurement of the device's clock. One that is late says little: the thread was, not the sound."""
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


@dataclass(frozen=True)
class OutputDevice:
    """`name` is what opens it, and what is kept in the settings."""

    name: str
    is_default: bool = False


def output_devices() -> tuple[OutputDevice, ...]:
    """Those that sound can go to, as PortAudio saw them last; none where there is no PortAudio. May take a moment."""
    try:
        import sounddevice

        hosts = sounddevice.query_hostapis()
        chosen = sounddevice.default.device[1]
        return tuple(
            OutputDevice(f"{one['name']}, {hosts[one['hostapi']]['name']}", i == chosen)
            for i, one in enumerate(sounddevice.query_devices())
            if one["max_output_channels"] >= CHANNELS
        )
    except Exception as error:  # PortAudio missing, or not able to look
        log.info("no list of audio devices: %s", error)
        return ()


def open_device(name: str = "", again: bool = False) -> AudioOut:
    """The device of this name, or the system's own; `again`: look first for what has been plugged in since.

    Raises whatever PortAudio finds wrong; OSError when PortAudio itself is missing. Nothing may be open when it looks
    again.
    """
    import sounddevice  # looks for PortAudio and for devices: on the audio thread, not on the way to the window

    if again:  # PortAudio knows the devices that were there when it began, and begins anew only when told
        sounddevice._terminate()
        sounddevice._initialize()
    device = name or None
    found = sounddevice.query_devices(device, "output")
    stream = sounddevice.OutputStream(
        samplerate=SAMPLE_RATE,
        device=device,
        channels=CHANNELS,
        dtype="float32",
        latency=BUFFER_S,
        extra_settings=_settings(sounddevice, found),
    )
    return DeviceOut(stream, f"Playing through {found['name']}")


class DeviceOut:
    """A PortAudio stream, written to from a thread: no Python runs at the device's deadline."""

    def __init__(self, stream: Any, says: str, now: Callable[[], float] = time.perf_counter) -> None:
        """`stream`: as sounddevice.OutputStream. `now`: seconds, of any clock that goes on evenly."""
        self.says = says
        self.underruns = 0
        self._stream = stream
        self._now = now
        self._running = False
        self._capacity = 0
        self._ends: float | None = None

    def now(self) -> float:
        return self._now()

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
        """The device's clock, smoothed: it goes on by what was played and leans towards what is measured."""
        if self._ends is None or abs(measured - self._ends - length) > RESYNC_S:
            return measured
        foreseen = self._ends + length
        return foreseen + (FOLLOW_EARLIER if measured < foreseen else FOLLOW_LATER) * (measured - foreseen)


def open_output(name: str = "", again: bool = False, opener: Callable[[str, bool], AudioOut] = open_device) -> AudioOut:
    """The device of this name, or the system's own; else a clock that says why there is no sound."""
    try:
        return opener(name, again)
    except Exception as error:  # PortAudio missing, no device, a device that refuses: all mean the same here
        log.info("no audio device: %s", error)
        return ClockOut(NOT_THERE_SAYS.format(name) if name else CLOCK_SAYS)


def _settings(sounddevice: Any, found: Any) -> Any:
    """Windows' shared mode converts rates only when asked to."""
    if sys.platform != "win32":
        return None
    host = sounddevice.query_hostapis(found["hostapi"])["name"]
    return sounddevice.WasapiSettings(auto_convert=True) if "WASAPI" in host else None

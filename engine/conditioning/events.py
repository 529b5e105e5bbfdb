"""Events and curves: a curve is what a network is conditioned on, events are what a designer edits. Torch-free."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.spec import SAMPLE_RATE, Event, Span

WIDTH_S = 0.03
"""Standard deviation of the bump that stands for one event."""

Curve = NDArray[np.float32]


def frame_times(frames: int, rate: float) -> NDArray[np.float64]:
    """Seconds from the start to the middle of each of `frames` latent frames."""
    return (np.arange(frames, dtype=np.float64) + 0.5) / rate


def curve(events: Iterable[Event], start: int, frames: int, rate: float) -> Curve:
    """(frames,) strength 0 to 1: one bump an event, the higher where two overlap.

    `start`: the sample at which frame 0 begins; `rate`: frames a second.
    """
    times = frame_times(frames, rate)
    values = np.zeros(frames, np.float64)
    for event in events:
        distance = (times - (event.at - start) / SAMPLE_RATE) / WIDTH_S
        values = np.maximum(values, event.strength * np.exp(-0.5 * distance**2))
    return values.astype(np.float32)


def within(events: Iterable[Event], span: Span) -> tuple[Event, ...]:
    """Those of the events that lie in the span, in order of time."""
    return tuple(sorted((event for event in events if span.start <= event.at < span.end), key=lambda e: e.at))


def at_times(values: NDArray[np.float32], rate: float, times: NDArray[np.float64]) -> NDArray[np.float32]:
    """Rows of `values` (n, features), row i at i / `rate` seconds, read at `times`: straight lines between rows."""
    place = np.clip(times * rate, 0, len(values) - 1)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, len(values) - 1)
    part = (place - low).astype(np.float32)[:, None]
    return values[low] * (1 - part) + values[high] * part

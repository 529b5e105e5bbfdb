"""Events and curves: a curve is what a network is conditioned on, events are what a designer edits. Torch-free."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.spec import SAMPLE_RATE, Event, Span

WIDTH_S = 0.03
"""Standard deviation of the bump that stands for one event: a little over one latent frame of 23 ms."""

THRESHOLD = 0.3
"""A peak of the spotter's curve below this is no event."""

CLOSEST_S = 0.08
"""Two events nearer than this are one: the eye does not part them at 25 pictures a second."""

Curve = NDArray[np.float32]


def frame_times(frames: int, rate: float) -> NDArray[np.float64]:
    """Seconds from the start to the middle of each of `frames` latent frames."""
    return (np.arange(frames) + 0.5) / rate


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


def peaks(
    values: Curve, rate: float, start: int, threshold: float = THRESHOLD, closest_s: float = CLOSEST_S
) -> tuple[Event, ...]:
    """The events that a spotter's curve shows: its local maxima from `threshold` up, placed between its frames.

    `values[i]` belongs to `start` + i / `rate` seconds. Of two peaks nearer than `closest_s` the higher stays.
    """
    padded = np.concatenate([[-np.inf], values, [-np.inf]])
    is_peak = (values >= threshold) & (values > padded[:-2]) & (values >= padded[2:])
    kept: list[int] = []
    for i in sorted(np.flatnonzero(is_peak), key=lambda i: -values[i]):
        if all(abs(i - other) / rate >= closest_s for other in kept):
            kept.append(int(i))
    return tuple(
        Event(
            at=start + round((i + _lean(values, i)) / rate * SAMPLE_RATE),
            strength=round(float(min(1.0, max(0.0, values[i]))), 4),
        )
        for i in sorted(kept)
    )


def _lean(values: Curve, i: int) -> float:
    """How far (−0.5 to 0.5 frames) the top of the parabola through a peak and its neighbours lies from the peak."""
    if i == 0 or i == len(values) - 1:
        return 0.0
    before, top, after = (float(v) for v in values[i - 1 : i + 2])
    bend = before - 2 * top + after
    return 0.0 if bend >= 0 else 0.5 * (before - after) / bend


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

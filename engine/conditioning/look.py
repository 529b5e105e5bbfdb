"""What the spotter sees in a medium: its event curve and its features, at 25 rows a second.

The medium is looked at in fixed pieces with context on both sides, so that a moment gives the same rows whichever
cue asks for it, and is decoded once however many do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.conditioning.cache import Arrays, Cache
from engine.conditioning.events import within
from engine.conditioning.spotter import FPS, SIZE, pick_events
from engine.media.decode import frames_at
from engine.media.probe import MediaInfo
from engine.spec import SAMPLE_RATE, Event, EventCurve, Span

PIECE_S, CONTEXT_S = 8, 2

STEP = SAMPLE_RATE // FPS
"""Samples between rows."""

VERSION = 3
"""Raise it when the same frames would give other rows; old cache entries are then passed over."""


class Spotter(Protocol):
    """Finds what should sound in small grey pictures."""

    def look(self, frames: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """(n, SIZE, SIZE) uint8 at FPS → event strength (n,) 0 to 1 and features (n, F)."""
        ...


@dataclass(frozen=True)
class Seen:
    """Row i of `curve` (n,) and `features` (n, F) belongs to sample `start` + i · STEP."""

    start: int
    curve: NDArray[np.float32]
    features: NDArray[np.float32]

    def events(self, span: Span) -> tuple[Event, ...]:
        return within(pick_events(self.curve, self.start), span)

    def event_curve(self, span: Span) -> EventCurve:
        first, last = (span.start - self.start) // STEP, -(-(span.end - self.start) // STEP)
        values = tuple(round(float(v), 4) for v in self.curve[first:last])
        return EventCurve(self.events(span), self.start + first * STEP, float(FPS), values)


OnPiece = Callable[[int, int], None]
"""Pieces looked at and pieces in all; may raise Cancelled."""


def unwatched(done: int, pieces: int) -> None:
    """The callback of someone who does not watch."""


def look(
    media: MediaInfo, span: Span, spotter: Spotter, encoder: str, cache: Cache, on_piece: OnPiece = unwatched
) -> Seen:
    """What `spotter`, whose weights hash to `encoder`, sees in the pieces of the medium that `span` touches."""
    rows = max(1, -(-media.length // STEP))
    piece = PIECE_S * FPS
    first, last = (min(at // STEP, rows - 1) // piece for at in (span.start, max(span.start, span.end - 1)))
    wanted = [range(i * piece, min((i + 1) * piece, rows)) for i in range(first, last + 1)]
    parts = []
    for i, want in enumerate(wanted):
        on_piece(i, len(wanted))
        parts.append(_piece(media, want, rows, spotter, encoder, cache))
    on_piece(len(wanted), len(wanted))
    curve, features = (np.concatenate([part[name] for part in parts]) for name in ("curve", "features"))
    return Seen(first * piece * STEP, curve, features)


def _piece(media: MediaInfo, want: range, rows: int, spotter: Spotter, encoder: str, cache: Cache) -> Arrays:
    """The rows `want` of a medium of `rows` rows."""
    context = CONTEXT_S * FPS
    around = range(max(0, want.start - context), min(rows, want.stop + context))

    def make() -> Arrays:
        at = [i * STEP for i in around]
        frames = frames_at(media.path, at, SIZE, SIZE, gray=True)
        curve, features = spotter.look(np.asarray(frames))
        part = slice(want.start - around.start, want.stop - around.start)
        return {"curve": np.asarray(curve, np.float32)[part], "features": np.asarray(features, np.float32)[part]}

    key = {"what": "look", "version": VERSION, "media": media.hash, "encoder": encoder, "rows": [want.start, want.stop]}
    return cache.get(key, make)

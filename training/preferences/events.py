"""What happened when candidates were compared. Written once, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from engine.spec import Span

Action = Literal["pick", "tie", "none"]
ACTIONS: tuple[Action, ...] = ("pick", "tie", "none")


def now() -> str:
    """The moment, as events write it: ISO, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True)
class PickEvent:
    """The designer's choice among the candidates `shown` (ids, in that order, under those letters).

    `winner` is None for a tie and for none good; `heard_ms` and `gains_db` are by candidate id.
    """

    id: str
    at: str
    project: str
    cue: str
    media_hash: str
    span: Span
    prompt: str
    action: Action
    shown: tuple[str, ...]
    letters: tuple[str, ...]
    heard_ms: dict[str, float]
    gains_db: dict[str, float]
    winner: str | None
    model: str
    adapter: str | None
    blind: bool
    app_version: str


@dataclass(frozen=True)
class Retraction:
    """The pick was taken back: nothing is to be learned from it."""

    event_id: str
    at: str

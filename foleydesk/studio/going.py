"""Work that is under way, as a status row says it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Going:
    """`steps` 0 while it cannot be told; `waiting` counts what comes after it.

    `counted`: whether its steps are things to count, rather than shares of a whole.
    """

    title: str
    step: int
    steps: int
    seconds_left: float | None
    waiting: int = 0
    counted: bool = True

"""What every scorer is given and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.spec import Event, Score, Span


@dataclass(frozen=True)
class Asked:
    """What the sounds were made for. `events` None: nothing is known about the picture."""

    span: Span
    prompt: str = ""
    events: tuple[Event, ...] | None = None


@dataclass(frozen=True)
class Sound:
    """A finished sound: mono at 48 kHz, its first sample at the start of the span."""

    samples: NDArray[np.float32]


class Scorer(Protocol):
    """Judges each sound by itself: a score must not depend on what else is in the batch."""

    def score(self, asked: Asked, sounds: Sequence[Sound]) -> list[tuple[Score, ...]]:
        """For each sound its scores, the headline one first; none where there is nothing to judge by."""
        ...


def rounded(value: float) -> float:
    """Four places: what a score means, without what a machine's rounding adds."""
    return round(float(value), 4)

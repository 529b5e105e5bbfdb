"""K-weighting (ITU-R BS.1770-4, tables 1 and 2)."""

from __future__ import annotations

from engine.audio.recursive import BLOCK, Recursive

__all__ = ["BLOCK", "HIGH_PASS", "REACH", "SHELF", "KWeighting"]

SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""The two filters at 48 kHz."""
REACH = 8191
"""So many samples back the filters hear: what is left of a pulse by then is below 1e-15 of it."""


class KWeighting(Recursive):
    """Weights a sound that comes in pieces, (samples, channels)."""

    def __init__(self, channels: int) -> None:
        super().__init__((SHELF, HIGH_PASS), REACH, channels)

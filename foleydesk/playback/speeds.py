"""How fast the playhead goes, and which way."""

from __future__ import annotations

from fractions import Fraction

NORMAL = Fraction(1)
HALF = Fraction(1, 2)
FASTEST = 8
"""A shuttle key pressed again doubles the speed, up to this."""


def next_speed(now: Fraction, direction: int) -> Fraction:
    """The speed after another press of a shuttle key; `now` is 0 at rest, `direction` 1 or -1.

    The other way begins at normal speed, and so does what was slower.
    """
    if now * direction < NORMAL:
        return direction * NORMAL
    return direction * min(Fraction(FASTEST), 2 * abs(now))


def in_words(speed: Fraction) -> str:
    """As it is shown: ½×, 4×, −2×; nothing at normal speed."""
    if speed == NORMAL:
        return ""
    sign = "\N{MINUS SIGN}" if speed < 0 else ""
    size = "½" if abs(speed) == HALF else f"{float(abs(speed)):g}"
    return f"{sign}{size}×"

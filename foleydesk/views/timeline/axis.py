"""Which stretch of time the lanes show, and where a moment stands in it, to the pixel."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.spec import SAMPLE_RATE, Span

CLOSEST = 8.0
"""Samples a pixel when nothing finer is shown."""
TAIL = 0.04
"""Share of the width left free behind the end when everything is shown."""


class TimeAxis(QObject):
    """The one time axis that every lane is painted on: `start` in samples, `scale` in samples a pixel."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.start = 0.0
        self.scale = 240.0
        self.width = 800
        self.length = 10 * SAMPLE_RATE
        self.grain = 1
        """The start stands on a multiple of so many pixels, so that what was painted can be moved along whole."""
        self._told: tuple[float, float, int, int] | None = None

    @property
    def shown(self) -> Span:
        return Span(int(self.start), int(self.start + self.width * self.scale))

    @property
    def farthest(self) -> float:
        """Samples a pixel when everything is shown."""
        return max(CLOSEST, self.length * (1 + TAIL) / max(1, self.width))

    def x(self, at: float) -> float:
        return (at - self.start) / self.scale

    def at(self, x: float) -> int:
        """The moment under `x`, never before the start of the project."""
        return max(0, round(self.start + x * self.scale))

    def pan(self, pixels: float) -> None:
        self._look(self.start + pixels * self.scale, self.scale)

    def look_from(self, start: float) -> None:
        self._look(start, self.scale)

    def zoom(self, factor: float, about_x: float) -> None:
        """Show `1 / factor` as much time; the moment under `about_x` stays there."""
        scale = min(self.farthest, max(CLOSEST, self.scale / factor))
        self._look(self.start + about_x * (self.scale - scale), scale)

    def fit(self, span: Span | None = None) -> None:
        """Show `span` with a little air, or everything."""
        if span is None or span.length <= 0:
            self._look(0, self.farthest)
            return
        scale = max(CLOSEST, span.length * 1.3 / max(1, self.width))
        self._look(span.start - span.length * 0.15, min(scale, self.farthest))

    def show(self, start: float, end: float) -> None:
        """Show this stretch from side to side, as far as zooming goes."""
        scale = min(self.farthest, max(CLOSEST, (end - start) / max(1, self.width)))
        self._look(start, scale)

    def follow(self, at: int, centred: bool = False) -> None:
        """Turn the page when `at` runs out of sight, or keep it in the middle."""
        x = self.x(at)
        if centred:
            self._look(at - 0.5 * self.width * self.scale, self.scale)
        elif x < 0 or x > self.width - 1:
            self._look(at - 0.1 * self.width * self.scale, self.scale)

    def reveal(self, at: int) -> None:
        """Bring `at` into sight, a little away from the edge."""
        if not 0 <= self.x(at) <= self.width - 1:
            self._look(at - 0.3 * self.width * self.scale, self.scale)

    @property
    def pixels(self) -> int:
        """How many pixels of this scale lie before the start."""
        return round(self.start / self.scale)

    def resize(self, width: int) -> None:
        whole = self.scale >= self.farthest * 0.999
        self.width = max(1, width)
        self._look(0 if whole else self.start, self.farthest if whole else self.scale)

    def reach(self, length: int) -> None:
        """The project is so long now; everything is shown when it was before, or when the length is new."""
        if length == self.length:
            return
        self.length = max(1, length)
        self.fit()

    def _look(self, start: float, scale: float) -> None:
        last = max(0.0, self.length * (1 + TAIL) - self.width * scale)
        step = scale * self.grain
        start = round(min(max(0.0, start), last) / step) * step
        if (start, scale, self.width, self.length) == self._told:
            return
        self.start, self.scale = start, scale
        self._told = (start, scale, self.width, self.length)
        self.changed.emit()

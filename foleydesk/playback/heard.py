"""Which position is being heard, and how much of each candidate has been: from when blocks reach the output."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.spec import SAMPLE_RATE
from foleydesk.playback.deck import Stretch


@dataclass(frozen=True)
class _Sounding:
    """A stretch and the time (seconds of the output's clock) at which its last sample has been heard."""

    stretch: Stretch
    ends: float

    @property
    def begins(self) -> float:
        return self.ends - self.stretch.n / SAMPLE_RATE

    def passed(self, now: float) -> int:
        """Samples heard by `now`."""
        return max(0, min(self.stretch.n, round((now - self.begins) * SAMPLE_RATE)))


class Heard:
    """A line of stretches on their way to the ear. Not safe between threads: the transport holds a lock."""

    def __init__(self) -> None:
        self._coming: deque[_Sounding] = deque()
        self._rest = 0
        self._samples: Counter[str] = Counter()

    def add(self, stretches: Sequence[Stretch], ends: float) -> None:
        """Stretches of one block, in order; the block's last sample is heard at `ends`."""
        left = sum(stretch.n for stretch in stretches)
        for stretch in stretches:
            left -= stretch.n
            self._coming.append(_Sounding(stretch, ends - left / SAMPLE_RATE))

    def position(self, now: float) -> int:
        """What is heard at `now`; before the first block arrives, where playing began."""
        self._pass(now)
        if not self._coming:
            return self._rest
        first = self._coming[0]
        return first.stretch.at(first.passed(now))

    def jump(self, position: int, now: float) -> None:
        """What has not been heard by `now` never will be; the playhead rests at `position`."""
        self._pass(now)
        if self._coming:
            first = self._coming[0]
            self._count(first.stretch, first.passed(now))
        self._coming.clear()
        self._rest = position

    def silent(self, now: float) -> bool:
        """Whether everything on its way has arrived."""
        self._pass(now)
        return not self._coming

    def samples(self, now: float) -> dict[str, int]:
        """Samples of each label's own sound heard so far."""
        self._pass(now)
        so_far = Counter(self._samples)
        if self._coming:
            first = self._coming[0]
            if first.stretch.label:
                so_far[first.stretch.label] += first.stretch.counted(first.passed(now))
        return dict(so_far)

    def forget_counts(self) -> None:
        """Begin to count anew; what is on its way already belongs to the past."""
        self._samples.clear()
        self._coming = deque(replace(x, stretch=replace(x.stretch, label="")) for x in self._coming)

    def _pass(self, now: float) -> None:
        while self._coming and self._coming[0].ends <= now:
            gone = self._coming.popleft().stretch
            self._count(gone, gone.n)
            self._rest = gone.at(gone.n)

    def _count(self, stretch: Stretch, n: int) -> None:
        if stretch.label:
            self._samples[stretch.label] += stretch.counted(n)

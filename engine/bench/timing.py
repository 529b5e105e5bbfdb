"""What one side of a comparison took: seconds a stage, highest memory, and the sound that it made. Torch-free."""

from __future__ import annotations

import contextlib
import resource
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

STAGES = ("loading", "picture", "words", "sampling", "decoding", "writing")
"""In the order in which both sides go through them; "picture" is reading frames and both of their encoders."""


@dataclass(frozen=True)
class Timing:
    """`seconds` by stage, the sum of which is `whole`; `cpu`: of the processor, over all of its cores, which other
    programs lengthen little; `peak` in bytes; `sounds` are files."""

    whole: float
    cpu: float
    seconds: dict[str, float]
    peak: int
    sounds: tuple[str, ...] = ()
    says: str = ""
    """What it ran on and in which precision."""
    raw: str = ""
    """The first sound as it left the vocoder, an array at the model's rate."""
    swift: bool = False
    """Whether encoders computed faster than exactly."""


@dataclass
class Watch:
    """A stop watch that is told which stage begins; waits for the GPU before it looks at the clock."""

    device: str = "cpu"
    seconds: dict[str, float] = field(default_factory=dict)
    _stage: str | None = None
    _began: float = 0.0
    _start: float = field(default_factory=time.perf_counter)
    _cpu: float = field(default_factory=time.process_time)

    def enter(self, stage: str | None) -> None:
        """`stage` begins, and what went before ends."""
        self._settle()
        now = time.perf_counter()
        if self._stage is not None:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._began
        self._stage, self._began = stage, now

    def whole(self) -> float:
        self.enter(None)
        return time.perf_counter() - self._start

    def cpu(self) -> float:
        """Seconds of the processor since the watch was made."""
        return time.process_time() - self._cpu

    def _settle(self) -> None:
        if self.device.startswith("cuda"):
            import torch

            torch.cuda.synchronize()


def peak_memory(device: str) -> int:
    """Bytes at the most so far: of the GPU where it is used, else resident in main memory."""
    if device.startswith("cuda"):
        import torch

        return int(torch.cuda.max_memory_allocated())
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most if sys.platform == "darwin" else 1024 * most)

"""Which devices there are, how much fits on them, and what to do when it did not."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch

from engine.spec import Refused

GIB = 1 << 30

ROWS_FILLED = 4
"""Candidates sampled together where batches are filled up to one size."""

MOST_ROWS = 32
"""More rows than this in one batch of a network gain no time."""

BYTES_A_ROW = 96 << 20
"""What one row (a candidate, with or without guidance) of a small network needs on a GPU, generously."""

BY_FAR = 1.5
"""What is estimated may be less in truth, and the system keeps some memory that it can give."""

PASSES = 2
"""Rows that guidance usually takes for a candidate."""


@dataclass(frozen=True)
class Device:
    """`free` and `total` in bytes; `says` is one line for people."""

    name: str
    kind: str
    free: int
    total: int
    says: str


@dataclass(frozen=True)
class Estimate:
    """What a request will take at its highest, and what is free on the device before it; bytes. 0 free: unknown."""

    needed: int
    free: int
    kind: str

    @property
    def says(self) -> str:
        where = "of memory" if self.kind == "cpu" else "of the GPU's memory"
        free = f"; {self.free / GIB:.1f} GB are free" if self.free else ""
        return f"About {self.needed / GIB:.1f} GB {where}{free}"

    @property
    def hopeless(self) -> bool:
        """Whether it exceeds by far what is free. On a GPU there are ways to do with less."""
        return self.kind == "cpu" and 0 < self.free * BY_FAR < self.needed


def estimate(needed: int, device: torch.device) -> Estimate:
    """Beside what is free on the device now."""
    if device.type == "cuda":
        return Estimate(needed, torch.cuda.mem_get_info(device)[0], device.type)
    return Estimate(needed, _main_memory()[0] if device.type == "cpu" else 0, device.type)


def devices() -> list[Device]:
    """The fastest first, the CPU always last."""
    found = []
    for i in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
        free, total = torch.cuda.mem_get_info(i)
        title = torch.cuda.get_device_name(i)
        says = f"{title}, {free / GIB:.1f} of {total / GIB:.1f} GB free"
        found.append(Device(f"cuda:{i}", "cuda", free, total, says))
    if torch.backends.mps.is_available():
        found.append(Device("mps", "mps", 0, 0, "Apple GPU"))
    free, total = _main_memory()
    threads = torch.get_num_threads()
    says = f"CPU, {threads} thread{'s' if threads != 1 else ''}, {free / GIB:.1f} of {total / GIB:.1f} GB free"
    return [*found, Device("cpu", "cpu", free, total, says)]


def choose(wanted: str = "auto") -> torch.device:
    """Raises Refused for a device that this machine does not have."""
    found = devices()
    if wanted == "auto":
        return torch.device(next(device.name for device in found if device.kind in ("cuda", "cpu")))
    for device in found:
        if wanted in (device.name, device.kind):
            return torch.device(device.name)
    raise Refused(f"This machine has no device {wanted}; choose auto or {', '.join(device.name for device in found)}.")


def rows_at_once(device: torch.device, row_bytes: int = BYTES_A_ROW, most: int = ROWS_FILLED) -> int:
    """How many candidates to sample together, `most` at most. One on the CPU, which is busy with one.

    Sums in batches of another size round differently, and a seed should give the same sound in any company: so this
    does not hang on how many are asked for.
    """
    if device.type != "cuda":
        return 1
    free, _ = torch.cuda.mem_get_info(device)
    return max(1, min(most, int(free * 0.8) // (PASSES * row_bytes)))


def windows_at_once(device: torch.device, row_bytes: int, rows: int) -> int:
    """How many windows of a long latent to put into one batch, with `rows` candidates in each. One on the CPU."""
    if device.type != "cuda":
        return 1
    free, _ = torch.cuda.mem_get_info(device)
    return max(1, min(MOST_ROWS // PASSES, int(free * 0.8) // (PASSES * row_bytes)) // rows)


@cache
def swift_in_bfloat16() -> bool:
    """Whether this CPU multiplies bfloat16 in hardware; elsewhere it takes longer than single precision."""
    able: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def squeezing(rows: int, longest: int, work: Callable[[int, int], None], offload: Callable[[], bool] = bool,
              shortest: int | None = None) -> None:
    """Call work(rows, longest) until it has memory enough.

    Each time memory runs out it gets half as many rows; at one, after `offload` has freed what it can, windows half
    as long, down to `shortest`. Raises Refused when nothing of that helps.
    """
    while True:
        try:
            return work(rows, longest)
        except (RuntimeError, MemoryError) as error:
            if not out_of_memory(error):
                raise
        release()
        if rows > 1:
            rows //= 2
        elif offload():
            release()
        elif shortest is not None and longest // 2 >= shortest:
            longest //= 2
        else:
            raise Refused("There is too little free memory for this cue; close other programs or choose the CPU.")


def out_of_memory(error: BaseException) -> bool:
    """Whether this is how torch says that the GPU's or the computer's memory has run out."""
    return isinstance(error, (torch.cuda.OutOfMemoryError, MemoryError)) or "can't allocate memory" in str(error)


def release() -> None:
    """Give back what nothing refers to any more."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _main_memory() -> tuple[int, int]:
    """Free and total bytes; zeros where the system does not say. What the system keeps of files counts as free."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        lines = (line.split() for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
        told = {line[0].rstrip(":"): int(line[1]) << 10 for line in lines if len(line) > 1}
        return told["MemAvailable"], told["MemTotal"]
    names = os.sysconf_names if hasattr(os, "sysconf_names") else {}
    if "SC_PHYS_PAGES" not in names or "SC_AVPHYS_PAGES" not in names:
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return os.sysconf("SC_AVPHYS_PAGES") * page, os.sysconf("SC_PHYS_PAGES") * page

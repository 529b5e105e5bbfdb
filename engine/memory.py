"""Which devices there are, how much fits on them, and what to do when it did not."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import torch

from engine.spec import Refused

GIB = 1 << 30

ROWS_ON_GPU = 4

BYTES_A_ROW = 96 << 20
"""What one row (a candidate, with or without guidance) needs on a GPU while sampling and decoding, generously."""


@dataclass(frozen=True)
class Device:
    """`free` and `total` in bytes; `says` is one line for people."""

    name: str
    kind: str
    free: int
    total: int
    says: str


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


def rows_at_once(device: torch.device) -> int:
    """How many candidates to sample together, however many are asked for: sums in batches of another size round
    differently, and a seed should give the same sound in any company. One on the CPU, which is busy with one.
    """
    if device.type != "cuda":
        return 1
    free, _ = torch.cuda.mem_get_info(device)
    return max(1, min(ROWS_ON_GPU, int(free * 0.8) // (2 * BYTES_A_ROW)))


@cache
def swift_in_bfloat16() -> bool:
    """Whether this CPU multiplies bfloat16 in hardware; elsewhere it takes longer than single precision."""
    able: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def halving(rows: int, work: Callable[[int], None]) -> None:
    """Call work(rows), with half as many each time the GPU's memory runs out. Raises Refused when one is too many."""
    while True:
        try:
            return work(rows)
        except torch.cuda.OutOfMemoryError:
            torch.cuda.empty_cache()
        if rows == 1:
            raise Refused("The GPU has too little free memory for this cue; close other programs or choose the CPU.")
        rows //= 2


def release() -> None:
    """Give back what nothing refers to any more."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _main_memory() -> tuple[int, int]:
    """Free and total bytes; zeros where the system does not say."""
    names = os.sysconf_names if hasattr(os, "sysconf_names") else {}
    if "SC_PHYS_PAGES" not in names or "SC_AVPHYS_PAGES" not in names:
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return os.sysconf("SC_AVPHYS_PAGES") * page, os.sysconf("SC_PHYS_PAGES") * page

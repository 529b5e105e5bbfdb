"""MMAudio in this program against the published one: same drawn weights, same clip, same noise, one after the other."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine import WAITING
from engine.bench.difference import Differences, differences
from engine.bench.timing import STAGES, Timing
from engine.spec import EXACT, FAST

SEED = 1
PROMPT, NEGATIVE = "a rabbit runs through dry leaves", "music"


@dataclass(frozen=True)
class Request:
    variant: str
    video: str
    seconds: float
    candidates: int
    steps: int
    device: str
    threads: int
    guidance: float = 4.5
    seed: int = 42
    precision: str = FAST
    prompt: str = PROMPT
    negative: str = NEGATIVE


@dataclass(frozen=True)
class Comparison:
    """`again`: a second request on the same cue, everything in memory and its features in the cache."""

    request: Request
    published: Timing
    ours: Timing
    again: Timing
    differences: Differences


def compare(request: Request, reference: Path, work: Path) -> Comparison:
    """Draws the weights where they are not in `work` yet, runs both sides, each in a process of its own."""
    work.mkdir(parents=True, exist_ok=True)
    _apart(_draw, str(reference), str(work), request.variant)
    (published,) = _apart(_published, str(reference), str(work), asdict(request))
    ours, again = _apart(_ours, str(work), asdict(request))
    exact = _apart(_raw, str(work), asdict(replace(request, precision=EXACT)))[0] if ours.swift else None
    rate = 16_000 if "16k" in request.variant else 44_100
    apart = differences(published.sounds[0], rate, again.raw, exact.raw if exact else None, ours.sounds[0])
    return Comparison(request, published, ours, again, apart)


def report(found: Comparison) -> list[str]:
    """A table: seconds a stage on both sides and their ratio, then memory and difference."""
    request, sides = found.request, (found.published, found.ours, found.again)
    lines = [
        f"MMAudio {request.variant}, {request.seconds:g} s, {request.steps} steps, {request.candidates} candidate(s), "
        f"{request.threads} CPU threads, load {os.getloadavg()[0]:.1f}",
        *[side.says for side in sides if side.says],
        f"{'stage':<12}{'published':>12}{'ours':>12}{'ratio':>8}{'ours again':>12}{'ratio':>8}",
    ]
    for stage in STAGES:
        lines.append(_row(stage, *[side.seconds.get(stage, 0.0) for side in sides]))
    lines.append(_row("whole", *[side.whole for side in sides]))
    lines.append(_row("  of the CPU", *[side.cpu for side in sides]))
    without = [side.whole - side.seconds.get("loading", 0.0) for side in sides]
    lines.append(_row("  not loading", *without))
    lines.append(_row("  a candidate", *[seconds / request.candidates for seconds in without]))
    peaks = [side.peak / 1e9 for side in sides]
    lines.append(f"highest memory, GB: published {peaks[0]:.2f}, ours {peaks[1]:.2f} ({peaks[1] / peaks[0]:.2f} of it)")
    return [*lines, *_apart_in_spectra(found.differences)]


def _apart_in_spectra(found: Differences) -> list[str]:
    lines = ["difference of the first sounds' spectra from the published sound's, relative:",
             f"  raw, as it leaves the vocoder        {found.raw:.2e}"]
    if found.exact is not None:
        lines.append(f"  raw, every encoder in float32        {found.exact:.2e}; what is between them is the encoders'")
    return [*lines, f"  finished file, levels made equal     {found.finished:.2e}, "
                    f"of which finishing alone makes {found.finishing:.2e}"]


def _row(name: str, published: float, ours: float, again: float) -> str:
    ratios = [f"{published / side:>8.2f}" if side > 0 else f"{'':>8}" for side in (ours, again)]
    return f"{name:<12}{published:>12.2f}{ours:>12.2f}{ratios[0]}{again:>12.2f}{ratios[1]}"


def _apart(work: Callable[..., list[Timing]], *given: Any) -> list[Timing]:
    """What `work` returns in a new process: its memory is its own, and nothing is loaded already."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def _draw(reference: str, work: str, variant: str) -> list[Timing]:
    from engine.bench import published, synthetic

    published.find(Path(reference))
    notes = Path(work) / "drawn.json"
    drawn = json.loads(notes.read_text(encoding="utf-8")) if notes.exists() else []
    if variant not in drawn:
        synthetic.write_all(Path(work), variant, SEED)
        notes.write_text(json.dumps([*drawn, variant]), encoding="utf-8")
    return []


def _published(reference: str, work: str, request: dict[str, Any]) -> list[Timing]:
    # How threads wait is this program's choice, not theirs.
    for name, value in WAITING.items():
        if os.environ.get(name) == value:
            del os.environ[name]
    import torch

    from engine.bench import published

    torch.set_num_threads(request["threads"])
    return [published.run(reference, work, {**request, "out": work})]


def _ours(work: str, request: dict[str, Any]) -> list[Timing]:
    import torch

    from engine.bench.ours import run

    torch.set_num_threads(request["threads"])
    return run(Path(work), Request(**request))


def _raw(work: str, request: dict[str, Any]) -> list[Timing]:
    import torch

    from engine.bench.ours import raw_alone

    torch.set_num_threads(request["threads"])
    return [raw_alone(Path(work), Request(**request))]

"""What four ranked candidates of eight seconds cost: time and memory of the command, and of a warm engine on a GPU."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from engine.service import Engine
from training.pretrain.evaluate.bench import Bench
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.held_out import HeldOut, held_out

CORES = 2
CANDIDATES = 4
MOST_S, MOST_GPU_S, MOST_GB = 12.0, 0.5, 2.0

WATCHED = """
import json, os, resource, runpy, sys
cores, told = int(sys.argv[1]), sys.argv[2]
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
sys.argv = ["foleydesk", *sys.argv[3:]]
try:
    runpy.run_module("foleydesk", run_name="__main__")
finally:
    try:
        lines = open("/proc/self/status").read().splitlines()
        peak = 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    json.dump({"peak": peak}, open(told, "w"))
"""
"""Runs the command on so many cores and writes down its highest resident memory. Asked of the kernel from inside:
what a parent is told of a child begins with the parent's own size."""


@dataclass(frozen=True)
class Cost:
    seconds: float
    peak_gb: float
    device: str
    """What the sounds were computed on."""


def of_command(scene: HeldOut, bench: Bench, device: str = "cpu") -> Cost:
    """`foleydesk generate` on two cores, in a process of its own, started to finished."""
    setting = bench.setting
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("OMP_", "MKL_"))}
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        asked = ["generate", str(scene.video), "--prompt", scene.prompt, "--out", str(Path(folder) / "out"),
                 "--candidates", str(CANDIDATES), "--steps", str(setting.steps), "--model", setting.model,
                 "--device", device]
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", WATCHED, str(CORES), str(told), *asked], check=True,
                       env=surroundings, stdout=subprocess.DEVNULL)
        seconds = time.monotonic() - began
        peak = json.loads(told.read_text(encoding="utf-8"))["peak"]
    return Cost(seconds, peak / 1e9, device)


def warm(scene: HeldOut, bench: Bench) -> float:
    """Seconds for four ranked candidates on a GPU, the model loaded and the picture seen before."""
    engine, recipe = Engine(device="cuda"), bench.setting.recipe(scene.video, scene.prompt)
    with tempfile.TemporaryDirectory() as folder:
        engine.generate(recipe, CANDIDATES, Path(folder))
        began = time.monotonic()
        engine.generate(replace(recipe, seed=100), CANDIDATES, Path(folder))
        return time.monotonic() - began


def measure(bench: Bench) -> Figure:
    """The command twice, on two scenes: the second time the files have been read before."""
    scenes = held_out(2, bench.setting.work / "held-out")
    first, second = (of_command(scene, bench) for scene in scenes)
    busy = os.getloadavg()[0]
    if torch.cuda.is_available():
        gpu = Row("warm engine on a CUDA device", warm(scenes[0], bench), "s", most=MOST_GPU_S,
                  note=torch.cuda.get_device_name())
    else:
        gpu = Row("warm engine on a CUDA device", None, "s", most=MOST_GPU_S, note="this machine has none")
    return Figure(
        "cost", "what do four ranked candidates of eight seconds cost?",
        f"`foleydesk generate`, start to end, on {CORES} cores; {bench.setting.steps} steps; load of the machine "
        f"{busy:.1f}",
        (
            Row("time on the CPU", second.seconds, "s", most=MOST_S, note=f"{first.seconds:.1f} s the first time"),
            Row("highest resident memory", max(first.peak_gb, second.peak_gb), "GB", most=MOST_GB),
            gpu,
        ),
    )

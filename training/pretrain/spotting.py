"""Train the spotter on procedural scenes."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.conditioning.spotter import FPS, MOTIONS, SpotterNet
from training.pretrain.checkpoint import Run, best_device
from training.pretrain.scenes import Scene, scene

SILENT = ("swing", "drift")
POSITIVE_WEIGHT = 3.0
KEEPS = 0.99
"""Share of the averaged weights that each step leaves."""


def target(made: Scene) -> tuple[np.ndarray, np.ndarray]:
    """(n,) target curve with each event spread over three frames, and (n,) index of the motion."""
    n = len(made.frames)
    curve = np.zeros(n, np.float32)
    for at, _ in made.events:
        place = at * FPS
        near = np.arange(max(0, int(place) - 2), min(n, int(place) + 4))
        curve[near] = np.maximum(curve[near], np.clip(1.5 - np.abs(near - place), 0, 1))
    kind = "still" if made.motion.kind in SILENT else made.motion.kind
    return curve, np.full(n, MOTIONS.index(kind), np.int64)


def batch(seeds: range, seconds: float) -> tuple[Tensor, Tensor, Tensor]:
    """frames (b, n, 64, 64) in 0..1, curves (b, n), motions (b, n). Half the scenes are seen in a mirror."""
    made = [scene(seed, seconds) for seed in seeds]
    curves, kinds = zip(*(target(s) for s in made), strict=True)
    mirrored = [s.frames[:, :, ::-1] if seed % 2 else s.frames for s, seed in zip(made, seeds, strict=True)]
    frames = torch.from_numpy(np.stack(mirrored)).float() / 255
    return frames, torch.from_numpy(np.stack(curves)), torch.from_numpy(np.stack(kinds))


def loss_of(net: SpotterNet, frames: Tensor, curves: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
    """Weighted cross-entropy of the events, and cross-entropy of the motion."""
    logits, motions, _ = net(frames)
    weight = 1 + (POSITIVE_WEIGHT - 1) * curves
    events = F.binary_cross_entropy_with_logits(logits.float(), curves, weight=weight)
    return events, F.cross_entropy(motions.float().flatten(0, 1), kinds.flatten())


@torch.no_grad()
def follow(average: nn.Module, net: nn.Module, keeps: float) -> None:
    """Move the averaged weights towards the net's."""
    for kept, new in zip(average.parameters(), net.parameters(), strict=True):
        kept.lerp_(new, 1 - keeps)


def train(work: Path, steps: int = 1800, size: int = 4, rate: float = 1.5e-3, piece_s: float = 600.0) -> Run:
    """Train (or go on training) into `work/spotter.pt`."""
    torch.manual_seed(1)
    device = best_device()
    net = SpotterNet().to(device)
    average = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    run = Run(work / "spotter.pt", steps, piece_s)
    state = {"net": net, "average": average, "optimiser": optimiser}
    run.start(state)
    while run.going():
        first = 1_000_000 + run.step * size
        frames, curves, kinds = (part.to(device) for part in batch(range(first, first + size), seconds=6.0))
        with torch.autocast(device.type, dtype=torch.bfloat16):
            events, motion = loss_of(net, frames, curves, kinds)
        run.descend(optimiser, events + 0.1 * motion, rate)
        follow(average, net, min(KEEPS, run.step / (run.step + 10)))
        run.advance(state, events=events.item(), motion=motion.item())
    run.save(state)
    return run

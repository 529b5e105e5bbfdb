"""Train the spotter on procedural scenes."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.conditioning.spotter import FPS, MOTIONS, SpotterNet
from training.pretrain.checkpoint import Run, best_device, swift
from training.pretrain.scenes import Scene, scene

SILENT = ("swing", "drift")
POSITIVE_WEIGHT = 3.0
KEEPS = 0.998
"""Share of the averaged weights that each step leaves."""
FIRST_SEED = 1_000_000
"""Where the scenes of a training begin."""


def target(made: Scene) -> tuple[np.ndarray, np.ndarray]:
    """(n,) target curve, each event as high as it is strong and spread over three frames; (n,) index of the motion."""
    n = len(made.frames)
    curve = np.zeros(n, np.float32)
    for at, strength in made.events:
        place = at * FPS
        near = np.arange(max(0, int(place) - 2), min(n, int(place) + 4))
        curve[near] = np.maximum(curve[near], np.clip(1.5 - np.abs(near - place), 0, 1) * min(1.0, strength) ** 0.5)
    kind = "still" if made.motion.kind in SILENT else made.motion.kind
    return curve, np.full(n, MOTIONS.index(kind), np.int64)


def batch(seeds: range, seconds: float) -> tuple[Tensor, Tensor, Tensor]:
    """frames (b, n, 64, 64) in 0..1, curves (b, n), motions (b, n). Half the scenes are seen in a mirror."""
    made = [scene(seed, seconds) for seed in seeds]
    curves, kinds = zip(*(target(s) for s in made), strict=True)
    mirrored = [s.frames[:, :, ::-1] if seed % 2 else s.frames for s, seed in zip(made, seeds, strict=True)]
    frames = torch.from_numpy(np.stack(mirrored)).float() / 255
    return frames, torch.from_numpy(np.stack(curves)), torch.from_numpy(np.stack(kinds))


@dataclass(frozen=True)
class Losses:
    """events: weighted cross-entropy; motion: cross-entropy."""

    events: Tensor
    motion: Tensor

    def whole(self) -> Tensor:
        return self.events + 0.1 * self.motion


def losses(net: SpotterNet, batch: tuple[Tensor, Tensor, Tensor]) -> Losses:
    frames, curves, kinds = batch
    logits, motions, _ = net(frames)
    weight = 1 + (POSITIVE_WEIGHT - 1) * curves
    events = F.binary_cross_entropy_with_logits(logits.float(), curves, weight=weight)
    return Losses(events, F.cross_entropy(motions.float().flatten(0, 1), kinds.flatten()))


@torch.no_grad()
def follow(average: nn.Module, net: nn.Module, keeps: float) -> None:
    """Move the averaged weights towards the net's."""
    for kept, new in zip(average.parameters(), net.parameters(), strict=True):
        kept.lerp_(new, 1 - keeps)


def train(work: Path, steps: int = 8000, size: int = 8, rate: float = 1.2e-3, piece_s: float = 600.0) -> Run:
    """Train (or go on training) into `work/spotter.pt`. Scenes that were made already keep the features of the spotter
    that they were made with."""
    torch.manual_seed(1)
    device = best_device()
    net = SpotterNet().to(device)
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    run = Run(work / "spotter.pt", steps, piece_s)
    state = {"net": net, "average": average, "optimiser": optimiser}
    run.start(state)
    while run.going():
        first = FIRST_SEED + run.step * size
        frames, curves, kinds = (part.to(device) for part in batch(range(first, first + size), seconds=6.0))
        with swift(device):
            found = losses(net, (frames, curves, kinds))
        run.descend(optimiser, found.whole(), rate)
        follow(average, net, min(KEEPS, run.step / (run.step + 10)))
        run.advance(state, events=found.events.item(), motion=found.motion.item())
    run.save(state)
    return run

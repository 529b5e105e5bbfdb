"""What codecs are trained on: short pieces in which takes of any thing, beds and long tones come at any level."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from engine.audio.mel import HOP, SAMPLE_RATE
from training.pretrain.sounding import Shelf

RINGING = 0.12
"""Share of pieces that are long tones by formula: recordings have few."""


def tones(rng: np.random.Generator, n: int) -> np.ndarray:
    """(n,) one to four struck or bowed bodies, partials that last from 50 ms to many seconds."""
    out = np.zeros(n)
    for _ in range(rng.integers(1, 5)):
        t = np.arange(n) / SAMPLE_RATE - rng.uniform(-0.5, n / SAMPLE_RATE)
        live = np.maximum(t, 0)
        lowest, decay = 2 ** rng.uniform(5.6, 12.3), 2 ** rng.uniform(-4.3, 3)
        spread, tilt = rng.uniform(0.2, 1.9), rng.uniform(0, 1.2)
        for k in range(rng.integers(1, 13)):
            pitch = lowest * (1 + spread * k * rng.uniform(0.9, 1.1))
            if pitch < 0.45 * SAMPLE_RATE:
                out += ((t >= 0) * rng.uniform(0.2, 1) / (1 + k) ** tilt * np.exp(-live / decay * (1 + 0.3 * k))
                        * np.sin(2 * np.pi * pitch * live + rng.uniform(0, 6)) * np.minimum(1, live / 0.001))
    return out


def placed(rng: np.random.Generator, take: np.ndarray, n: int) -> np.ndarray:
    """(n,) a take begun somewhere in the piece, or before it; up to a quarter of an octave higher or lower."""
    rate = 2 ** rng.uniform(-0.25, 0.25)
    first = int(rng.integers(0, max(1, len(take) - n // 2))) if rng.random() < 0.5 else 0
    some = take[first : first + int(n * rate) + 2]
    heard = np.interp(np.arange(0, len(some) - 1, rate), np.arange(len(some)), some)[:n]
    begin = 0 if first else int(rng.integers(0, n))
    out = np.zeros(n)
    out[begin : begin + len(heard)] = heard[: n - begin]
    return out


def drawn(rng: np.random.Generator, shelf: Shelf) -> list[np.ndarray]:
    """Takes of one thing; things with many takes come a little more often."""
    things = sorted(shelf.takes)
    weight = np.sqrt([len(shelf.takes[thing]) for thing in things])
    return shelf.takes[things[rng.choice(len(things), p=weight / weight.sum())]]


def piece(rng: np.random.Generator, shelf: Shelf, n: int) -> np.ndarray:
    """(n,) float32 within ±1: one thing, perhaps over another or over hiss; silence around it is often digital."""
    if rng.random() < RINGING:
        out = tones(rng, n)
    else:
        takes = drawn(rng, shelf)
        out = np.zeros(n)
        for _ in range(rng.choice([1, 1, 2, 3, 5])):
            out += 10 ** rng.uniform(-0.7, 0) * placed(rng, takes[rng.integers(len(takes))], n)
    if rng.random() < 0.25:
        takes = drawn(rng, shelf)
        out = out + 10 ** rng.uniform(-2, 0) * placed(rng, takes[rng.integers(len(takes))], n)
    peak = np.abs(out).max()
    out = out * (10 ** rng.uniform(-1.2, 0.05) / peak if peak > 1e-3 else 1.0)
    if rng.random() < 0.5:
        out = out + rng.normal(0, 10 ** rng.uniform(-5, -3), n)
    return np.clip(out, -1, 1).astype(np.float32)


def crops(seed: int, shelf: Shelf, count: int, frames: int) -> Tensor:
    """(count, frames · 512): the pieces of a training step. Few are silent throughout."""
    rng = np.random.default_rng(seed)
    found: list[np.ndarray] = []
    while len(found) < count:
        made = piece(rng, shelf, frames * HOP)
        if np.abs(made).max() > 0.01 or rng.random() < 0.1:
            found.append(made)
    return torch.from_numpy(np.stack(found))

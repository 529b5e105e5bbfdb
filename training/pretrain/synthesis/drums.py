"""Drums: skins that fall in pitch, wires, and plates of many close modes."""

from __future__ import annotations

import numpy as np

from training.pretrain.synthesis.shaping import RATE, Array, Rng, band, decay, unit


def skin(rng: Rng, low: float, ring_s: float, slap: float, seconds: float = 0.6) -> Array:
    """A struck skin; `low` in Hz, `slap` the level of the stick."""
    n = int(seconds * RATE)
    t = np.arange(n) / RATE
    pitch = low * (t + rng.uniform(0.01, 0.04) * (1 - np.exp(-t / 0.03)))
    body = sum(level * np.sin(2 * np.pi * pitch * ratio) * decay(n, ring_s / ratio)
               for ratio, level in ((1.0, 1.0), (1.59, 0.5), (2.14, 0.35), (2.65, 0.2)))
    return unit(body + slap * band(rng, n, 300, 7000) * decay(n, 0.006))


def kick(rng: Rng) -> Array:
    return skin(rng, rng.uniform(42, 80), rng.uniform(0.09, 0.22), rng.uniform(0.1, 0.5))


def tom(rng: Rng) -> Array:
    return skin(rng, rng.uniform(80, 220), rng.uniform(0.12, 0.3), rng.uniform(0.2, 0.6), 0.9)


def snare(rng: Rng) -> Array:
    """A skin and its wires."""
    n = int(0.4 * RATE)
    t = np.arange(n) / RATE
    head = np.sin(2 * np.pi * rng.uniform(150, 260) * t) * decay(n, 0.06)
    wires = band(rng, n, 1500, rng.uniform(8000, 13_000)) * decay(n, rng.uniform(0.05, 0.14))
    return unit(head + rng.uniform(0.7, 1.4) * wires)


def plate(rng: Rng, ring_s: float, low: float, seconds: float) -> Array:
    """A cymbal: noise through many close modes, bright at first."""
    n = int(seconds * RATE)
    t = np.arange(n, dtype=np.float32) / RATE
    modes = np.exp(rng.uniform(np.log(low), np.log(14_000), 40))
    tones = np.zeros(n, np.float32)
    for f in modes:
        tones += np.sin(np.float32(2 * np.pi * f) * t + np.float32(rng.uniform(0, 6))) * np.exp(
            -t / np.float32(ring_s * rng.uniform(0.4, 1.2)))
    bright = band(rng, n, 5000, 15_000) * decay(n, ring_s * 0.5)
    return unit((tones / np.abs(tones).max() + 1.2 * bright) * np.minimum(1, t / 0.001))


def cymbal(rng: Rng) -> Array:
    return plate(rng, rng.uniform(0.35, 0.8), 400, 2.2)


def hihat(rng: Rng) -> Array:
    return plate(rng, rng.uniform(0.015, 0.05), 3000, 0.25)

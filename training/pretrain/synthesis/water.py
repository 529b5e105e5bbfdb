"""Water: bubbles that ring and rise in pitch, alone or in streams.

Source: van den Doel, "Physically-based models for liquid sounds" (2005): a bubble is a damped sine whose pitch rises.
"""

from __future__ import annotations

import numpy as np

from training.pretrain.synthesis.shaping import RATE, Array, Rng, band, decay, seamless, slow, unit

BED_S = 6.0


def bubble(rng: Rng, low: float, high: float) -> Array:
    """One bubble, its pitch drawn between two frequencies; small ones are short."""
    pitch = np.exp(rng.uniform(np.log(low), np.log(high)))
    dies = 0.9 * 13 / pitch * rng.uniform(0.7, 1.5)
    late = np.arange(int(min(0.12, 5 * dies) * RATE)) / RATE
    return np.sin(2 * np.pi * pitch * (1 + rng.uniform(1, 6) * late) * late) * np.exp(-late / dies)


def bubbles(rng: Rng, n: int, a_second: float, low: float, high: float) -> Array:
    """(n,) bubbles at random times. Some dozens are made and used again."""
    made = [bubble(rng, low, high) for _ in range(32)]
    out = np.zeros(n + RATE)
    for at in rng.integers(0, n, int(n / RATE * a_second)):
        one = made[int(rng.integers(32))]
        out[at : at + len(one)] += rng.exponential(0.4) * one
    return out[:n]


def drip(rng: Rng) -> Array:
    n = int(0.3 * RATE)
    wave = np.zeros(n)
    one = bubble(rng, 700, 2600)
    wave[: len(one)] = one
    wave += 0.25 * band(rng, n, 3000, 12_000) * decay(n, 0.0015)
    return unit(wave)


def plop(rng: Rng) -> Array:
    n = int(0.4 * RATE)
    wave = 0.2 * band(rng, n, 400, 5000) * decay(n, 0.02)
    for at in (0, int(rng.uniform(0.02, 0.08) * RATE)):
        one = bubble(rng, 250, 900)
        wave[at : at + len(one)] += one[: n - at]
    return unit(wave)


def stream(rng: Rng) -> Array:
    n = int(BED_S * RATE)
    wet = bubbles(rng, n, rng.uniform(60, 200), 400, 3000)
    return seamless(wet / np.abs(wet).max() + rng.uniform(0.15, 0.5) * band(rng, n, 400, rng.uniform(3000, 9000), 2))


def pour(rng: Rng) -> Array:
    """A thin stream into a vessel: bubbles, and a hollow tone that wanders."""
    n = int(BED_S * RATE)
    wet = bubbles(rng, n, rng.uniform(90, 220), 600, 4000)
    hiss = band(rng, n, 800, rng.uniform(5000, 11_000), 2)
    hollow = np.sin(2 * np.pi * np.cumsum(slow(rng, n, 0.4, 350, 900)) / RATE) * band(rng, n, 1, 40)
    return seamless(wet / np.abs(wet).max() + 0.5 * hiss + 0.25 * hollow)


def boiling(rng: Rng) -> Array:
    n = int(BED_S * RATE)
    wet = bubbles(rng, n, rng.uniform(60, 160), 350, 2200)
    return seamless(wet / np.abs(wet).max() + 0.15 * band(rng, n, 300, 4000, 2))


def waterfall(rng: Rng) -> Array:
    n = int(BED_S * RATE)
    return seamless(band(rng, n, rng.uniform(80, 250), rng.uniform(4000, 9000), 1.5) * slow(rng, n, 6, 0.85, 1))

"""Sounds without a pitch: rubbing, stepping, digging, swinging, and the beds of weather and water."""

from __future__ import annotations

import numpy as np

from training.pretrain.synthesis.impacts import board, impact
from training.pretrain.synthesis.shaping import RATE, Array, Rng, band, decay, grains, seamless, slow, unit

BED_S = 6.0


def crunch(rng: Rng, seconds: float, a_second: float, low: float, high: float) -> Array:
    """Many small breaking grains under one swell: leaves, gravel, snow, sand, by density and colour."""
    n = int(seconds * RATE)
    size = int(rng.uniform(0.002, 0.008) * RATE)
    wave = grains(rng, n, a_second, band(rng, size, low, high) * decay(size, 0.0015), 1.5)
    swell = np.minimum(1, np.arange(n) / (0.012 * RATE)) * decay(n, seconds / 3)
    return unit((wave + 0.05 * band(rng, n, low, high)) * swell + 1e-7)


def leaves_step(rng: Rng) -> Array:
    """Dry leaves under a shoe: a rustle that presses, over a soft tread."""
    n = int(rng.uniform(0.35, 0.55) * RATE)
    size = int(0.004 * RATE)
    dry = grains(rng, n, rng.uniform(1500, 3500), band(rng, size, 1200, 10_000, 2) * decay(size, 0.001), 1.0)
    press = np.interp(np.arange(n), [0, 0.05 * n, 0.25 * n, 0.5 * n, n], [0, 1, 0.35, 0.6, 0])
    return unit(dry / np.abs(dry).max() * press + 0.5 * board(rng, n, rng.uniform(80, 160), 0.02))


def snow_scoop(rng: Rng) -> Array:
    return crunch(rng, rng.uniform(0.4, 0.7), 3500, 500, 3500)


def sand_scoop(rng: Rng) -> Array:
    n = int(rng.uniform(0.35, 0.65) * RATE)
    push = np.sin(np.pi * np.linspace(0.05, 1, n) ** 0.6)
    return unit(band(rng, n, rng.uniform(900, 2000), rng.uniform(5000, 10_000)) * push * slow(rng, n, 40, 0.6, 1))


def metal_step(rng: Rng) -> Array:
    """A boot on a plate: a dull thump that makes it ring a little."""
    n = int(0.4 * RATE)
    thump = board(rng, n, rng.uniform(120, 260), 0.025)
    plate = impact(rng, "plate")[:n]
    thump[: len(plate)] += rng.uniform(0.3, 0.8) * plate
    return unit(thump)


def cloth(rng: Rng) -> Array:
    """A rub of fabric."""
    n = int(rng.uniform(0.25, 0.6) * RATE)
    wave = band(rng, n, rng.uniform(300, 900), rng.uniform(3000, 7000))
    return unit(wave * slow(rng, n, 45, 0.1, 1) * np.sin(np.pi * np.linspace(0.04, 1, n) ** 0.6))


def paper(rng: Rng) -> Array:
    """A sheet that is bent: crackles over a bright rub."""
    n = int(rng.uniform(0.3, 0.8) * RATE)
    size = int(0.004 * RATE)
    crackle = grains(rng, n, rng.uniform(60, 250), band(rng, size, 1500, 12_000) * decay(size, 0.001), 2.0)
    rub = 0.15 * band(rng, n, 2000, 9000) * slow(rng, n, 25)
    swell = np.sin(np.pi * np.linspace(0.05, 1, n) ** 0.5)
    return unit((crackle / (np.abs(crackle).max() + 1e-9) + rub) * swell + 1e-7)


def whoosh(rng: Rng) -> Array:
    """Something swung through the air: noise whose colour rises and falls with speed."""
    n = int(rng.uniform(0.25, 0.55) * RATE)
    low, wide = rng.uniform(300, 900), rng.uniform(2.0, 4.0)
    speed = np.sin(np.pi * np.linspace(0, 1, n) ** rng.uniform(0.6, 1.2))
    dull, bright = band(rng, n, low * 0.5, low * 1.5), band(rng, n, low, low * wide)
    return unit((dull * (1 - speed) + bright * speed) * speed**2 + 1e-7)


def scraping(rng: Rng, low: float, high: float, ring: float) -> Array:
    """A bed of dragging: noise that stutters; `ring` adds squealing tones."""
    n = int(BED_S * RATE)
    wave = band(rng, n, low, high) * slow(rng, n, rng.uniform(25, 70), 0.1, 1) * slow(rng, n, 3, 0.5, 1)
    for _ in range(4):
        f = rng.uniform(900, 4500) * slow(rng, n, 2, 0.97, 1.03)
        wave += ring * 0.2 * np.sin(2 * np.pi * np.cumsum(f) / RATE) * slow(rng, n, 8) ** 2
    return seamless(wave)


def rain(rng: Rng) -> Array:
    n = int(BED_S * RATE)
    size = int(0.005 * RATE)
    drops = grains(rng, n, rng.uniform(200, 900), band(rng, size, 1500, 9000) * decay(size, 0.001), 1.5)
    hush = band(rng, n, rng.uniform(400, 1200), rng.uniform(6000, 12_000), 2)
    return seamless(hush + rng.uniform(0.3, 1.2) * drops / np.abs(drops).max())


def wind(rng: Rng) -> Array:
    """Low noise with gusts, and a whistle that follows them."""
    n = int(BED_S * RATE)
    gust = slow(rng, n, 0.8, 0.15, 1)
    low, high = band(rng, n, 60, 350, 2), band(rng, n, 250, rng.uniform(700, 1600), 3)
    tone = np.sin(2 * np.pi * np.cumsum(rng.uniform(300, 600) * (0.7 + 0.6 * gust)) / RATE) * band(rng, n, 1, 25)
    return seamless(low * (0.4 + 0.6 * gust) + high * gust**2 + 0.35 * tone * gust**3)


def waves(rng: Rng) -> Array:
    """Surf: swells that break bright and draw back dull."""
    n = int(BED_S * RATE)
    swell = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n * rng.integers(1, 3) + rng.uniform(0, 6))) ** 1.5
    return seamless(band(rng, n, 100, 700, 2) * (0.3 + 0.5 * swell) + band(rng, n, 600, 7000, 2) * swell**1.5)


def fire(rng: Rng) -> Array:
    """A low roar and crackles of all sizes."""
    n = int(BED_S * RATE)
    wave = 0.25 * band(rng, n, 60, 500, 2) * slow(rng, n, 4, 0.5, 1)
    for rate, size_s in ((rng.uniform(15, 45), 0.003), (rng.uniform(2, 7), 0.015)):
        size = int(size_s * RATE)
        pops = grains(rng, n, rate, band(rng, size, 800, 9000) * decay(size, size_s / 4), 2.0)
        wave += pops / (np.abs(pops).max() + 1e-9)
    return seamless(wave)


def steam(rng: Rng) -> Array:
    n = int(BED_S * RATE)
    return seamless(band(rng, n, rng.uniform(2000, 4000), 14_000, 2) * slow(rng, n, 6, 0.6, 1))

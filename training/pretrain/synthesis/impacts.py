"""Struck bodies: damped modes and the short noise of the blow.

Source: modal synthesis as in van den Doel and Pai, "The sounds of physical shapes" (Presence, 1998); the ratios of bars
and bells as in Fletcher and Rossing, "The Physics of Musical Instruments".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.pretrain.synthesis.shaping import RATE, Array, Rng, band, decay, unit

BAR = (1.0, 2.756, 5.404, 8.933, 13.34, 18.64)
"""Modes of a free bar."""
BELL = (0.5, 1.0, 1.19, 1.5, 2.0, 2.51, 2.66, 3.01, 4.1, 5.4, 6.8)
"""Hum, prime, tierce, quint, nominal and those above them."""


@dataclass(frozen=True)
class Material:
    """lowest: Hz from … to; ring: seconds to 1/e of the lowest mode, from … to; modes: ratios, or None for random ones
    with `spread` between them; damping: how much faster high modes die; noise: level of the blow, and its Hz."""

    lowest: tuple[float, float]
    ring: tuple[float, float]
    noise: float
    noise_hz: tuple[float, float] = (3000, 12_000)
    modes: tuple[float, ...] | None = None
    spread: float = 1.7
    damping: float = 0.7


MATERIALS: dict[str, Material] = {
    "metal": Material((350, 2200), (0.15, 0.6), 0.4),
    "bar": Material((400, 2600), (0.5, 1.4), 0.15, modes=BAR, damping=0.8),
    "anvil": Material((900, 2600), (0.35, 0.9), 0.35, spread=0.9, damping=0.45),
    "pipe": Material((180, 900), (0.35, 1.2), 0.2, modes=BAR, damping=0.6),
    "pan": Material((250, 900), (0.12, 0.5), 0.35, spread=1.1),
    "bell": Material((300, 1800), (0.6, 1.6), 0.08, modes=BELL, damping=0.6),
    "cowbell": Material((500, 900), (0.08, 0.2), 0.3, spread=0.9),
    "sword": Material((1200, 3600), (0.15, 0.6), 0.6, (5000, 15_000), spread=0.7, damping=0.5),
    "shield": Material((250, 900), (0.08, 0.3), 0.6, spread=0.8),
    "wood": Material((160, 800), (0.025, 0.08), 0.9, (1500, 6000), spread=1.6),
    "hollow": Material((120, 400), (0.03, 0.09), 0.8, (1000, 4000), spread=1.4),
    "stone": Material((500, 2500), (0.012, 0.04), 1.4, spread=1.9),
    "glass": Material((900, 3500), (0.1, 0.5), 0.2, spread=2.1, damping=0.5),
    "ceramic": Material((700, 2800), (0.03, 0.14), 0.4, spread=1.5, damping=0.5),
    "plastic": Material((250, 1300), (0.012, 0.045), 0.9, spread=1.4),
    "cardboard": Material((90, 300), (0.015, 0.04), 1.2, (700, 3000), spread=1.2),
    "ice": Material((900, 3200), (0.01, 0.05), 1.2, (5000, 14_000), spread=1.4),
}


def ratios_of(rng: Rng, material: Material) -> Array:
    """Frequencies of the modes as multiples of the lowest, each a little off."""
    if material.modes is not None:
        return np.array(material.modes) * rng.normal(1, 0.006, len(material.modes))
    modes = int(rng.integers(6, 16))
    ratios = 1 + np.cumsum(rng.uniform(0.2, 1.0, modes) * material.spread * 0.6)
    return np.concatenate([[1.0], ratios])


def impact(rng: Rng, name: str) -> Array:
    """A blow on a body of a material, of a random size, with a random hardness of what strikes it; at most 4 s."""
    material = MATERIALS[name]
    lowest, ring = rng.uniform(*material.lowest), rng.uniform(*material.ring)
    n = int(RATE * min(4.0, 0.08 + 5 * ring))
    ratios = ratios_of(rng, material)
    ratios = ratios[lowest * ratios < 17_000]
    hard = rng.uniform(0.3, 1.1)
    levels = rng.uniform(0.3, 1, len(ratios)) / ratios**hard
    t = np.arange(n, dtype=np.float32) / RATE
    wave = np.zeros(n, np.float32)
    for ratio, level in zip(ratios, levels, strict=True):
        dies = ring / max(1.0, ratio) ** material.damping
        m = min(n, int(9 * dies * RATE) + 1)
        split = lowest * ratio * (1 + rng.normal(0, 0.0006))
        tone = np.sin(np.float32(2 * np.pi * lowest * ratio) * t[:m] + np.float32(rng.uniform(0, 6)))
        beat = np.sin(np.float32(2 * np.pi * split) * t[:m] + np.float32(rng.uniform(0, 6)))
        wave[:m] += np.float32(level) * np.exp(-t[:m] / np.float32(dies)) * (tone + np.float32(0.4) * beat)
    short = min(n, int(0.12 * RATE))
    blow = band(rng, short, 200, rng.uniform(*material.noise_hz)) * decay(short, rng.uniform(0.002, 0.012))
    wave /= np.abs(wave).max() + 1e-9
    wave[:short] += material.noise * blow / np.abs(blow).max()
    return unit(wave * np.minimum(1, t / 0.0006))


def several(rng: Rng, name: str, count: tuple[int, int], within_s: float) -> Array:
    """Some blows within a short time: a pan that settles, coins in a purse, glass that falls."""
    n = int((within_s + 0.6) * RATE)
    out = np.zeros(n)
    for at in np.sort(rng.uniform(0, within_s, int(rng.integers(*count)))) - 0.0:
        piece = impact(rng, name)[: int(0.6 * RATE)]
        begin = int(at * RATE)
        piece = piece[: n - begin]
        out[begin : begin + len(piece)] += rng.uniform(0.2, 1) * piece
    first = int(np.argmax(np.abs(out) > 0.05 * np.abs(out).max()))
    return unit(out[first:])


def breaking_glass(rng: Rng) -> Array:
    """A crack, then many small pieces that ring and fall."""
    n = int(rng.uniform(0.9, 1.5) * RATE)
    out = band(rng, n, 1500, 12_000) * decay(n, rng.uniform(0.02, 0.06))
    for _ in range(int(rng.integers(12, 28))):
        at = int(min(rng.exponential(0.2), 0.7) * RATE)
        m = min(n - at, int(0.15 * RATE))
        tone = np.sin(2 * np.pi * rng.uniform(2200, 9500) * np.arange(m) / RATE)
        out[at : at + m] += rng.uniform(0.05, 0.4) * tone * decay(m, rng.uniform(0.01, 0.05))
    return unit(out)


def breaking_wood(rng: Rng) -> Array:
    """Some cracks close together, each a short bright noise on a hollow knock."""
    n = int(rng.uniform(0.4, 0.8) * RATE)
    out = np.zeros(n)
    for at in np.concatenate([[0.0], rng.exponential(0.1, int(rng.integers(2, 7)))]):
        begin = int(min(at, 0.35) * RATE)
        m = min(n - begin, int(0.12 * RATE))
        crack = band(rng, m, 600, rng.uniform(4000, 9000)) * decay(m, rng.uniform(0.004, 0.02))
        knock = np.sin(2 * np.pi * rng.uniform(180, 600) * np.arange(m) / RATE) * decay(m, 0.02)
        out[begin : begin + m] += rng.uniform(0.3, 1) * (crack + 0.6 * knock)
    return unit(out)


def chopping(rng: Rng) -> Array:
    """A knife goes through something crisp and lands on a board."""
    n = int(0.22 * RATE)
    late = int(rng.uniform(0.008, 0.03) * RATE)
    crisp = band(rng, n, 1800, rng.uniform(6000, 11_000)) * decay(n, rng.uniform(0.006, 0.02))
    board = impact(rng, "hollow" if rng.random() < 0.5 else "wood")[: n - late]
    out = rng.uniform(0.3, 0.9) * crisp
    out[late : late + len(board)] += board
    return unit(out)


def axe(rng: Rng) -> Array:
    """An axe in a log: a low thump, a crack, a knock."""
    n = int(0.35 * RATE)
    t = np.arange(n) / RATE
    thump = np.sin(2 * np.pi * rng.uniform(80, 160) * t) * decay(n, 0.04)
    crack = band(rng, n, 500, rng.uniform(3000, 7000)) * decay(n, rng.uniform(0.008, 0.025))
    out = 0.7 * thump + crack
    knock = impact(rng, "wood")[:n]
    out[: len(knock)] += 0.8 * knock
    return unit(out)


def thud(rng: Rng) -> Array:
    """Something heavy lands: a low tone that falls in pitch, and a dull noise."""
    n = int(0.4 * RATE)
    t = np.arange(n) / RATE
    low = rng.uniform(45, 110)
    fall = np.sin(2 * np.pi * (low * t + low * 0.03 * (1 - np.exp(-t / 0.03)))) * decay(n, rng.uniform(0.04, 0.1))
    return unit(fall + rng.uniform(0.3, 0.9) * band(rng, n, 80, rng.uniform(500, 1800)) * decay(n, 0.03))


def arrow(rng: Rng) -> Array:
    """An arrow in a board: a sharp knock and the shaft's quick tremble."""
    n = int(0.35 * RATE)
    t = np.arange(n) / RATE
    out = np.zeros(n)
    knock = impact(rng, "wood")[:n]
    out[: len(knock)] = knock
    tremble = np.sin(2 * np.pi * rng.uniform(90, 220) * t) * np.abs(np.sin(2 * np.pi * rng.uniform(18, 35) * t))
    return unit(out + rng.uniform(0.1, 0.35) * tremble * decay(n, 0.09))

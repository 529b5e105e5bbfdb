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
    with `spread` between them; damping: how much faster high modes die; noise: level of the blow, and its Hz; rough:
    level of the noise that rings with the modes, since no body is a few pure tones."""

    lowest: tuple[float, float]
    ring: tuple[float, float]
    noise: float
    noise_hz: tuple[float, float] = (3000, 12_000)
    modes: tuple[float, ...] | None = None
    spread: float = 1.7
    damping: float = 0.7
    rough: float = 0.35


MATERIALS: dict[str, Material] = {
    "metal": Material((350, 2200), (0.15, 0.6), 0.4),
    "bar": Material((400, 2600), (0.5, 1.4), 0.15, modes=BAR, damping=0.8, rough=0.04),
    "anvil": Material((900, 2600), (0.35, 0.9), 0.35, spread=0.9, damping=0.45, rough=0.12),
    "pipe": Material((180, 900), (0.35, 1.2), 0.2, modes=BAR, damping=0.6, rough=0.12),
    "pan": Material((500, 1600), (0.03, 0.12), 0.8, (5000, 14_000), spread=0.45, damping=0.3, rough=0.6),
    "coin": Material((2500, 6500), (0.015, 0.06), 0.8, (8000, 15_000), spread=0.45, damping=0.3, rough=0.5),
    "key": Material((1600, 5500), (0.006, 0.025), 1.0, (7000, 15_000), spread=0.4, damping=0.3, rough=0.8),
    "link": Material((1200, 4500), (0.008, 0.04), 0.9, (6000, 14_000), spread=0.45, damping=0.3, rough=0.7),
    "bell": Material((300, 1800), (0.6, 1.6), 0.08, modes=BELL, damping=0.6, rough=0.03),
    "cowbell": Material((500, 900), (0.08, 0.2), 0.3, spread=0.9, rough=0.15),
    "plate": Material((400, 1200), (0.02, 0.08), 0.8, spread=0.4, damping=0.35, rough=0.9),
    "wood": Material((160, 800), (0.025, 0.08), 0.9, (1500, 6000), spread=1.6, rough=0.9),
    "hollow": Material((120, 400), (0.03, 0.09), 0.8, (1000, 4000), spread=1.4, rough=0.9),
    "stone": Material((500, 2500), (0.012, 0.04), 1.4, spread=1.9, rough=1.0),
    "glass": Material((900, 3500), (0.1, 0.5), 0.2, spread=2.1, damping=0.5, rough=0.08),
    "ceramic": Material((700, 2800), (0.03, 0.14), 0.4, spread=1.5, damping=0.5, rough=0.3),
    "plastic": Material((250, 1300), (0.012, 0.045), 0.9, spread=1.4, rough=0.8),
    "cardboard": Material((90, 300), (0.015, 0.04), 1.2, (700, 3000), spread=1.2, rough=1.2),
    "ice": Material((900, 3200), (0.01, 0.05), 1.2, (5000, 14_000), spread=1.4, rough=0.8),
}


def ratios_of(rng: Rng, material: Material) -> Array:
    """Frequencies of the modes as multiples of the lowest, each a little off."""
    if material.modes is not None:
        return np.array(material.modes) * rng.normal(1, 0.006, len(material.modes))
    modes = int(rng.integers(10, 26))
    ratios = 1 + np.cumsum(rng.uniform(0.15, 1.0, modes) * material.spread * 0.4)
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
    body = band(rng, n, 0.7 * lowest, min(7 * lowest, 14_000), 2) * np.exp(-t / np.float32(0.45 * ring))
    wave = wave / (np.abs(wave).max() + 1e-9) + material.rough * rng.uniform(0.5, 1.2) * body.astype(np.float32)
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


def board(rng: Rng, n: int, low: float, dies_s: float) -> Array:
    """(n,) the knock of a board: noise about some broad resonances, which die fast. Peak 1."""
    wave = np.zeros(n)
    for ratio in (1.0, rng.uniform(1.6, 2.4), rng.uniform(2.8, 4.2)):
        f = low * ratio
        wave += rng.uniform(0.4, 1) / ratio**0.5 * band(rng, n, 0.8 * f, 1.25 * f, 8) * decay(n, dies_s / ratio**0.5)
    return wave / np.abs(wave).max()


def chopping(rng: Rng) -> Array:
    """A knife goes through something crisp and lands on a board.

    The colours are those that the audio tagger hears as chopping, found by random search."""
    n, late = int(0.25 * RATE), int(rng.uniform(0.004, 0.02) * RATE)
    crisp = np.linspace(0, 1, late) * band(rng, late, 2000, 9000)
    contact = band(rng, n, rng.uniform(600, 900), rng.uniform(1900, 2800)) * decay(n, rng.uniform(0.005, 0.008))
    wood = board(rng, n, rng.uniform(450, 700), rng.uniform(0.017, 0.026))
    table = band(rng, n, 110, 900, 2) * decay(n, 0.09)
    blow = 0.45 * contact + rng.uniform(0.15, 0.35) * wood + rng.uniform(0.02, 0.12) * table
    return unit(np.concatenate([rng.uniform(0.05, 0.4) * crisp, blow]))


def thud(rng: Rng) -> Array:
    """Something heavy lands: a low knock, the floor, a little grit."""
    n = int(0.5 * RATE)
    out = board(rng, n, rng.uniform(60, 140), rng.uniform(0.03, 0.07))
    out += rng.uniform(0.2, 0.5) * band(rng, n, 300, rng.uniform(1500, 4000), 2) * decay(n, rng.uniform(0.01, 0.03))
    return unit(out)

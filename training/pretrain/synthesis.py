"""Sounds made by formula, where recordings are few: modal impacts, balls, shaken things, cloth, water.

Every function gives (samples,) float32 at 44.1 kHz with peak 1, beginning at its attack.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.signal import lfilter

RATE = 44_100
Array = np.ndarray

MATERIALS: dict[str, tuple[tuple[float, float], float, float, float]] = {
    "metal": ((350, 2200), 0.9, 1.7, 0.15),
    "steel pipe": ((180, 900), 1.3, 2.2, 0.12),
    "glass": ((900, 3500), 0.35, 2.1, 0.1),
    "wood": ((160, 800), 0.07, 1.6, 0.5),
    "plastic": ((250, 1300), 0.045, 1.4, 0.45),
    "stone": ((500, 2500), 0.035, 1.9, 0.7),
    "drum": ((60, 220), 0.28, 1.5, 0.4),
}
"""Material: lowest mode in Hz, its decay in s, spacing of the modes, share of the attack's noise."""


def unit(wave: Array) -> Array:
    """Peak 1, faded out at the end."""
    fade = min(len(wave), 600)
    wave[-fade:] *= np.linspace(1, 0, fade)
    return (wave / (np.abs(wave).max() + 1e-9)).astype(np.float32)


def band(rng: np.random.Generator, n: int, low: float, high: float) -> Array:
    """White noise kept between two frequencies, by its spectrum."""
    spectrum = np.fft.rfft(rng.normal(size=n))
    f = np.fft.rfftfreq(n, 1 / RATE)
    spectrum *= 1 / (1 + (low / np.maximum(f, 1)) ** 4) / (1 + (f / high) ** 4)
    return np.fft.irfft(spectrum, n)


def impact(rng: np.random.Generator, material: str) -> Array:
    """A struck body: damped modes with spread partials, and a short noise of the blow."""
    (low, high), decay, spread, noisy = MATERIALS[material]
    lowest, decay = rng.uniform(low, high), decay * rng.uniform(0.6, 1.5)
    n = int(RATE * min(1.6, 0.06 + 4 * decay))
    t = np.arange(n) / RATE
    modes = int(rng.integers(5, 14))
    ratios = np.sort(1 + (np.arange(modes) * rng.uniform(0.5, spread, modes)))
    ratios[0] = 1
    wave = np.zeros(n)
    for ratio in ratios[lowest * ratios < 16_000]:
        wave += (rng.uniform(0.3, 1) / ratio**0.6 * np.exp(-t / (decay / ratio**0.7))
                 * np.sin(2 * np.pi * lowest * ratio * t + rng.uniform(0, 6)))
    blow = band(rng, n, 200, rng.uniform(3000, 12000)) * np.exp(-t / rng.uniform(0.003, 0.02))
    wave = wave / np.abs(wave).max() + noisy * 2 * blow / np.abs(blow).max()
    return unit(wave * np.minimum(1, t / 0.0008))


def ball(rng: np.random.Generator) -> Array:
    """A rubber ball on a floor: a low thud that falls in pitch, a slap, a hollow ring."""
    t = np.arange(int(0.32 * RATE)) / RATE
    low = rng.uniform(70, 180)
    sweep = np.sin(2 * np.pi * (low * t + low * 0.04 * (1 - np.exp(-t / 0.03))))
    ring = 0.3 * np.sin(2 * np.pi * rng.uniform(500, 1100) * t) * np.exp(-t / 0.05)
    slap = 0.5 * band(rng, len(t), 500, 6000) * np.exp(-t / 0.008)
    return unit(sweep * np.exp(-t / rng.uniform(0.05, 0.1)) + ring + slap)


def rattle(rng: np.random.Generator) -> Array:
    """Many small grains in a shaken box."""
    n = int(0.22 * RATE)
    grains = (rng.random(n) < 0.004) * rng.exponential(1, n)
    colour = band(rng, 400, rng.uniform(1500, 4000), 12_000) * np.exp(-np.arange(400) / 90)
    wave = np.convolve(grains, colour)[:n] * np.sin(np.pi * np.arange(n) / n) ** 0.7
    return unit(wave + 1e-6)


def cloth(rng: np.random.Generator) -> Array:
    """A rub of fabric."""
    n = int(rng.uniform(0.2, 0.45) * RATE)
    wave = band(rng, n, rng.uniform(300, 900), rng.uniform(3000, 7000))
    flutter = np.abs(lfilter([0.02], [1, -0.98], rng.normal(size=n))) + 0.05
    return unit(wave * flutter * np.sin(np.pi * np.linspace(0, 1, n) ** 0.6))


def splash(rng: np.random.Generator) -> Array:
    """Something falls into water: noise, then bubbles."""
    t = np.arange(int(0.7 * RATE)) / RATE
    wave = band(rng, len(t), 300, 8000) * np.exp(-t / 0.12)
    wave /= np.abs(wave).max()
    for _ in range(rng.integers(4, 14)):
        at, pitch = rng.uniform(0.03, 0.5), rng.uniform(400, 1800)
        late = np.clip(t - at, 0, None)
        wave += (t >= at) * 0.3 * np.sin(2 * np.pi * pitch * (1 + 3 * late) * late) * np.exp(-late / 0.03)
    return unit(wave)


def drum(rng: np.random.Generator) -> Array:
    """A snare: a skin and its wires."""
    t = np.arange(int(0.4 * RATE)) / RATE
    skin = np.sin(2 * np.pi * rng.uniform(150, 240) * t) * np.exp(-t / 0.08)
    wires = band(rng, len(t), 1500, 10_000) * np.exp(-t / rng.uniform(0.06, 0.14))
    return unit(skin + wires / np.abs(wires).max())


def stream(rng: np.random.Generator, seconds: float = 8.0) -> Array:
    """Water running into water: filtered noise and steady bubbles."""
    n = int(seconds * RATE)
    wave = band(rng, n, 400, rng.uniform(3000, 9000))
    wave /= np.abs(wave).max() / 0.5
    for at in rng.integers(0, n - 4000, int(seconds * 25)):
        late = np.arange(3000) / RATE
        wave[at : at + 3000] += (rng.uniform(0.05, 0.35) * np.exp(-late / 0.012)
                                 * np.sin(2 * np.pi * rng.uniform(400, 2200) * (1 + 4 * late) * late))
    return unit(wave)


SYNTHETIC: dict[str, tuple[tuple[str, ...], Callable[[np.random.Generator], Array]]] = {
    "hit/metal": (("a drumstick hitting metal", "hitting a metal bar"), lambda r: impact(r, "metal")),
    "hit/pipe": (("a hammer on an anvil", "hitting a steel pipe"), lambda r: impact(r, "steel pipe")),
    "hit/glass": (("tapping glass", "a spoon on a glass"), lambda r: impact(r, "glass")),
    "hit/wood": (("knocking on wood", "hitting a wooden block"), lambda r: impact(r, "wood")),
    "hit/plastic": (("tapping plastic", "a plastic box falling"), lambda r: impact(r, "plastic")),
    "hit/stone": (("stones knocking together", "a stone falling"), lambda r: impact(r, "stone")),
    "hit/drum": (("a drum", "hitting a drum"), lambda r: impact(r, "drum")),
    "hit/snare": (("a snare drum", "a drum kit"), drum),
    "bounce/ball": (("a ball bouncing", "a bouncing rubber ball"), ball),
    "rattle/box": (("a rattle", "shaking a box"), rattle),
    "rustle/cloth": (("cloth rustling", "clothes moving"), cloth),
    "splash/water": (("a splash", "something falling into water"), splash),
    "bed/stream": (("water pouring", "pouring water"), stream),
}
"""What can be synthesised: captions and the maker."""

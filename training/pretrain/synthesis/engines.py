"""Things that turn: engines, rotors, fans, motors, wheels; their pitch wanders as they run."""

from __future__ import annotations

import numpy as np

from training.pretrain.synthesis.shaping import RATE, Array, Rng, band, seamless, slow, unit

BED_S = 6.0
N = int(BED_S * RATE)


def turning(rng: Rng, hz: float, wander: float) -> Array:
    """(N,) turns done so far, at about `hz` a second."""
    return np.cumsum(hz * slow(rng, N, 0.7, 1 - wander, 1 + wander)) / RATE


def firing(rng: Rng, turns: Array, sharp: float) -> Array:
    """(N,) a pulse a turn, each of its own strength; `sharp` makes them short."""
    each = rng.uniform(0.6, 1.0, int(turns[-1]) + 2)
    return np.exp(-sharp * (turns % 1)) * each[turns.astype(int)]


def engine(rng: Rng, hz: float, sharp: float, wander: float, exhaust: float) -> Array:
    """Combustion: bursts of low noise, four to a cycle and each cylinder a little different, through an exhaust of a
    broad resonance at `exhaust` Hz; the hiss of intake and gears over it."""
    turns = turning(rng, hz, wander)
    uneven = 1 + 0.25 * np.sin(np.pi / 2 * np.floor(turns) + rng.uniform(0, 6))
    pulse = firing(rng, turns, sharp) * uneven
    low = band(rng, N, 0.4 * exhaust, 1.8 * exhaust, 3) * pulse
    rumble = band(rng, N, 25, exhaust, 2) * slow(rng, N, 8, 0.6, 1)
    hiss = band(rng, N, 500, rng.uniform(2500, 6000), 2) * (0.3 + pulse)
    body = np.sin(2 * np.pi * turns + rng.uniform(0, 6)) * slow(rng, N, 10, 0.3, 1)
    return seamless(low + 0.5 * rumble + rng.uniform(0.1, 0.3) * hiss + 0.25 * body)


def car(rng: Rng) -> Array:
    return engine(rng, rng.uniform(40, 110), 3, 0.3, rng.uniform(120, 300))


def truck(rng: Rng) -> Array:
    return engine(rng, rng.uniform(18, 34), 4, 0.05, rng.uniform(80, 180))


def motorbike(rng: Rng) -> Array:
    return engine(rng, rng.uniform(30, 90), 5, 0.25, rng.uniform(250, 600))


def rotor(rng: Rng) -> Array:
    """Blades that beat the air, over a turbine's whine."""
    turns = turning(rng, rng.uniform(8, 22), 0.04)
    beat = firing(rng, turns, rng.uniform(4, 9))
    whine = np.sin(2 * np.pi * np.cumsum(slow(rng, N, 0.5, 0.98, 1.02) * rng.uniform(700, 2500)) / RATE)
    low = np.sin(2 * np.pi * turns * rng.integers(2, 5)) * beat
    return seamless(band(rng, N, 60, rng.uniform(700, 2500), 2) * (0.15 + beat) + 0.5 * low + 0.04 * whine)


def fan(rng: Rng) -> Array:
    """Air that is cut by blades, over the hum of a motor."""
    turns = turning(rng, rng.uniform(20, 50), 0.02)
    hum = sum(rng.uniform(0.3, 1) * np.sin(2 * np.pi * k * turns + rng.uniform(0, 6)) / k for k in (1, 2, 3, 4, 6, 8))
    air = band(rng, N, 60, rng.uniform(500, 1500), 1.2) * (0.75 + 0.25 * np.sin(2 * np.pi * turns))
    return seamless(air + rng.uniform(0.2, 0.5) * hum)


def jet(rng: Rng) -> Array:
    """A roar that is mostly low, and a whine far above it."""
    whine = np.sin(2 * np.pi * np.cumsum(slow(rng, N, 0.4, 2200, 3800)) / RATE)
    roar = band(rng, N, 30, rng.uniform(250, 500), 1.5) + 0.4 * band(rng, N, 200, 2500, 1.5)
    return seamless(roar * slow(rng, N, 3, 0.6, 1) + 0.04 * whine)


def machine(rng: Rng) -> Array:
    """An electric motor with gears: a buzzing tone with many harmonics, and a rattle."""
    turns = turning(rng, rng.uniform(60, 240), 0.05)
    buzz = sum(rng.uniform(0.2, 1) * np.sin(2 * np.pi * k * turns + rng.uniform(0, 6)) / k**0.7 for k in range(1, 12))
    rattle = band(rng, N, 1000, 8000) * firing(rng, turns / rng.integers(2, 8), 8)
    return seamless(buzz / np.abs(buzz).max() + rng.uniform(0.2, 0.8) * rattle + 0.3 * band(rng, N, 300, 5000, 2))


def hum(rng: Rng) -> Array:
    base = rng.choice([50.0, 60.0, 100.0, 120.0]) * np.arange(N) / RATE
    tones = sum(rng.uniform(0.1, 1) * np.sin(2 * np.pi * k * base + rng.uniform(0, 6)) / k for k in (1, 2, 3, 4, 6, 8))
    return seamless(tones + 0.05 * band(rng, N, 100, 2000, 2))


def train(rng: Rng) -> Array:
    """Wheels over joints: pairs of knocks, over a deep rumble."""
    turns = turning(rng, rng.uniform(1.0, 2.2), 0.04)
    beat = np.exp(-25 * (turns % 1)) + 0.8 * np.exp(-25 * ((turns - rng.uniform(0.18, 0.3)) % 1))
    rumble = band(rng, N, 30, 250, 2) * slow(rng, N, 6, 0.6, 1)
    return seamless(rumble + band(rng, N, 150, 2200, 2) * beat + 0.08 * band(rng, N, 300, 4000, 1.5))


def horn(rng: Rng) -> Array:
    """Two reeds a third apart, rich in harmonics."""
    n = int(rng.uniform(0.3, 0.9) * RATE)
    t, low = np.arange(n) / RATE, rng.uniform(320, 460)
    reeds = sum(np.sin(2 * np.pi * low * pair * k * t) / k**0.8 for pair in (1.0, 1.26) for k in range(1, 9))
    return unit(reeds * np.minimum(1, t / 0.01), fade=1500)


def skid(rng: Rng) -> Array:
    """Rubber that squeals: unsteady tones with harmonics, and noise."""
    f = rng.uniform(500, 1300) * slow(rng, N, 12, 0.93, 1.07)
    phase = 2 * np.pi * np.cumsum(f) / RATE
    squeal = sum(np.sin(k * phase + 2 * band(rng, N, 1, 60)) / k for k in (1, 2, 3, 4))
    return seamless(squeal * slow(rng, N, 15, 0.4, 1) + 0.5 * band(rng, N, 600, 5000, 2))


def rolling(rng: Rng, low: float, high: float, bumps: float, ring: float = 0.0) -> Array:
    """A body that rolls: rumble that swells once a turn, with bumps; `ring` in Hz adds a hollow tone."""
    turns = turning(rng, rng.uniform(1.5, 5), 0.15)
    swell = 0.7 + 0.3 * np.sin(2 * np.pi * turns)
    wave = band(rng, N, low, high, 2) * swell * slow(rng, N, 30, 0.5, 1)
    knocks = (rng.random(N) < bumps / RATE) * rng.exponential(1, N)
    knock = band(rng, 1500, low, high * 2) * np.exp(-np.arange(1500) / 300)
    size = 1 << (N + 1500).bit_length()
    wave += 0.5 * np.fft.irfft(np.fft.rfft(knocks, size) * np.fft.rfft(knock, size), size)[:N]
    if ring:
        wave += 0.5 * np.sin(2 * np.pi * ring * np.arange(N) / RATE) * band(rng, N, 1, 60) * swell
    return seamless(wave)

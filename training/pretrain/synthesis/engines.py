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
    each = rng.uniform(0.75, 1.0, int(turns[-1]) + 2)
    return np.exp(-sharp * (turns % 1)) * each[turns.astype(int)]


def engine(rng: Rng, hz: float, sharp: float, wander: float, low: float, high: float) -> Array:
    """Combustion: pulses with their harmonics, and exhaust noise that beats with them."""
    turns = turning(rng, hz, wander)
    pulse = firing(rng, turns, sharp)
    tones = sum(np.sin(2 * np.pi * k * turns + rng.uniform(0, 6)) / k for k in (0.5, 1, 2, 3, 4, 6))
    noise = band(rng, N, low, high, 2) * pulse
    return seamless(0.5 * (pulse - pulse.mean()) + 0.3 * tones + rng.uniform(0.5, 1.2) * noise)


def car(rng: Rng) -> Array:
    return engine(rng, rng.uniform(45, 150), 4, 0.3, 100, rng.uniform(1200, 4000))


def truck(rng: Rng) -> Array:
    return engine(rng, rng.uniform(14, 32), 6, 0.06, 60, rng.uniform(700, 2000))


def motorbike(rng: Rng) -> Array:
    return engine(rng, rng.uniform(30, 120), 9, 0.2, 150, rng.uniform(2500, 6000))


def rotor(rng: Rng) -> Array:
    """Blades that beat the air, over a turbine's whine."""
    turns = turning(rng, rng.uniform(8, 22), 0.04)
    beat = firing(rng, turns, rng.uniform(4, 9))
    whine = np.sin(2 * np.pi * np.cumsum(slow(rng, N, 0.5, 0.98, 1.02) * rng.uniform(700, 2500)) / RATE)
    low = np.sin(2 * np.pi * turns * rng.integers(2, 5)) * beat
    return seamless(band(rng, N, 60, rng.uniform(700, 2500), 2) * (0.15 + beat) + 0.5 * low + 0.04 * whine)


def fan(rng: Rng) -> Array:
    turns = turning(rng, rng.uniform(20, 60), 0.02)
    hum = sum(np.sin(2 * np.pi * k * turns) / k**1.5 for k in (1, 2, 3, 5))
    air = band(rng, N, 80, rng.uniform(1500, 5000), 1.5) * (0.8 + 0.2 * np.sin(2 * np.pi * turns))
    return seamless(air + 0.15 * hum)


def jet(rng: Rng) -> Array:
    whine = np.sin(2 * np.pi * np.cumsum(slow(rng, N, 0.4, 1800, 4200)) / RATE)
    return seamless(band(rng, N, 60, rng.uniform(2500, 7000), 1.5) * slow(rng, N, 2, 0.7, 1) + 0.05 * whine)


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
    """Wheels over joints: pairs of thumps, over a rumble."""
    turns = turning(rng, rng.uniform(1.0, 2.2), 0.04)
    beat = np.exp(-18 * (turns % 1)) + 0.8 * np.exp(-18 * ((turns - rng.uniform(0.18, 0.3)) % 1))
    return seamless(band(rng, N, 80, 1500, 2) * (0.2 + beat) + 0.3 * band(rng, N, 30, 200, 2)
                    + 0.08 * band(rng, N, 2000, 6000))


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

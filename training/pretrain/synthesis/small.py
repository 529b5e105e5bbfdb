"""Small things: balls, keys, clicks, coins, seeds in a box, hinges, strings, shots."""

from __future__ import annotations

import numpy as np

from training.pretrain.synthesis.impacts import impact, several
from training.pretrain.synthesis.shaping import RATE, Array, Rng, band, decay, grains, slow, unit


def ball(rng: Rng, low: tuple[float, float], ring: tuple[float, float], slap: float, hollow: float) -> Array:
    """A ball on a floor: a thud that falls in pitch, a slap, a hollow ring."""
    n = int(0.32 * RATE)
    t = np.arange(n) / RATE
    pitch = rng.uniform(*low)
    sweep = np.sin(2 * np.pi * (pitch * t + pitch * 0.04 * (1 - np.exp(-t / 0.03)))) * decay(n, rng.uniform(0.03, 0.08))
    inside = hollow * np.sin(2 * np.pi * rng.uniform(*ring) * t) * decay(n, rng.uniform(0.03, 0.08))
    return unit(sweep + inside + slap * band(rng, n, 500, rng.uniform(4000, 8000)) * decay(n, 0.006))


def rubber(rng: Rng) -> Array:
    return ball(rng, (80, 200), (400, 900), 0.5, 0.3)


def basket(rng: Rng) -> Array:
    """Low, with the ringing air inside."""
    return ball(rng, (55, 100), (700, 1300), 0.5, 0.6)


def tennis(rng: Rng) -> Array:
    """A short dull pop."""
    return ball(rng, (170, 380), (700, 1500), 0.9, 0.4)


def pingpong(rng: Rng) -> Array:
    n = int(0.1 * RATE)
    t = np.arange(n) / RATE
    f = rng.uniform(1800, 4200)
    tick = np.sin(2 * np.pi * f * t) * decay(n, rng.uniform(0.004, 0.012))
    shell = 0.5 * np.sin(2 * np.pi * f * 2.3 * t) * decay(n, 0.004)
    return unit(tick + shell + 0.4 * band(rng, n, 2000, 9000) * decay(n, 0.002))


def click(rng: Rng, pitch: tuple[float, float], ring_s: float, noise: float) -> Array:
    """A very short tick with a small resonance."""
    n = int(0.06 * RATE)
    t = np.arange(n) / RATE
    tone = np.sin(2 * np.pi * rng.uniform(*pitch) * t) * decay(n, ring_s)
    return tone + noise * band(rng, n, 1500, 12_000) * decay(n, 0.0015)


def typed(rng: Rng) -> Array:
    """A key goes down, and comes up a little later and softer, on a board that sounds with it."""
    n = int(0.18 * RATE)
    out = np.zeros(n)
    for at, level in ((0.0, 1.0), (rng.uniform(0.05, 0.1), rng.uniform(0.2, 0.5))):
        one = click(rng, (1500, 4500), rng.uniform(0.002, 0.006), 1.0)
        begin = int(at * RATE)
        out[begin : begin + len(one)] += level * one
    t = np.arange(n) / RATE
    return unit(out + 0.6 * np.sin(2 * np.pi * rng.uniform(180, 420) * t) * decay(n, 0.01))


def switch(rng: Rng) -> Array:
    n = int(0.14 * RATE)
    out = np.zeros(n)
    for at, level in ((0.0, 1.0), (rng.uniform(0.01, 0.07), rng.uniform(0.3, 0.8))):
        one = click(rng, (900, 5000), rng.uniform(0.001, 0.004), 1.2)
        begin = int(at * RATE)
        out[begin : begin + len(one)] += level * one
    return unit(out)


def fingers(rng: Rng) -> Array:
    """A fingertip on a table: a soft dull knock."""
    n = int(0.12 * RATE)
    t = np.arange(n) / RATE
    knock = np.sin(2 * np.pi * rng.uniform(140, 420) * t) * decay(n, rng.uniform(0.008, 0.02))
    return unit(knock + 0.4 * band(rng, n, 600, rng.uniform(2000, 6000)) * decay(n, 0.003))


def ticking(rng: Rng) -> Array:
    """A clock: two ticks that differ, in turn. 6 s."""
    n = 6 * RATE
    out = np.zeros(n)
    pair = [click(rng, (1800, 4800), rng.uniform(0.002, 0.008), 0.7) for _ in range(2)]
    beat = float(rng.choice([0.25, 0.4, 0.5, 1.0]))
    for i in range(int(6 / beat)):
        begin = int(i * beat * RATE)
        out[begin : begin + len(pair[0])] += pair[i % 2][: n - begin]
    return unit(out, fade=10)


def rattle(rng: Rng) -> Array:
    """Many small grains in a shaken box."""
    n = int(rng.uniform(0.18, 0.3) * RATE)
    size = int(0.009 * RATE)
    colour = band(rng, size, rng.uniform(1500, 4000), 12_000) * decay(size, 0.002)
    return unit(grains(rng, n, 180, colour) * np.sin(np.pi * np.linspace(0.05, 1, n)) ** 0.7 + 1e-6)


def coins(rng: Rng) -> Array:
    return bright(rng, (4, 12), rng.uniform(0.15, 0.4), (3500, 9500), (0.02, 0.12))


def keys(rng: Rng) -> Array:
    return bright(rng, (8, 22), rng.uniform(0.25, 0.5), (2500, 8500), (0.01, 0.05))


def bright(rng: Rng, count: tuple[int, int], within_s: float, pitch: tuple[float, float],
           ring: tuple[float, float]) -> Array:
    """Small pieces of metal that meet several times, each with three high modes."""
    n = int((within_s + 0.4) * RATE)
    out = np.zeros(n)
    for at in np.concatenate([[0.0], rng.uniform(0, within_s, int(rng.integers(*count)))]):
        begin = int(at * RATE)
        m = min(n - begin, int(0.35 * RATE))
        t, f = np.arange(m) / RATE, rng.uniform(*pitch)
        dies = rng.uniform(*ring)
        tones = sum(np.sin(2 * np.pi * f * k * t) * decay(m, dies / k) for k in (1, 1.47, 1.93) if f * k < 17_000)
        out[begin : begin + m] += rng.uniform(0.2, 1) * tones
    return unit(out)


def chain(rng: Rng) -> Array:
    return several(rng, "metal", (5, 12), rng.uniform(0.25, 0.6))


def hinge(rng: Rng) -> Array:
    """Wood or metal that sticks and slips: a train of pulses whose rate wanders, through some resonances."""
    n = int(rng.uniform(0.6, 1.6) * RATE)
    rate = slow(rng, n, 4, rng.uniform(25, 60), rng.uniform(90, 260))
    turns = np.cumsum(rate) / RATE
    pulses = np.diff(np.floor(turns), prepend=0.0) * rng.uniform(0.4, 1, n)
    size = int(0.05 * RATE)
    t = np.arange(size) / RATE
    tones = [np.sin(2 * np.pi * rng.uniform(350, 3200) * t) * decay(size, rng.uniform(0.004, 0.02)) for _ in range(5)]
    body = sum(rng.uniform(0.3, 1) * tone for tone in tones)
    full = 1 << (n + size).bit_length()
    wave = np.fft.irfft(np.fft.rfft(pulses, full) * np.fft.rfft(body, full), full)[:n]
    return unit(wave * np.sin(np.pi * np.linspace(0.03, 1, n) ** 0.7) + 1e-7)


def shutting(rng: Rng, name: str) -> Array:
    """A door falls shut: a low thump, the body's knock, a latch a moment later."""
    n = int(0.9 * RATE)
    t = np.arange(n) / RATE
    out = np.sin(2 * np.pi * rng.uniform(60, 120) * t) * decay(n, rng.uniform(0.04, 0.09))
    knock, latch = impact(rng, name)[:n], switch(rng)
    out[: len(knock)] += 0.7 * knock
    begin = int(rng.uniform(0.02, 0.12) * RATE)
    out[begin : begin + len(latch)] += 0.4 * latch
    return unit(out + 0.4 * band(rng, n, 100, 2500, 2) * decay(n, 0.05))


def string(rng: Rng) -> Array:
    """A bow string let go: a low twang and the air."""
    n = int(0.5 * RATE)
    t = np.arange(n) / RATE
    turns = rng.uniform(90, 260) * (1 + 0.1 * np.exp(-t / 0.03)) * t
    twang = sum(np.sin(2 * np.pi * k * turns) * decay(n, 0.12 / k) / k for k in range(1, 7))
    return unit(twang + 0.6 * band(rng, n, 500, 6000, 2) * decay(n, 0.03))


def shot(rng: Rng) -> Array:
    n = int(rng.uniform(0.6, 1.2) * RATE)
    crack = band(rng, n, 300, 12_000, 2) * decay(n, rng.uniform(0.006, 0.015))
    return unit(crack + 0.5 * band(rng, n, 60, 900, 2) * decay(n, rng.uniform(0.06, 0.18)))


def blast(rng: Rng) -> Array:
    """A boom that darkens as it dies, with debris."""
    n = int(rng.uniform(1.4, 2.6) * RATE)
    low = band(rng, n, 25, 220, 2) * decay(n, rng.uniform(0.25, 0.6))
    high = band(rng, n, 150, rng.uniform(2000, 6000), 2) * decay(n, rng.uniform(0.05, 0.2))
    debris = grains(rng, n, 25, band(rng, 400, 500, 6000) * decay(400, 0.003), 2.0) * decay(n, 0.6)
    return unit(low + 0.8 * high + 0.25 * debris / (np.abs(debris).max() + 1e-9))


def thunder(rng: Rng) -> Array:
    n = int(rng.uniform(2.0, 3.5) * RATE)
    roll = band(rng, n, 25, 300, 2) * slow(rng, n, 7) ** 2 * decay(n, rng.uniform(0.7, 1.3))
    return unit(roll + 0.5 * band(rng, n, 200, 5000, 2) * decay(n, rng.uniform(0.05, 0.25)))


def whip(rng: Rng) -> Array:
    n = int(0.3 * RATE)
    return unit(band(rng, n, 1200, 14_000, 2) * decay(n, 0.006) + 0.15 * band(rng, n, 400, 5000, 2) * decay(n, 0.05))

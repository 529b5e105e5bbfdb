"""Small things: balls, keys, clicks, coins, seeds in a box, hinges, strings, shots."""

from __future__ import annotations

import numpy as np

from training.pretrain.synthesis.impacts import board, impact
from training.pretrain.synthesis.shaping import RATE, Array, Rng, band, decay, grains, slow, unit


def ball(rng: Rng, low: tuple[float, float], dies_s: float, slap: float, slap_hz: tuple[float, float]) -> Array:
    """A ball on a floor: the thump of its skin, the air inside as a broad resonance, the slap of the contact."""
    n = int(0.35 * RATE)
    pitch = rng.uniform(*low)
    thump = board(rng, n, pitch, dies_s * rng.uniform(0.7, 1.4))
    inside = band(rng, n, 2.5 * pitch, 6 * pitch, 6) * decay(n, 0.8 * dies_s)
    contact = band(rng, n, *slap_hz, 2) * decay(n, rng.uniform(0.003, 0.008))
    return unit(thump + rng.uniform(0.2, 0.5) * inside + slap * contact)


def rubber(rng: Rng) -> Array:
    return ball(rng, (110, 240), 0.03, 0.7, (500, 5000))


def basket(rng: Rng) -> Array:
    """Low and hollow, with a broad slap."""
    return ball(rng, (75, 140), 0.05, 0.8, (300, 5000))


def tennis(rng: Rng) -> Array:
    """A short dull pop with a bright edge."""
    return ball(rng, (230, 480), 0.016, 1.6, (700, 6000))


def pingpong(rng: Rng) -> Array:
    """A light shell on a table top."""
    n = int(0.1 * RATE)
    f = rng.uniform(1100, 2600)
    shell = band(rng, n, 0.85 * f, 1.2 * f, 8) * decay(n, rng.uniform(0.006, 0.014))
    return unit(shell + 0.5 * band(rng, n, 2500, 9000, 2) * decay(n, 0.003) + 0.3 * board(rng, n, 300, 0.01))


def click(rng: Rng, low: float, high: float, dies_s: float) -> Array:
    """A very short noise between two frequencies. Peak 1."""
    n = int(0.06 * RATE)
    return band(rng, n, low, high, 1.5) * decay(n, dies_s)


def typed(rng: Rng) -> Array:
    """A key touched, down and up again: three clicks of one colour, over the dull knock of the board beneath.

    The colours are those that the audio tagger hears as typing, found by random search."""
    n = int(0.2 * RATE)
    out = np.zeros(n)
    low, high, dies = rng.uniform(1500, 3900), rng.uniform(8500, 11_500), rng.uniform(0.003, 0.007)
    for at, level in ((0.0, rng.uniform(0.1, 0.6)), (rng.uniform(0.01, 0.03), 1.0),
                      (rng.uniform(0.07, 0.13), rng.uniform(0.12, 0.4))):
        one = click(rng, low, high, dies)
        begin = int(at * RATE)
        out[begin : begin + len(one)] += level * one
    return unit(out + rng.uniform(0.05, 0.2) * board(rng, n, rng.uniform(160, 260), 0.02))


def switch(rng: Rng) -> Array:
    n = int(0.14 * RATE)
    out = np.zeros(n)
    for at, level in ((0.0, 1.0), (rng.uniform(0.01, 0.07), rng.uniform(0.3, 0.8))):
        one = click(rng, rng.uniform(1200, 3000), rng.uniform(5000, 12_000), rng.uniform(0.001, 0.003))
        begin = int(at * RATE)
        out[begin : begin + len(one)] += level * one
    return unit(out)


def fingers(rng: Rng) -> Array:
    """A fingertip on a table: a soft dull knock."""
    n = int(0.12 * RATE)
    knock = board(rng, n, rng.uniform(140, 380), rng.uniform(0.01, 0.022))
    return unit(knock + 0.3 * band(rng, n, 600, rng.uniform(2000, 6000), 2) * decay(n, 0.003))


def ticking(rng: Rng) -> Array:
    """A clock: two ticks that differ, in turn. 6 s."""
    n = 6 * RATE
    out = np.zeros(n)
    pair = [click(rng, rng.uniform(1500, 3000), rng.uniform(5000, 9000), rng.uniform(0.002, 0.006)) for _ in range(2)]
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


def pieces(rng: Rng, name: str, count: tuple[int, int], within_s: float) -> Array:
    """Some small blows of one material, close together and of all strengths."""
    n = int((within_s + 0.45) * RATE)
    out = np.zeros(n)
    made = [impact(rng, name) for _ in range(5)]
    for at in np.concatenate([[0.0], rng.uniform(0, within_s, int(rng.integers(*count)))]):
        begin = int(at * RATE)
        one = made[int(rng.integers(5))][: n - begin]
        out[begin : begin + len(one)] += rng.exponential(0.5) * one
    return unit(out)


def coins(rng: Rng) -> Array:
    return pieces(rng, "coin", (3, 10), rng.uniform(0.15, 0.4))


def keys(rng: Rng) -> Array:
    return pieces(rng, "key", (10, 26), rng.uniform(0.25, 0.5))


def chain(rng: Rng) -> Array:
    return pieces(rng, "link", (8, 24), rng.uniform(0.25, 0.6))


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
    """A door falls shut: a low slam of the panel, the body's knock, a latch a moment later."""
    n = int(0.9 * RATE)
    out = board(rng, n, rng.uniform(70, 150), rng.uniform(0.05, 0.1))
    out += rng.uniform(0.3, 0.7) * band(rng, n, 100, rng.uniform(1500, 4000), 2) * decay(n, rng.uniform(0.02, 0.06))
    knock, latch = impact(rng, name)[:n], switch(rng)
    out[: len(knock)] += 0.35 * knock
    begin = int(rng.uniform(0.02, 0.12) * RATE)
    out[begin : begin + len(latch)] += 0.4 * latch
    return unit(out)


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


def whip(rng: Rng) -> Array:
    n = int(0.3 * RATE)
    return unit(band(rng, n, 1200, 14_000, 2) * decay(n, 0.006) + 0.15 * band(rng, n, 400, 5000, 2) * decay(n, 0.05))

"""What every synthesised sound is made with: noise of a colour, grains, a peak of 1."""

from __future__ import annotations

import numpy as np

RATE = 44_100
Array = np.ndarray
Rng = np.random.Generator


def unit(wave: Array, fade: int = 600) -> Array:
    """(samples,) float32 with peak 1, faded out at the end."""
    fade = min(len(wave), fade)
    wave[-fade:] *= np.linspace(1, 0, fade)
    return (wave / (np.abs(wave).max() + 1e-9)).astype(np.float32)


def seamless(wave: Array, overlap_s: float = 0.25) -> Array:
    """A bed that can be repeated: its end is blended into its beginning. Peak 1."""
    n = int(overlap_s * RATE)
    ramp = np.sqrt(np.linspace(0, 1, n))
    body = wave[:-n].copy()
    body[:n] = body[:n] * ramp + wave[-n:] * ramp[::-1]
    return (body / (np.abs(body).max() + 1e-9)).astype(np.float32)


def band(rng: Rng, n: int, low: float, high: float, order: float = 4) -> Array:
    """(n,) noise kept between two frequencies in Hz, by its spectrum; peak 1."""
    size = 1 << (max(n, 2) - 1).bit_length()
    f = np.fft.rfftfreq(size, 1 / RATE)
    gain = 1 / (1 + (low / np.maximum(f, 1)) ** order) / (1 + (f / high) ** order)
    phase = rng.random(len(f), dtype=np.float32) * 2 * np.pi
    wave = np.fft.irfft(gain * np.exp(1j * phase), size)[:n]
    return wave / (np.abs(wave).max() + 1e-9)


def slow(rng: Rng, n: int, hz: float, low: float = 0.0, high: float = 1.0) -> Array:
    """(n,) a smooth random curve between two values, turning about `hz` times a second."""
    points = rng.uniform(low, high, int(n / RATE * hz) + 3)
    return np.interp(np.arange(n) / RATE * hz, np.arange(len(points)), points)


def grains(rng: Rng, n: int, a_second: float, grain: Array, spread: float = 1.0) -> Array:
    """(n,) one short sound strewn at random times with random levels, by convolution."""
    strewn = (rng.random(n) < a_second / RATE) * rng.exponential(1, n) ** spread
    size = 1 << (n + len(grain)).bit_length()
    return np.fft.irfft(np.fft.rfft(strewn, size) * np.fft.rfft(grain, size), size)[:n]


def decay(n: int, seconds: float) -> Array:
    """(n,) falling to 1/e in `seconds`."""
    return np.exp(-np.arange(n) / (seconds * RATE))

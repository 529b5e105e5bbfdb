"""When blows fall, and how high what strikes is lifted between them."""

from __future__ import annotations

import numpy as np

Array = np.ndarray
FAR = 99.0
"""Seconds to a blow that there is not."""


def event_times(rng: np.random.Generator, seconds: float, shortest: float, longest: float) -> list[float]:
    """Times with random gaps, often nearly regular ones, none in the first 0.2 s."""
    regular = rng.random() < 0.5
    beat = rng.uniform(shortest, longest)
    times, now = [], rng.uniform(0.25, 0.25 + beat)
    while now < seconds - 0.1:
        times.append(float(now))
        now += beat * rng.uniform(0.92, 1.08) if regular else rng.uniform(shortest, longest)
    return times


def runs(rng: np.random.Generator, seconds: float, slowest: float, fastest: float) -> list[float]:
    """Times in runs of quick blows (a second: `slowest` to `fastest`), with pauses between the runs."""
    times, now = [], rng.uniform(0.25, 1.0)
    pauses = rng.random() < 0.6
    while now < seconds - 0.1:
        beat = 1 / rng.uniform(slowest, fastest)
        for _ in range(int(rng.integers(3, 14))):
            if now >= seconds - 0.1:
                break
            times.append(float(now))
            now += beat * rng.uniform(0.85, 1.15)
        now += rng.uniform(0.3, 1.8) if pauses else beat
    return times


def nearest(t: Array, times: list[float], strengths: Array) -> tuple[Array, Array, Array, Array]:
    """Seconds since the last blow and to the next (`FAR` where there is none), and their strengths (0 there)."""
    blows = np.r_[-FAR, times, t[-1] + FAR]
    forces = np.r_[0.0, strengths, 0.0]
    last = np.searchsorted(blows, t, "right") - 1
    return t - blows[last], blows[last + 1] - t, forces[last], forces[last + 1]


def smooth(share: Array) -> Array:
    """0 to 1 without a jerk at either end."""
    share = np.clip(share, 0, 1)
    return share * share * share * (10 - 15 * share + 6 * share * share)


def lifted(rng: np.random.Generator, t: Array, times: list[float], strengths: Array, fall_s: float) -> Array:
    """Height over the struck place: raised smoothly, falling faster and faster for `fall_s`, stopped dead, rebounding.

    0 at each blow, about its strength before it. Between far blows there may be a feint that stops in the air.
    """
    since, till, last, coming = nearest(t, times, strengths)
    gap = since + till
    fall = np.minimum(fall_s, 0.45 * gap)
    wait = min(rng.uniform(0, 0.5), 0.6 * rng.random()) * np.minimum(gap, 1.0)
    raising = np.minimum(gap - fall - wait, rng.uniform(0.3, 2.0))
    late = rng.random() < 0.5
    begin = np.where(late, gap - fall - raising, wait)
    raised = np.where(since > 0.5 * FAR, 1.0, smooth((since - begin) / np.maximum(raising, 1e-3)))
    power = rng.uniform(1.3, 3.0)
    falling = 1 - (1 - np.clip(till / np.maximum(fall, 1e-3), 0, 1)) ** power
    hop_s, hop = rng.uniform(0.06, 0.25), rng.choice([0.0, 0.08, 0.15, 0.4])
    rebound = hop * last * np.sin(np.pi * np.clip(since / np.minimum(hop_s, 0.5 * gap), 0, 1))
    after = rng.choice([0.0, 0.6]) * smooth((since - 0.1) / rng.uniform(0.3, 1.0)) * (till > 0.5 * FAR)
    height = coming * raised * falling + np.maximum(rebound, after)
    if rng.random() < 0.4:
        height = height + feints(rng, since, till)
    return height


def feints(rng: np.random.Generator, since: Array, till: Array) -> Array:
    """A smooth lift and return, in every gap long enough, that touches nothing."""
    length, begin = rng.uniform(0.4, 0.9), rng.uniform(0.15, 0.4)
    there = (since + till > begin + length + 0.5) & (since < 0.5 * FAR)
    return there * rng.uniform(0.1, 0.6) * np.sin(np.pi * np.clip((since - begin) / length, 0, 1)) ** 2


def wobble(rng: np.random.Generator, t: Array, amount: float) -> Array:
    """(frames, 2): slow aimless movement, as of a hand or a head that is held."""
    phase, rate = rng.uniform(0, 2 * np.pi, (2, 3)), rng.uniform(0.1, 1.4, (2, 3))
    waves = np.sin(2 * np.pi * rate[:, :, None] * t + phase[:, :, None]) / (1 + rate[:, :, None])
    return amount * waves.sum(axis=1).T

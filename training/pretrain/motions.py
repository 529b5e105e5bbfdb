"""How things move in a scene, and when that motion sounds.

A motion gives, for frame times (seconds), the positions of one or two bodies and the events. Positions are in units
of the picture's side, (0, 0) top left; a body outside 0..1 is out of the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Motion:
    """bodies: (bodies, frames, 2) centres; events: (time in s, strength 0..1); spans: stretches that sound on."""

    kind: str
    bodies: Array
    events: tuple[tuple[float, float], ...]
    spans: tuple[tuple[float, float], ...] = ()


def event_times(rng: np.random.Generator, seconds: float, shortest: float, longest: float) -> list[float]:
    """Times with random gaps, often nearly regular ones, none in the first 0.2 s."""
    regular = rng.random() < 0.5
    beat = rng.uniform(shortest, longest)
    times, now = [], rng.uniform(0.25, 0.25 + beat)
    while now < seconds - 0.1:
        times.append(float(now))
        now += beat * rng.uniform(0.92, 1.08) if regular else rng.uniform(shortest, longest)
    return times


def strike(rng: np.random.Generator, t: Array) -> Motion:
    """Something is raised slowly, falls fast, stops dead, rebounds a little."""
    times = event_times(rng, t[-1], 0.35, 1.6)
    strengths = rng.uniform(0.4, 1.0, len(times))
    fall = rng.uniform(0.06, 0.22)
    height = np.full_like(t, 1.0 if rng.random() < 0.5 else 0.5)
    before = -1.0
    for hit, strength in zip(times, strengths, strict=True):
        start = max(hit - fall, before + 0.05)
        if before >= 0:
            rebound = np.clip((t - before) / 0.15, 0, 1)
            raised = np.clip((t - before - 0.1) / max(start - before - 0.1, 0.05), 0, 1)
            lift = 0.12 * np.sin(np.pi * rebound) * (rebound < 1) + strength * 0.5 * (1 - np.cos(np.pi * raised))
            height = np.where((t >= before) & (t < start), lift, height)
        else:
            height = np.where(t < start, strength, height)
        falling = (t >= start) & (t < hit)
        height = np.where(falling, strength * (1 - ((t - start) / max(hit - start, 1e-3)) ** 2), height)
        height = np.where(t >= hit, 0.0, height)
        before = hit
    if times:
        tail = np.clip((t - times[-1]) / 0.15, 0, 1)
        height = np.where(t >= times[-1], 0.12 * np.sin(np.pi * tail) * (tail < 1), height)
    angle = rng.normal(0, 0.5)
    reach = rng.uniform(0.15, 0.5)
    rest = np.array([rng.uniform(0.25, 0.75), rng.uniform(0.5, 0.85)])
    way = reach * np.array([np.sin(angle), -np.cos(angle)])
    body = rest + height[:, None] * way
    return Motion("strike", body[None], tuple(zip(times, map(float, strengths), strict=True)))


def bounce(rng: np.random.Generator, t: Array) -> Motion:
    """A ball falls, and falls again lower, until it lies; then the next one."""
    floor, top = rng.uniform(0.6, 0.9), rng.uniform(0.05, 0.3)
    gravity, keeps = rng.uniform(2.0, 7.0), rng.uniform(0.6, 0.85)
    y, events = np.full_like(t, floor), []
    start = rng.uniform(0.0, 0.6)
    while start < t[-1] - 0.2:
        drop = float(np.sqrt(2 * (floor - top) / gravity))
        y = np.where((t >= start) & (t < start + drop), top + 0.5 * gravity * (t - start) ** 2, y)
        now, speed = start + drop, gravity * drop
        fastest = speed
        while speed > 0.22 * fastest:
            events.append((now, float(speed / fastest)))
            speed *= keeps
            flight = 2 * speed / gravity
            inside = (t >= now) & (t < now + flight)
            y = np.where(inside, floor - speed * (t - now) + 0.5 * gravity * (t - now) ** 2, y)
            now += flight
        start = now + rng.uniform(0.3, 1.2)
    x = rng.uniform(0.2, 0.8) + rng.normal(0, 0.05) * t
    return Motion("bounce", np.stack([x, y], -1)[None], tuple(e for e in events if e[0] < t[-1] - 0.05))


def step(rng: np.random.Generator, t: Array) -> Motion:
    """Two feet, in turn lifted and set down."""
    pace = rng.uniform(0.32, 0.75)
    times = np.arange(rng.uniform(0.3, 0.3 + pace), t[-1] - 0.05, pace)
    times = times + rng.normal(0, 0.02, len(times))
    strengths = rng.uniform(0.5, 1.0, len(times))
    floor, lift, stride = rng.uniform(0.65, 0.9), rng.uniform(0.08, 0.25), rng.uniform(0.0, 0.3)
    speed = rng.choice([0.0, 1.0]) * stride / (2 * pace) * 0.5
    feet = []
    for side in (0, 1):
        y = np.full_like(t, floor)
        x = np.full_like(t, 0.4 + 0.2 * side)
        for landing in times[side::2]:
            swing = np.clip((t - (landing - 0.75 * pace)) / (0.75 * pace), 0, 1)
            arc = np.where(swing < 1, np.sin(np.pi * swing**1.6), 0)
            y = y - lift * arc
            x = x + stride * (swing - np.clip((t - landing) / pace, 0, 1))
        feet.append(np.stack([x + speed * (t - t[-1] / 2), y], -1))
    return Motion("step", np.stack(feet), tuple((float(a), float(b)) for a, b in zip(times, strengths, strict=True)))


def drop(rng: np.random.Generator, t: Array) -> Motion:
    """Something falls from above and stays where it lands."""
    times = event_times(rng, t[-1], 0.9, 2.5)
    floor, gravity = rng.uniform(0.6, 0.9), rng.uniform(3.0, 8.0)
    y, x, events = np.full_like(t, -1.0), np.full_like(t, 0.5), []
    for hit in times:
        fall = float(np.sqrt(2 * (floor + 0.1) / gravity))
        inside = t >= hit - fall
        height = np.clip(t - (hit - fall), 0, fall)
        y = np.where(inside, -0.1 + 0.5 * gravity * height**2, y)
        x = np.where(inside, rng.uniform(0.2, 0.8), x)
        events.append((hit, float(rng.uniform(0.6, 1.0))))
    return Motion("drop", np.stack([x, y], -1)[None], tuple(events))


def shake(rng: np.random.Generator, t: Array) -> Motion:
    """Bursts of fast to and fro; each turn sounds."""
    place = rng.uniform(0.3, 0.7, 2)
    moved, events = np.zeros_like(t), []
    for start in event_times(rng, t[-1], 1.2, 2.8):
        beats, rate = int(rng.integers(2, 6)), rng.uniform(2.2, 4.0)
        end = min(start + beats / rate, t[-1])
        inside = (t >= start) & (t < end)
        moved = np.where(inside, np.sin(2 * np.pi * rate / 2 * (t - start)), moved)
        turns = start + (np.arange(beats) + 0.5) / rate
        events += [(float(turn), float(rng.uniform(0.4, 0.9))) for turn in turns if turn < end]
    way = rng.uniform(0.1, 0.25) * np.array([np.cos(a := rng.uniform(0, np.pi)), np.sin(a)])
    return Motion("shake", (place + moved[:, None] * way)[None], tuple(events))


def pour(rng: np.random.Generator, t: Array) -> Motion:
    """Something runs for a while: two bodies fall over and over, too fast to follow."""
    start = rng.uniform(0.3, t[-1] * 0.5)
    end = min(t[-1], start + rng.uniform(1.0, 4.0))
    inside = (t >= start) & (t < end)
    x = rng.uniform(0.3, 0.7)
    streams = []
    for part in range(3):
        fall = (t * rng.uniform(2.5, 4.0) + part / 3) % 1.0
        y = np.where(inside, 0.15 + 0.7 * fall, -1.0)
        streams.append(np.stack([np.full_like(t, x) + rng.normal(0, 0.01, len(t)), y], -1))
    return Motion("pour", np.stack(streams), ((float(start), 0.6),), ((float(start), float(end)),))


def swing(rng: np.random.Generator, t: Array) -> Motion:
    """Smooth to and fro without a blow: silent."""
    turn = 2 * np.pi * rng.uniform(0.2, 0.8) * t + rng.uniform(0, 6)
    way = rng.uniform(0.1, 0.3) * np.array([np.cos(a := rng.uniform(0, np.pi)), np.sin(a)])
    return Motion("swing", (rng.uniform(0.3, 0.7, 2) + np.sin(turn)[:, None] * way)[None], ())


def drift(rng: np.random.Generator, t: Array) -> Motion:
    """Something passes slowly: silent."""
    start, speed = rng.uniform(0.1, 0.9, 2), rng.normal(0, 0.08, 2)
    return Motion("drift", (start + t[:, None] * speed)[None], ())


MOTIONS: dict[str, tuple[Callable[[np.random.Generator, Array], Motion], float]] = {
    "strike": (strike, 0.30),
    "bounce": (bounce, 0.15),
    "step": (step, 0.20),
    "drop": (drop, 0.10),
    "shake": (shake, 0.07),
    "pour": (pour, 0.05),
    "swing": (swing, 0.06),
    "drift": (drift, 0.07),
}
"""Every motion with its share of the scenes."""


def any_motion(rng: np.random.Generator, t: Array) -> Motion:
    names = list(MOTIONS)
    shares = np.array([MOTIONS[name][1] for name in names])
    return MOTIONS[names[rng.choice(len(names), p=shares / shares.sum())]][0](rng, t)

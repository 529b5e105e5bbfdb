"""Procedural scenes: textured bodies on a textured, shaking background, with known event times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.pretrain.motions import Motion, any_motion, drift, swing

FPS = 25
CANVAS = 96
"""Scenes are drawn at this side and halved for the spotter."""


@dataclass(frozen=True)
class Scene:
    """frames: (n, 96, 96) uint8 grey at 25 fps; events: (time in s, strength)."""

    frames: np.ndarray
    motion: Motion
    seconds: float

    @property
    def events(self) -> tuple[tuple[float, float], ...]:
        return self.motion.events

    @property
    def small(self) -> np.ndarray:
        """(n, 48, 48) uint8: what the spotter looks at."""
        return halve(self.frames)


def halve(frames: np.ndarray) -> np.ndarray:
    """(n, 2h, 2w) → (n, h, w), each the mean of four."""
    f = frames.astype(np.uint16)
    return ((f[:, ::2, ::2] + f[:, 1::2, ::2] + f[:, ::2, 1::2] + f[:, 1::2, 1::2] + 2) // 4).astype(np.uint8)


def texture(rng: np.random.Generator, side: int) -> np.ndarray:
    """(side, side) float32 0..255: noise at a random grain, stripes, or flat with a gradient."""
    kind = rng.random()
    base = rng.uniform(30, 225)
    if kind < 0.55:
        grain = int(rng.integers(3, 14))
        coarse = rng.normal(0, rng.uniform(10, 50), (side // grain + 3, side // grain + 3))
        rows = np.linspace(0, coarse.shape[0] - 1.001, side)
        i, f = rows.astype(int), (rows % 1)
        across = coarse[i] * (1 - f)[:, None] + coarse[i + 1] * f[:, None]
        made = across[:, i] * (1 - f) + across[:, i + 1] * f
    elif kind < 0.75:
        u, v = np.meshgrid(np.arange(side), np.arange(side))
        turn = rng.uniform(0, np.pi)
        made = rng.uniform(8, 40) * np.sin((u * np.cos(turn) + v * np.sin(turn)) * 2 * np.pi / rng.uniform(5, 40))
    else:
        made = np.linspace(-1, 1, side)[None] * rng.uniform(-40, 40) + np.linspace(-1, 1, side)[:, None] * 30
    return np.clip(base + made + rng.normal(0, 2, (side, side)), 0, 255).astype(np.float32)


def sprite(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A body's texture and mask, (h, w) each."""
    h, w = int(rng.integers(8, 34)), int(rng.integers(8, 34))
    if rng.random() < 0.25:
        h, w = (int(rng.integers(5, 9)), int(rng.integers(25, 55)))[:: rng.choice([1, -1])]
    skin = texture(rng, max(h, w))[:h, :w]
    v, u = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j]
    mask = (u**2 + v**2 <= 1.0) if rng.random() < 0.6 else np.ones((h, w), bool)
    return skin, mask.astype(np.float32)


def paste(canvas: np.ndarray, skin: np.ndarray, mask: np.ndarray, centre: np.ndarray) -> None:
    """Draw a body into `canvas`, clipped at its edges."""
    h, w = skin.shape
    top, left = int(round(centre[1] * CANVAS - h / 2)), int(round(centre[0] * CANVAS - w / 2))
    y0, x0, y1, x1 = max(top, 0), max(left, 0), min(top + h, CANVAS), min(left + w, CANVAS)
    if y0 >= y1 or x0 >= x1:
        return
    part = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    canvas[y0:y1, x0:x1] += mask[part] * (skin[part] - canvas[y0:y1, x0:x1])


def camera(rng: np.random.Generator, n: int) -> np.ndarray:
    """(n, 2) offsets in pixels: still, a pan, hand shake, or both."""
    shaken = np.cumsum(rng.normal(0, rng.choice([0.0, 0.0, 0.3, 0.8]), (n, 2)), axis=0)
    panned = np.arange(n)[:, None] * rng.normal(0, rng.choice([0.0, 0.0, 0.15]), 2)
    path = shaken + panned
    return np.clip(np.round(path - path.mean(axis=0)), -20, 20).astype(int)


def draw(rng: np.random.Generator, motion: Motion, seconds: float) -> Scene:
    """Paint a motion, with a world around it: distractors, cuts, blur, noise, light, repeated frames."""
    n = motion.bodies.shape[1]
    t = np.arange(n) / FPS
    world = texture(rng, CANVAS + 40)
    look = [sprite(rng) for _ in motion.bodies]
    if len(look) > 1:
        look = [look[0]] * len(look)
    others = [(sprite(rng), (drift if rng.random() < 0.5 else swing)(rng, t)) for _ in range(rng.integers(0, 3))]
    where = camera(rng, n)
    cut = int(rng.integers(0, n)) if rng.random() < 0.12 else -1
    light = 1 + rng.choice([0.0, 0.0, 0.15]) * np.sin(2 * np.pi * rng.uniform(0.1, 3) * t + rng.uniform(0, 6))
    frames = np.empty((n, CANVAS, CANVAS), np.float32)
    for i in range(n):
        if i == cut:
            world = texture(rng, CANVAS + 40)
        dy, dx = where[i] + 20
        frame = world[dy : dy + CANVAS, dx : dx + CANVAS].copy()
        for (skin, mask), other in others:
            paste(frame, skin, mask, other.bodies[0, i] + where[i] / CANVAS * 0.5)
        for (skin, mask), body in zip(look, motion.bodies, strict=True):
            paste(frame, skin, mask, body[i])
        frames[i] = frame * light[i]
    if rng.random() < 0.3:
        frames[1:] = 0.6 * frames[1:] + 0.4 * frames[:-1]
    if rng.random() < 0.25:
        every = int(rng.choice([2, 5, 6]))
        keep = np.arange(n)
        keep[every::every] -= 1
        frames = frames[keep]
    frames += rng.normal(0, rng.uniform(0.5, 6), frames.shape).astype(np.float32)
    return Scene(np.clip(frames, 0, 255).astype(np.uint8), motion, seconds)


def scene(seed: int, seconds: float = 8.0) -> Scene:
    """The scene of a seed; the same on every machine with the same numpy."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(round(seconds * FPS))) / FPS
    return draw(rng, any_motion(rng, t), seconds)

"""Procedural scenes: textured bodies before a textured world, filmed by a camera of some frame rate, with known events.

The camera shakes, pans, zooms and cuts; its shutter blurs; its film flickers, is noisy and compressed; and what it
recorded at 12 to 60 frames a second is shown at 25, as a spotter sees it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.pretrain.drawing import FINER, Sprite, paint, sprite, texture
from training.pretrain.motions import Motion, any_motion, drift, swing
from training.pretrain.strokes import wobble

Array = np.ndarray
FPS = 25
CANVAS = 64
"""Side of a scene's pictures."""
MOMENTS = 3
"""Moments of an exposure that a blurred frame is the mean of."""
RATES = (12.0, 15.0, 15.0, 20.0, 21.5, 24.0, 25.0, 25.0, 25.0, 29.97, 29.97, 30.0, 50.0, 60.0)
"""Frame rates of cameras; the commoner, the oftener."""
SCALES = ((0.2, 0.4), *((0.4, 0.8),) * 4, *((0.8, 1.3),) * 5)
"""Sizes of a scene in the picture, in tenths of the shots."""
MARGIN = 20
"""Pixels of world beyond each edge of the picture."""


@dataclass(frozen=True)
class Scene:
    """frames: (n, 64, 64) uint8 grey at 25 fps; events: (time in s, strength)."""

    frames: Array
    motion: Motion
    seconds: float

    @property
    def events(self) -> tuple[tuple[float, float], ...]:
        return self.motion.events


@dataclass(frozen=True)
class Film:
    """A camera's frames: which (n,) is shown at each 25th of a second, and when (frames, moments) each is lit."""

    shown: Array
    lit: Array


@dataclass(frozen=True)
class View:
    """Where the camera looks, (frames, moments, …): aim (…, 2) in pixels, zoom (…), and how the scene lies in it.

    scale (frames,) and place (frames, 2): size of the scene in the picture and where its middle is; shot: (frames,)
    number of the shot; squeeze: how much narrower the picture is than the world.
    """

    aim: Array
    zoom: Array
    scale: Array
    place: Array
    shot: Array
    squeeze: float


def film(rng: np.random.Generator, seconds: float) -> Film:
    """A frame rate, a phase and a shutter by chance."""
    rate, n = float(rng.choice(RATES)), int(round(seconds * FPS))
    phase = rng.uniform(0, 1) / rate if rate != FPS else 0.0
    index = np.floor((np.arange(n) / FPS - phase) * rate + 1e-6).astype(int)
    used, shown = np.unique(np.maximum(index, 0), return_inverse=True)
    shutter = rng.uniform(0.05, 0.6) * np.linspace(0, 1, MOMENTS)
    return Film(shown, np.clip((used[:, None] + shutter) / rate + phase, 0, seconds - 1e-3))


def view(rng: np.random.Generator, t: Array, focus: Array) -> View:
    """A camera held still, in the hand, panning or zooming; near or far; sometimes with cuts. t: (frames, moments)."""
    n, flat = len(t), t.ravel()
    kind = rng.random()
    aim, zoom = np.zeros((flat.size, 2)), np.ones(flat.size)
    if kind > 0.45:
        aim = aim + wobble(rng, flat, rng.choice([0.5, 1.5, 4.0]))
    if kind > 0.75:
        aim = aim + (flat - flat[-1] / 2)[:, None] * rng.normal(0, 2.0, 2)
    if kind > 0.9:
        zoom = 1 + rng.uniform(-0.2, 0.25) * np.clip((flat - rng.uniform(0, 6)) / rng.uniform(1, 6), 0, 1)
    shot = np.zeros(n, int)
    if rng.random() < 0.2:
        for cut in rng.integers(1, n, int(rng.integers(1, 4))):
            shot[cut:] += 1
    scales = [rng.uniform(*SCALES[int(rng.integers(len(SCALES)))]) for _ in range(shot[-1] + 1)]
    places = [focus + rng.normal(0, 0.04, 2) if s > 0.7 else rng.uniform(0.25, 0.75, 2) for s in scales]
    squeeze = rng.uniform(0.56, 1.0) if rng.random() < 0.7 else 1.0
    return View(np.clip(aim, -15, 15).reshape(n, -1, 2), zoom.reshape(n, -1), np.array(scales)[shot],
                np.array(places)[shot], shot, float(squeeze))


def middle_of(bodies: Array) -> Array:
    """(2,): where the bodies are, on average, while they are in or near the picture."""
    near = (np.abs(bodies - 0.5) < 0.8).all(axis=-1)
    return bodies[near].mean(axis=0) if near.any() else np.full(2, 0.5)


def world(rng: np.random.Generator, seen: View) -> Array:
    """(frames, 64, 64) float32: the background of every frame."""
    n = len(seen.shot)
    frames = np.empty((n, CANVAS, CANVAS), np.float32)
    near = np.arange(CANVAS) - CANVAS / 2
    aim, zoom = seen.aim.mean(axis=1), seen.zoom.mean(axis=1)
    fixed = np.ptp(aim) == 0 and np.ptp(zoom) == 0
    wide = (CANVAS + 2 * MARGIN) * FINER
    for shot in range(seen.shot[-1] + 1):
        wall, rows = texture(rng, wide, wide, FINER), np.flatnonzero(seen.shot == shot)
        if rng.random() < 0.6:
            cover(rng, wall)
        for i in rows[:1] if fixed else rows:
            x, y = (((near / zoom[i] + aim[i, axis] + CANVAS / 2 + MARGIN) * FINER).astype(int) for axis in (0, 1))
            frames[i] = wall[np.clip(y, 0, wide - 1)[:, None], np.clip(x, 0, wide - 1)]
        if fixed and len(rows):
            frames[rows] = frames[rows[0]]
    return frames


def cover(rng: np.random.Generator, wall: Array) -> None:
    """Things that stand in the background: rectangles of other textures."""
    side = len(wall)
    for _ in range(int(rng.integers(1, 7))):
        height, width = (int(part) for part in rng.uniform(0.05, 0.5, 2) * side)
        top, left = int(rng.integers(0, side - height)), int(rng.integers(0, side - width))
        wall[top : top + height, left : left + width] = texture(rng, height, width, FINER)


def place(frames: Array, thing: Sprite, moved: tuple[Array, Array, Array], seen: View, focus: Array,
          nominal: float) -> None:
    """Paint one body as the camera sees it. moved: path, turn, grow over (frames, moments)."""
    path, turn, grow = moved
    from_middle = (path - focus) * seen.scale[:, None, None] * [seen.squeeze, 1.0]
    centre = (seen.place[:, None] + from_middle - 0.5) * CANVAS - seen.aim
    size = (seen.scale[:, None] * seen.zoom / nominal)[..., None]
    paint(frames, thing, centre * seen.zoom[..., None] + CANVAS / 2, turn, grow * size, seen.squeeze)


def distract(rng: np.random.Generator, frames: Array, t: Array, seen: View) -> None:
    """Others that move and make no sound, some of them large."""
    for _ in range(int(rng.choice([0, 0, 1, 1, 2, 3]))):
        other = (drift if rng.random() < 0.4 else swing)(rng, t.ravel())
        big = rng.random() < 0.3
        thing = sprite(rng, None, CANVAS, 2.5 if big else 1.0)
        still = View(seen.aim, seen.zoom, np.ones(len(t)), np.full((len(t), 2), 0.5), seen.shot, seen.squeeze)
        place(frames, thing, moves(other, 0, t), still, np.full(2, 0.5), 1.0)


def around(frames: Array, seen: View) -> float:
    """Brightness where the scene's middle lies."""
    x, y = np.clip(seen.place[0] * CANVAS, 8, CANVAS - 8).astype(int)
    return float(frames[0, y - 8 : y + 8, x - 8 : x + 8].mean())


def moves(motion: Motion, k: int, t: Array) -> tuple[Array, Array, Array]:
    """Path, turn and grow of one body over (frames, moments)."""
    assert motion.turns is not None and motion.grows is not None
    return (motion.bodies[k].reshape(*t.shape, 2), motion.turns[k].reshape(t.shape),
            motion.grows[k].reshape(*t.shape, 2))


def light(rng: np.random.Generator, n: int) -> Array:
    """(n,) brightness: steady, waxing and waning, flickering, or with a flash or a step."""
    t, kind = np.arange(n) / FPS, rng.random()
    if kind < 0.6:
        return np.ones(n)
    if kind < 0.75:
        return 1 + rng.uniform(0.05, 0.2) * np.sin(2 * np.pi * rng.uniform(0.1, 3) * t + rng.uniform(0, 6))
    if kind < 0.85:
        return 1 + rng.normal(0, rng.uniform(0.005, 0.04), n)
    at, change = rng.uniform(0, n / FPS), rng.uniform(-0.3, 0.3)
    return 1 + change * (np.abs(t - at) < rng.uniform(0.04, 0.2)) if kind < 0.93 else 1 + change * (t > at)


def grain(rng: np.random.Generator, frames: Array, amount: float) -> None:
    """Add noise: pieces of one large patch, for speed."""
    patch = rng.normal(0, amount, (2 * CANVAS, 2 * CANVAS)).astype(np.float32)
    corners = rng.integers(0, CANVAS, (len(frames), 2))
    for frame, (y, x) in zip(frames, corners.tolist(), strict=True):
        frame += patch[y : y + CANVAS, x : x + CANVAS]


def compressed(rng: np.random.Generator, frames: Array) -> Array:
    """As a thrifty encoder leaves them: blocks that changed little are not sent, the rest is coarsened."""
    block = int(rng.choice([2, 4, 8]))
    many = CANVAS // block
    blocks = frames.reshape(len(frames), many, block, many, block)
    least, coarse = rng.uniform(0.5, 4.0), rng.uniform(1.0, 8.0)
    sent = np.round(blocks / coarse) * coarse
    for i in range(1, len(frames)):
        kept = np.abs(blocks[i] - sent[i - 1]).mean(axis=(1, 3), keepdims=True) < least
        sent[i] = np.where(kept, sent[i - 1], sent[i])
    return sent.reshape(frames.shape)


def draw(rng: np.random.Generator, motion: Motion, recorded: Film, seconds: float) -> Scene:
    """Film a motion, moved along `recorded.lit`, with a world around it."""
    t, focus = recorded.lit, middle_of(motion.bodies)
    seen = view(rng, t, focus)
    frames = world(rng, seen)
    if before := rng.random() < 0.8:
        distract(rng, frames, t, seen)
    behind = around(frames, seen)
    nominal = float(seen.scale.max())
    alike = motion.kind in ("step", "pour", "tap") and rng.random() < 0.7
    looks: dict[object, Sprite] = {}
    for k, shape in enumerate(motion.shapes):
        key = shape if alike else k
        if key not in looks:
            looks[key] = sprite(rng, shape, CANVAS, nominal, behind)
        place(frames, looks[key], moves(motion, k, t), seen, focus, nominal)
    if not before:
        distract(rng, frames, t, seen)
    return Scene(developed(rng, frames, recorded), motion, seconds)


def developed(rng: np.random.Generator, frames: Array, recorded: Film) -> Array:
    """(n, 64, 64) uint8: what the camera saw after light, grain, contrast and compression, at 25 frames a second."""
    frames *= light(rng, len(frames)).astype(np.float32)[:, None, None]
    frames = rng.uniform(0.5, 1.0) * (frames - 128) + rng.uniform(90, 160)
    if rng.random() < 0.7:
        grain(rng, frames, rng.uniform(0.2, 1) ** 2 * 5)
    if rng.random() < 0.3:
        frames = compressed(rng, frames)
    if rng.random() < 0.1:
        frames[1:] = 0.6 * frames[1:] + 0.4 * frames[:-1]
    return np.clip(frames, 0, 255).astype(np.uint8)[recorded.shown]


def scene(seed: int, seconds: float = 8.0) -> Scene:
    """The scene of a seed; the same on every machine with the same numpy."""
    rng = np.random.default_rng(seed)
    recorded = film(rng, seconds)
    return draw(rng, any_motion(rng, recorded.lit.ravel()), recorded, seconds)

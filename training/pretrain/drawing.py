"""Painting textured bodies into many small grey pictures at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.pretrain.motions import Shape

Array = np.ndarray
FINER = 3
"""Textures are kept this much finer than the picture, so that bodies move by parts of a pixel."""

STANDS_OUT = 40.0


@dataclass(frozen=True)
class Sprite:
    """A body's look: skin (v, u) float32 0..255 and mask 0..1, `FINER` to a pixel, with an empty rim."""

    skin: Array
    mask: Array


def texture(rng: np.random.Generator, height: int, width: int, grain: float = 1.0, unlike: float = -99.0) -> Array:
    """(height, width) float32 0..255: noise at a random grain, stripes, or flat with a gradient.

    Its brightness stands out by `STANDS_OUT` from `unlike`, nearly always.
    """
    kind, base = rng.random(), rng.uniform(30, 225)
    while abs(base - unlike) < STANDS_OUT and rng.random() < 0.95:
        base = rng.uniform(20, 235)
    if kind < 0.6:
        cell = grain * rng.uniform(3, 14)
        coarse = rng.normal(0, rng.uniform(10, 50), (int(height / cell) + 3, int(width / cell) + 3))
        made = stretched(coarse, height, width, cell)
        if rng.random() < 0.4:
            made = np.sign(made) * rng.uniform(10, 60)
    elif kind < 0.75:
        v, u = np.mgrid[:height, :width]
        turn = rng.uniform(0, np.pi)
        wave = 2 * np.pi / (grain * rng.uniform(5, 40))
        made = rng.uniform(8, 40) * np.sin((u * np.cos(turn) + v * np.sin(turn)) * wave)
    else:
        made = np.linspace(-1, 1, width)[None] * rng.uniform(-40, 40) + np.linspace(-1, 1, height)[:, None] * 30
    return np.clip(base + made, 0, 255).astype(np.float32)


def stretched(coarse: Array, height: int, width: int, cell: float) -> Array:
    """Values on a coarse grid, read between its points."""
    rows, columns = np.arange(height) / cell, np.arange(width) / cell
    i, j = rows.astype(int), columns.astype(int)
    f, g = (rows - i)[:, None], columns - j
    down = coarse[i] * (1 - f) + coarse[i + 1] * f
    return down[:, j] * (1 - g) + down[:, j + 1] * g


def sprite(rng: np.random.Generator, shape: Shape | None, side: int, scale: float, unlike: float = -99.0) -> Sprite:
    """The look of a body whose outline is given, or drawn by chance; `side` of the picture in pixels.

    `unlike`: brightness of what is behind it.
    """
    if shape is None:
        long = rng.uniform(0.08, 0.36)
        wide = rng.uniform(0.06, 0.1) if rng.random() < 0.25 else rng.uniform(0.08, 0.36)
        shape = Shape("round" if rng.random() < 0.6 else "square", long, wide)
    half_u, half_v = (max(FINER * side * scale * part / 2, 0.75 * FINER) for part in (shape.long, shape.wide))
    width, height = int(2 * half_u) + 2 * FINER + 2, int(2 * half_v) + 2 * FINER + 2
    u, v = np.arange(width) - (width - 1) / 2, np.arange(height)[:, None] - (height - 1) / 2
    if shape.outline == "round":
        inside = (1 - np.sqrt((u / half_u) ** 2 + (v / half_v) ** 2)) * min(half_u, half_v)
    else:
        inside = np.minimum(half_u - np.abs(u), half_v - np.abs(v))
    mask = np.clip(inside / FINER + 0.5, 0, 1).astype(np.float32)
    mask[0] = mask[-1] = 0
    mask[:, 0] = mask[:, -1] = 0
    return Sprite(texture(rng, height, width, FINER * max(0.3, min(scale, 1.0)), unlike), mask)


def paint(frames: Array, thing: Sprite, centre: Array, turn: Array, grow: Array, squeeze: float) -> None:
    """Draw a thing into frames (n, side, side), each the mean over moments; all edges are clipped.

    centre: (n, moments, 2) pixels; turn: (n, moments) radians; grow: (n, moments, 2) factors; `squeeze`: how much
    narrower the picture is than what it shows.
    """
    side = frames.shape[1]
    height, width = thing.mask.shape
    reach = 0.5 * np.hypot(width * grow[..., 0], height * grow[..., 1]).max() / FINER
    patch = min(2 * int(reach + 1) + 1, 2 * side)
    seen = (np.abs(centre - side / 2) < side / 2 + patch / 2).all(axis=(1, 2)) & (grow > 0).all(axis=(1, 2))
    shift = np.abs(centre - centre[:, :1]).max(axis=(1, 2)) + reach * np.abs(turn - turn[:, :1]).max(axis=1)
    for one in (True, False):
        rows = np.flatnonzero(seen & ((shift < 0.6) == one))
        if len(rows):
            part = slice(centre.shape[1] // 2, centre.shape[1] // 2 + 1) if one else slice(None)
            _paint(frames, rows, thing, centre[rows, part], turn[rows, part], grow[rows, part], squeeze, patch)


def _paint(frames: Array, rows: Array, thing: Sprite, centre: Array, turn: Array, grow: Array, squeeze: float,
           patch: int) -> None:
    """`paint` for the frames `rows`."""
    side, moments = frames.shape[1], centre.shape[1]
    before = frames if moments == 1 else frames.copy() if len(rows) > len(frames) // 2 else dict(
        zip(rows.tolist(), frames[rows], strict=True))
    for moment in range(moments):
        skins, masks, corners = patches(thing, centre[:, moment], turn[:, moment], grow[:, moment], squeeze, patch)
        for k, i in enumerate(rows.tolist()):
            left, top = corners[k]
            y0, x0, y1, x1 = max(top, 0), max(left, 0), min(top + patch, side), min(left + patch, side)
            if y0 >= y1 or x0 >= x1:
                continue
            mask = masks[k, y0 - top : y1 - top, x0 - left : x1 - left]
            skin = skins[k, y0 - top : y1 - top, x0 - left : x1 - left]
            frames[i, y0:y1, x0:x1] += mask * (skin - before[i][y0:y1, x0:x1]) / moments


def patches(thing: Sprite, centre: Array, turn: Array, grow: Array, squeeze: float,
            patch: int) -> tuple[Array, Array, list[list[int]]]:
    """Skin and mask (n, patch, patch) of a thing at n places, and the left top corners in pixels."""
    height, width = thing.mask.shape
    corner = np.floor(centre - patch / 2).astype(int)
    near = np.arange(patch) + 0.5
    dx = ((corner[:, :1] + near - centre[:, :1]) * (FINER / squeeze)).astype(np.float32)
    dy = ((corner[:, 1:] + near - centre[:, 1:]) * FINER).astype(np.float32)
    cos, sin = np.cos(turn)[:, None].astype(np.float32), np.sin(turn)[:, None].astype(np.float32)
    gu, gv = grow[:, :1].astype(np.float32), grow[:, 1:].astype(np.float32)
    u = (dx * cos / gu + width / 2)[:, None, :] + (dy * sin / gu)[:, :, None]
    v = (height / 2 - dx * sin / gv)[:, None, :] + (dy * cos / gv)[:, :, None]
    np.clip(u, 0, width - 1, out=u)
    np.clip(v, 0, height - 1, out=v)
    place = v.astype(np.int32) * np.int32(width) + u.astype(np.int32)
    return thing.skin.ravel()[place], thing.mask.ravel()[place], corner.tolist()

"""Sounds longer than a model was trained for: overlapping windows over one shared latent.

At each step every window predicts a velocity from the part of the latent that it covers; where windows overlap the
velocities are averaged (MultiDiffusion, Bar-Tal et al. 2023). There are no seams to hide: the latent is one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from engine.sampling.flow import Velocity

OVERLAP = 0.25
"""Share of a window that the next one also covers, at least."""


Aligned = Callable[[int], int]
"""The last frame up to a given one at which a window may begin."""


def anywhere(frame: int) -> int:
    """Every frame may begin a window."""
    return frame


def places(frames: int, longest: int, overlap: float = OVERLAP, aligned: Aligned = anywhere) -> list[slice]:
    """Windows of `longest` frames, evenly spread over `frames`; one window where that is enough.

    Where a window may not begin anywhere, it begins a little earlier, and the last one may be longer by as much.
    """
    if frames <= longest:
        return [slice(0, frames)]
    shared = min(longest - 1, max(1, round(longest * overlap)))
    count = math.ceil((frames - shared) / (longest - shared))
    step = (frames - longest) / (count - 1)
    starts = [aligned(round(i * step)) for i in range(count)]
    return [slice(start, start + longest) for start in starts[:-1]] + [slice(starts[-1], frames)]


def ramp(length: int) -> Tensor:
    """Weight of each frame of a window: 1 in its middle, falling in straight lines towards its ends, never 0."""
    place = torch.arange(length, dtype=torch.float32) + 0.5
    return torch.minimum(place, length - place) / (length / 2)


def averaged(velocities: Sequence[Velocity], where: Sequence[Sequence[slice]]) -> Velocity:
    """One velocity for the whole latent from one for each group of windows.

    A group's windows are of one length; its velocity is asked for all of them as one batch, window after window.
    """
    if len(velocities) == 1 and len(where[0]) == 1:
        return velocities[0]

    def velocity(x: Tensor, t: float) -> Tensor:
        total, weight = torch.zeros_like(x), torch.zeros(x.shape[1], device=x.device)
        for one, group in zip(velocities, where, strict=True):
            found = one(torch.cat([x[:, place] for place in group]), t).chunk(len(group))
            for part, place in zip(found, group, strict=True):
                share = ramp(place.stop - place.start).to(x.device)
                total[:, place] += share[:, None] * part
                weight[place] += share
        return total / weight[:, None]

    return velocity


def blended(pieces: Sequence[Tensor], where: Sequence[slice]) -> Tensor:
    """(batch, frames, channels) from pieces that overlap, each counting less towards its ends."""
    if len(pieces) == 1:
        return pieces[0]
    frames = where[-1].stop
    total = pieces[0].new_zeros(pieces[0].shape[0], frames, pieces[0].shape[2])
    weight = pieces[0].new_zeros(frames)
    for piece, place in zip(pieces, where, strict=True):
        share = ramp(place.stop - place.start).to(piece)
        total[:, place] += share[:, None] * piece
        weight[place] += share
    return total / weight[:, None]


def grouped(where: Sequence[slice], at_once: int) -> list[list[slice]]:
    """Runs of at most `at_once` windows of one length, in order."""
    groups: list[list[slice]] = []
    for place in where:
        last = groups[-1] if groups else []
        if last and len(last) < at_once and place.stop - place.start == last[0].stop - last[0].start:
            last.append(place)
        else:
            groups.append([place])
    return groups


def joined(pieces: Sequence[Tensor], where: Sequence[slice], frames: int) -> Tensor:
    """One waveform (batch, samples) from the decoded windows, crossfaded over a tenth of each overlap.

    Away from its ends a window decodes to what the whole latent would; only its middle is used.
    """
    hop = pieces[0].shape[-1] / (where[0].stop - where[0].start)
    result = torch.zeros(*pieces[0].shape[:-1], round(frames * hop), dtype=pieces[0].dtype)
    done = 0
    for piece, place, before in zip(pieces, where, [None, *where[:-1]], strict=True):
        start = round(place.start * hop)
        if before is None:
            result[..., : piece.shape[-1]] = piece
        else:
            middle = round((place.start + before.stop) / 2 * hop)
            half = max(1, (done - start) // 20)
            fade = torch.linspace(0, 1, 2 * half, dtype=piece.dtype)
            low, high = middle - half, middle + half
            mixed = result[..., low:high] * (1 - fade) + piece[..., low - start : high - start] * fade
            result[..., low:high] = mixed
            result[..., high : start + piece.shape[-1]] = piece[..., high - start : result.shape[-1] - start]
        done = start + piece.shape[-1]
    return result

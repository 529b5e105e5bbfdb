"""Starting from a sound instead of from noise, and leaving parts of it alone: functions over a velocity.

At time t a latent z with its noise ε stands at (1 − t) · ε + t · z. A variation begins part of the way from there
(SDEdit, Meng et al. 2022); what is to stay is put back there at every step (RePaint, Lugmayr et al. 2022, whose known
region is that of a diffusion; on a flow it moves in a straight line).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.sampling.flow import Velocity


@dataclass(frozen=True)
class Base:
    """latent: (frames, channels) of the sound to start from; strength 0..1: how far it may change;
    free: (frames,) True where it may, None for everywhere."""

    latent: Tensor
    strength: float = 1.0
    free: Tensor | None = None


def begun(noise: Tensor, base: Base) -> Tensor:
    """Where sampling begins, at t = 1 − strength. noise: (candidates, frames, channels)."""
    return base.strength * noise + (1 - base.strength) * base.latent


def times_of(steps: int, strength: float = 1.0) -> list[float]:
    """Times from 1 − strength to 1; as far apart as `steps` from 0 to 1 would be, or a little less."""
    count = max(1, math.ceil(steps * strength - 1e-9))
    return [1 - strength + strength * i / count for i in range(count)] + [1.0]


def held(velocity: Velocity, noise: Tensor, base: Base) -> Velocity:
    """The velocity, but straight from the noise to the base where the base is not free."""
    if base.free is None:
        return velocity
    free, line = base.free[:, None], base.latent - noise

    def with_the_rest_held(x: Tensor, t: float) -> Tensor:
        return torch.where(free, velocity(x, t), line)

    return with_the_rest_held


def free_frames(frames: int, rate: float, start_s: float, end_s: float) -> Tensor:
    """(frames,) True for every frame, at `rate` a second, that a stretch touches."""
    first, last = math.floor(start_s * rate + 1e-6), math.ceil(end_s * rate - 1e-6)
    places = torch.arange(frames)
    return (places >= first) & (places < last)

"""From conditions and seeds to waveforms: noise, guidance, windows, steps, decoding. Knows no files."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.backbones.base import Backbone, Conditions, Prepared, without
from engine.conditioning.conditions import latent_rate, part
from engine.memory import halving
from engine.sampling.flow import OnStep, Velocity, euler, even_times
from engine.sampling.guidance import guided
from engine.sampling.noise import noise
from engine.sampling.windows import averaged, joined, places

Sampler = Callable[[Velocity, Tensor, Sequence[float], OnStep], Tensor]

SAMPLERS: dict[str, Sampler] = {"euler": euler}


@dataclass(frozen=True)
class Plan:
    """How to sample; `negative` is a prompt that stands in for the empty condition; `begin`: guided from this t on."""

    sampler: str
    steps: int
    guidance: float
    negative: str = ""
    begin: float = 0.0


OnWork = Callable[[int, int], None]
"""Steps done and steps in all, over every batch; may raise Cancelled."""


@torch.inference_mode()
def latents(
    backbone: Backbone, given: Conditions, plan: Plan, seeds: Sequence[int], rows: int, on_work: OnWork
) -> Tensor:
    """(len(seeds), frames, channels) on the CPU. `given` is a batch of one.

    Always `rows` candidates are sampled together, the last ones repeated to fill up, so that their number changes
    nothing.
    """
    frames, channels = backbone.latent_shape(given.seconds)
    where = places(frames, backbone.latent_shape(backbone.card.longest_s)[0])
    device = next(backbone.module.parameters()).device
    sides = [_sides(backbone, part(given, place, latent_rate(backbone)), plan) for place in where]
    start = noise(seeds, (frames, channels))
    found: list[Tensor] = []

    def work(at_once: int) -> None:
        while (done := sum(len(batch) for batch in found)) < len(seeds):
            real = min(at_once, len(seeds) - done)
            x = torch.cat([start[done : done + real], *[start[-1:]] * (at_once - real)]).to(device)
            velocity = averaged([_velocity(backbone, side, plan, at_once) for side in sides], where)
            on_step = _counted(on_work, done, real, len(seeds))
            found.append(SAMPLERS[plan.sampler](velocity, x, even_times(plan.steps), on_step).cpu()[:real])

    with exactly():
        halving(rows, work)
    return torch.cat(found)


@torch.inference_mode()
def waveform(backbone: Backbone, latent: Tensor, seed: int = 0) -> NDArray[np.float32]:
    """(frames, channels) → (samples,) at the backbone's rate.

    One candidate at a time, so that its sound does not hang on what else is decoded; long ones by windows.
    """
    device = next(backbone.module.parameters()).device
    where = places(len(latent), backbone.latent_shape(backbone.card.longest_s)[0])
    with exactly():
        pieces = [backbone.decode(latent[None, place].to(device), seed).float().cpu() for place in where]
        return np.ascontiguousarray(joined(pieces, where, len(latent))[0].numpy())


@contextlib.contextmanager
def exactly() -> Iterator[None]:
    """The same input gives the same bits on a GPU too: fixed algorithms, no TF32."""
    cudnn, matmul = torch.backends.cudnn, torch.backends.cuda.matmul
    before = cudnn.deterministic, cudnn.benchmark, cudnn.allow_tf32, matmul.allow_tf32
    cudnn.deterministic, cudnn.benchmark, cudnn.allow_tf32, matmul.allow_tf32 = True, False, False, False
    try:
        yield
    finally:
        cudnn.deterministic, cudnn.benchmark, cudnn.allow_tf32, matmul.allow_tf32 = before


def _sides(backbone: Backbone, given: Conditions, plan: Plan) -> tuple[Prepared, Prepared | None]:
    """With the conditions, and without them (None where guidance asks for nothing else)."""
    if plan.guidance == 1:
        return backbone.prepare(given), None
    nothing = without(given)
    instead = Conditions(given.seconds, text=(plan.negative,)) if plan.negative else nothing
    return backbone.prepare(given), backbone.prepare(instead)


def _velocity(backbone: Backbone, sides: tuple[Prepared, Prepared | None], plan: Plan, rows: int) -> Velocity:
    given, instead = sides
    if instead is not None:
        return guided(backbone.predict, given.repeat(rows), instead.repeat(rows), plan.guidance, plan.begin)
    alone = given.repeat(rows)

    def velocity(x: Tensor, t: float) -> Tensor:
        return backbone.predict(x, torch.full((len(x),), t, device=x.device), alone)

    return velocity


def _counted(on_work: OnWork, done: int, rows: int, candidates: int) -> OnStep:

    def on_step(step: int, steps: int, x: Tensor) -> None:
        on_work(done * steps + step * rows, candidates * steps)

    return on_step

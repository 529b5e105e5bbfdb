"""From conditions and seeds to waveforms: noise, guidance, windows, steps, decoding. Knows no files."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.backbones.base import Backbone, Conditions, Prepared, without
from engine.conditioning.conditions import latent_rate, part
from engine.memory import halving
from engine.sampling.flow import OnStep, Velocity, euler
from engine.sampling.guidance import ORDER, guided, stages
from engine.sampling.inpainting import Base, begun, held, times_of
from engine.sampling.noise import noise
from engine.sampling.windows import averaged, joined, places
from engine.spec import Guidances

Sampler = Callable[[Velocity, Tensor, Sequence[float], OnStep], Tensor]

SAMPLERS: dict[str, Sampler] = {"euler": euler}

FIELDS = {"events": ("events",), "picture": ("picture", "seen"), "reference": ("reference",), "text": ("text",)}
"""What of the conditions one guidance is about."""


@dataclass(frozen=True)
class Plan:
    """How to sample; `negative` is a prompt that stands in for the empty condition; `begin`: guided from this t on;
    `guidances`: where a condition has a guidance of its own."""

    sampler: str
    steps: int
    guidance: float
    negative: str = ""
    begin: float = 0.0
    guidances: Guidances = Guidances()


OnWork = Callable[[int, int], None]
"""Steps done and steps in all, over every batch; may raise Cancelled."""


@torch.inference_mode()
def latents(
    backbone: Backbone,
    given: Conditions,
    plan: Plan,
    seeds: Sequence[int],
    rows: int,
    on_work: OnWork,
    base: Base | None = None,
) -> Tensor:
    """(len(seeds), frames, channels) on the CPU. `given` is a batch of one; `base`: what to start from, on the CPU.

    Always `rows` candidates are sampled together, the last ones repeated to fill up, so that their number changes
    nothing.
    """
    frames, channels = backbone.latent_shape(given.seconds)
    where = places(frames, backbone.latent_shape(backbone.card.longest_s)[0])
    device = next(backbone.module.parameters()).device
    windows = [_passes(backbone, part(given, place, latent_rate(backbone)), plan) for place in where]
    start = noise(seeds, (frames, channels))
    times = times_of(plan.steps, base.strength if base else 1.0)
    found: list[Tensor] = []

    def work(at_once: int) -> None:
        while (done := sum(len(batch) for batch in found)) < len(seeds):
            real = min(at_once, len(seeds) - done)
            x = torch.cat([start[done : done + real], *[start[-1:]] * (at_once - real)]).to(device)
            repeated = [[(one.repeat(at_once), share) for one, share in passes] for passes in windows]
            velocity = averaged([guided(backbone.predict, passes, plan.begin) for passes in repeated], where)
            if base is not None:
                there = replace(base, latent=base.latent.to(device), free=_on(device, base.free))
                velocity, x = held(velocity, x, there), begun(x, there)
            on_step = _counted(on_work, done, real, len(seeds))
            found.append(SAMPLERS[plan.sampler](velocity, x, times, on_step).cpu()[:real])

    with exactly():
        halving(rows, work)
    return torch.cat(found)


@torch.inference_mode()
def latent_of(backbone: Backbone, wave: NDArray[np.float32], seconds: float) -> Tensor:
    """(frames, channels) on the CPU of a sound (samples,) at the backbone's rate, with silence up to `seconds`."""
    frames, _ = backbone.latent_shape(seconds)
    device = next(backbone.module.parameters()).device
    silence = max(0, math.ceil(seconds * backbone.sample_rate) - len(wave))
    with exactly():
        latent = backbone.encode(torch.from_numpy(np.pad(wave, (0, silence)))[None].to(device))[0].float().cpu()
    return latent[:frames]


@torch.inference_mode()
def waveform(backbone: Backbone, latent: Tensor, seed: int = 0) -> NDArray[np.float32]:
    """(frames, channels) → (samples,) at the backbone's rate.

    One candidate at a time, so that its sound does not hang on what else is decoded; long ones by windows.
    """
    device = next(backbone.module.parameters()).device
    where = places(len(latent), backbone.latent_shape(backbone.card.longest_s)[0])
    with exactly():
        pieces = [
            backbone.decode(latent[None, place].to(device), seed, place.start).float().cpu() for place in where
        ]
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


def _passes(backbone: Backbone, given: Conditions, plan: Plan) -> list[tuple[Prepared, float]]:
    """What the network is given in each pass, and the share of it. A negative prompt stands in for a missing one."""
    weights = {name: _guidance(plan, name) for name in ORDER if _asks(given, plan, name)}
    negative = (plan.negative,) if plan.negative and weights.get("text") else None
    found = []
    for stage in stages(weights):
        dropped = [field for name in ORDER if name not in stage.names for field in FIELDS[name]]
        left = without(given, *dropped) if dropped else given
        if "text" not in stage.names:
            left = replace(left, text=negative)
        found.append((backbone.prepare(left), stage.share))
    return found


def _asks(given: Conditions, plan: Plan, name: str) -> bool:
    there = any(getattr(given, field) is not None for field in FIELDS[name])
    return there or (name == "text" and bool(plan.negative))


def _guidance(plan: Plan, name: str) -> float:
    own: float | None = getattr(plan.guidances, name)
    return plan.guidance if own is None else own


def _on(device: torch.device, tensor: Tensor | None) -> Tensor | None:
    return None if tensor is None else tensor.to(device)


def _counted(on_work: OnWork, done: int, rows: int, candidates: int) -> OnStep:

    def on_step(step: int, steps: int, x: Tensor) -> None:
        on_work(done * steps + step * rows, candidates * steps)

    return on_step

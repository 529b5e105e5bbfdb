"""From conditions and seeds to waveforms: noise, guidance, windows, steps, decoding. Knows no files."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.backbones.base import Backbone, Conditions, Prepared, of_candidate, stack, turns_of, without
from engine.exactly import exactly
from engine.memory import squeezing, windows_at_once
from engine.sampling.course import SCHEMES, along, course
from engine.sampling.flow import OnStep, Velocity
from engine.sampling.guidance import ORDER, guided, stages
from engine.sampling.inpainting import Base, begun, held
from engine.sampling.noise import noise
from engine.sampling.windows import averaged, grouped, joined, places
from engine.spec import Guidances

FIELDS = {
    "events": ("events", "sync"),
    "picture": ("picture", "seen", "clip"),
    "reference": ("reference",),
    "text": ("text",),
}
"""What of the conditions one guidance is about: events say when something sounds, the picture says what."""

SHORTEST_WINDOW_S = 2.0
"""Where memory is short, windows get half as long, but not shorter than this."""


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

    def weight(self, condition: str) -> float:
        own: float | None = getattr(self.guidances, condition)
        return self.guidance if own is None else own

    @property
    def left_out(self) -> frozenset[str]:
        """Conditions without weight."""
        return frozenset(name for name in ORDER if not self.weight(name))


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

    At most `rows` candidates are sampled together. Where the backbone fills batches up, the last candidates are
    repeated, so that their number changes nothing. Raises Refused where memory is too short for one.
    """
    frames, channels = backbone.latent_shape(given.seconds)
    start = noise(seeds, (frames, channels))
    turns = [seed % turns_of(given) for seed in seeds]
    scheme = SCHEMES[plan.sampler]
    stretches = course(scheme, plan.steps, base.strength if base else 1.0, plan.begin)
    found: list[Tensor] = []

    def work(at_once: int, longest: int) -> None:
        where = places(frames, longest, aligned=backbone.aligned)
        windows = {turn: [_passes(backbone, backbone.part(of_candidate(given, turn), place), plan) for place in where]
                   for turn in sorted(set(turns))}
        backbone.settle()
        while (done := sum(len(batch) for batch in found)) < len(seeds):
            real = min(at_once, len(seeds) - done)
            rows = at_once if backbone.fills_up else real
            x = torch.cat([start[done : done + real], *[start[-1:]] * (rows - real)]).to(backbone.device)
            mine = turns[done : done + real]
            velocity = _velocity(backbone, windows, where, plan.begin, mine + mine[-1:] * (rows - real))
            if base is not None:
                there = replace(base, latent=base.latent.to(backbone.device), free=_on(backbone.device, base.free))
                velocity, x = held(velocity, x, there), begun(x, there)
            on_step = _counted(on_work, done, real, len(seeds))
            found.append(along(scheme, velocity, x, stretches, on_step).cpu()[:real])

    with exactly():
        squeezing(rows, _longest(backbone), work, partial(backbone.offload, True), _frames(backbone, SHORTEST_WINDOW_S))
    return torch.cat(found)


Passes = list[tuple[Prepared, float]]
"""What the network is given in each pass of a step, and the share of it."""


def _velocity(backbone: Backbone, windows: Mapping[int, Sequence[Passes]], where: Sequence[slice], begin: float,
              turns: Sequence[int]) -> Velocity:
    """The guided velocity of candidates over the whole latent, as many windows at once as memory allows; `turns`: which
    of the `windows` each candidate is given."""
    groups = grouped(where, windows_at_once(backbone.device, backbone.row_bytes, len(turns)))
    velocities, rest = [], iter(range(len(where)))
    for group in groups:
        mine = [next(rest) for _ in group]
        shares = [share for _, share in windows[turns[0]][mine[0]]]
        passes = [(stack(*(_rows([windows[turn][window][i][0] for turn in turns]) for window in mine)), share)
                  for i, share in enumerate(shares)]
        velocities.append(guided(backbone.predict, passes, begin))
    return averaged(velocities, groups)


def _rows(candidates: Sequence[Prepared]) -> Prepared:
    """A row for each candidate; where all are given the same, without copying it first."""
    first = candidates[0]
    return first.repeat(len(candidates)) if all(one is first for one in candidates) else stack(*candidates)


@torch.inference_mode()
def latent_of(backbone: Backbone, wave: NDArray[np.float32], seconds: float) -> Tensor:
    """(frames, channels) on the CPU of a sound (samples,) at the backbone's rate, with silence up to `seconds`."""
    frames = _frames(backbone, seconds)
    silence = max(0, math.ceil(seconds * backbone.sample_rate) - len(wave))
    with exactly():
        latent = backbone.encode(torch.from_numpy(np.pad(wave, (0, silence)))[None].to(backbone.device))
    return latent[0].float().cpu()[:frames]


@torch.inference_mode()
def waveform(backbone: Backbone, latent: Tensor, seed: int = 0,
             given: Conditions | None = None, like: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """(frames, channels) → (samples,) at the backbone's rate. Raises Refused where memory is too short.

    `given`: what it was made from, for all candidates; `like`: (samples,) at the backbone's rate, a sound to take the
    grain from in place of what `given` holds. One candidate at a time, so that its sound does not hang on what else is
    decoded; long ones by windows.
    """
    found: list[Tensor] = []
    grain = None
    if given is not None:
        sound = torch.from_numpy(like).to(backbone.device) if like is not None else None
        with exactly():
            grain = backbone.grain(latent.to(backbone.device), of_candidate(given, seed), sound)

    def work(rows: int, longest: int) -> None:
        where = places(len(latent), longest)
        pieces = [
            backbone.decode(latent[None, place].to(backbone.device), seed, place.start,
                            None if grain is None else grain[None, place]).float().cpu()
            for place in where
        ]
        found.append(joined(pieces, where, len(latent))[0])

    with exactly():
        squeezing(1, _longest(backbone), work, partial(backbone.offload, False), _frames(backbone, SHORTEST_WINDOW_S))
    return np.ascontiguousarray(found[0].numpy())


def _longest(backbone: Backbone) -> int:
    """Frames of the longest sound that the model knows."""
    return _frames(backbone, backbone.card.longest_s)


def _frames(backbone: Backbone, seconds: float) -> int:
    return backbone.latent_shape(seconds)[0]


def _passes(backbone: Backbone, given: Conditions, plan: Plan) -> Passes:
    """A negative prompt stands in for a missing one."""
    weights = {name: plan.weight(name) for name in ORDER if _asks(given, plan, name)}
    negative = (plan.negative,) if plan.negative and weights.get("text") else None
    found = []
    for stage in stages(weights):
        dropped = [field for name in ORDER if name not in stage.names for field in FIELDS[name]]
        left = without(given, *dropped) if dropped else given
        if "text" not in stage.names:
            # What is to be avoided is not to sound like what is asked for.
            left = replace(left, text=negative, likeness=None if negative else left.likeness)
        found.append((backbone.prepare(left), stage.share))
    return found


def _asks(given: Conditions, plan: Plan, name: str) -> bool:
    there = any(getattr(given, field) is not None for field in FIELDS[name])
    return there or (name == "text" and bool(plan.negative))


def _on(device: torch.device, tensor: Tensor | None) -> Tensor | None:
    return None if tensor is None else tensor.to(device)


def _counted(on_work: OnWork, done: int, rows: int, candidates: int) -> OnStep:

    def on_step(step: int, steps: int, x: Tensor) -> None:
        on_work(done * steps + step * rows, candidates * steps)

    return on_step

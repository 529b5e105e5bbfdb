"""What every generator network in the product gives, and nothing else may ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Protocol

import torch
from torch import Tensor, nn

from engine.conditioning.scene import Scene
from engine.registry import ModelCard
from engine.spec import FAST


@dataclass(frozen=True)
class Conditions:
    """What a batch of candidates is conditioned on. None drops a condition for the whole batch.

    text: one prompt a candidate; picture: (batch, frames, features) at the latent rate; seen: (batch, 384), what the
    picture shows, as a sentence vector; events: (batch, frames) strength 0 to 1 at the latent rate; reference:
    (batch, m, channels), the latent of a sound to be like; clip: (batch, n, features), what each of some frames shows;
    sync: (batch, segments, tokens, features), how the picture moves; likeness: (batch, takes, m, channels), how that
    sounds of which the words speak, in one take or several (`of_candidate`), which no guidance takes away; fine:
    (batch, takes, bands, frames), what of the likeness is lost in a latent, as a mel has it;
    seconds: length of the sound. A system reads those that it knows.
    """

    seconds: float
    text: tuple[str, ...] | None = None
    picture: Tensor | None = None
    events: Tensor | None = None
    seen: Tensor | None = None
    reference: Tensor | None = None
    clip: Tensor | None = None
    sync: Tensor | None = None
    likeness: Tensor | None = None
    fine: Tensor | None = None


@dataclass(frozen=True)
class Prepared:
    """Whatever of the conditions does not depend on the step: named tensors, batch first."""

    tensors: dict[str, Tensor]

    @property
    def batch(self) -> int:
        return next(iter(self.tensors.values())).shape[0]

    def repeat(self, times: int) -> Prepared:
        """The whole batch, `times` over: a b → a b a b."""
        return Prepared({k: v.repeat(times, *[1] * (v.dim() - 1)) for k, v in self.tensors.items()})

    def rows(self, index: Tensor | slice) -> Prepared:
        return Prepared({k: v[index] for k, v in self.tensors.items()})


def stack(*parts: Prepared) -> Prepared:
    """One batch of several, in order. All must hold the same names.

    Where lengths behind the batch differ (prompts of unlike length), the shorter end in zeros; a backbone's masks are
    zero, False, where there is nothing.
    """
    return Prepared({name: _stacked([part.tensors[name] for part in parts]) for name in parts[0].tensors})


def _stacked(tensors: Sequence[Tensor]) -> Tensor:
    widest = [max(sizes) for sizes in zip(*(tensor.shape[1:] for tensor in tensors), strict=True)]
    return torch.cat([_padded(tensor, widest) for tensor in tensors])


def _padded(tensor: Tensor, shape: Sequence[int]) -> Tensor:
    if list(tensor.shape[1:]) == list(shape):
        return tensor
    whole = tensor.new_zeros(tensor.shape[0], *shape)
    whole[tuple(slice(0, size) for size in tensor.shape)] = tensor
    return whole


class Backbone(Protocol):
    """A generator network with its codec and its conditioners. What it does not need yet it need not have loaded."""

    card: ModelCard
    device: torch.device
    sample_rate: int
    parametrisation: Literal["velocity", "epsilon", "v"]
    row_bytes: int
    """What one row of the network's batch, as long as the model's longest sound, takes of a GPU, generously."""
    fills_up: bool
    """Whether batches are filled up to one size, so that a seed gives the same bits in any company. A heavy network
    is not: there each row costs time."""

    @property
    def module(self) -> nn.Module:
        """The network that adapters attach to (LoRA on its linear layers)."""
        ...

    def latent_shape(self, seconds: float) -> tuple[int, int]:
        """(frames, channels) of the latent of so long a sound."""
        ...

    def made_s(self, seconds: float) -> float:
        """How long a sound is made for a cue of so many seconds, of which the rest is cut off."""
        ...

    def conditions(self, scene: Scene) -> Conditions:
        """A batch of one for the scene, on the device. Raises Refused for a sound or picture that cannot be read."""
        ...

    def aligned(self, frame: int) -> int:
        """The last frame up to this one at which a window may begin: where its conditions can be cut."""
        ...

    def part(self, conditions: Conditions, place: slice) -> Conditions:
        """The conditions of one window, whose start is aligned."""
        ...

    def settle(self) -> None:
        """All conditions are there: let go of what only they needed."""
        ...

    def offload(self, sampling: bool) -> bool:
        """Free what memory of the device sampling, or else decoding, can do without; False where there is none."""
        ...

    def needs(self, seconds: float, rows: int, precision: str = FAST) -> int:
        """About how many bytes of memory a cue of so many seconds takes, `rows` candidates at a time."""
        ...

    def prepare(self, conditions: Conditions) -> Prepared: ...

    def predict(self, x: Tensor, t: Tensor, prepared: Prepared) -> Tensor:
        """x: (batch, frames, channels), t: (batch,) in 0..1 → the same shape as x."""
        ...

    def grain(self, latent: Tensor, conditions: Conditions, sound: Tensor | None = None) -> Tensor | None:
        """What decoding is to make of a latent (frames, channels) that takes after a sound: (frames, …), a row for each
        of its frames; None where there is no such sound, or decoding knows by itself.

        `sound`: (samples,) at `sample_rate`, the take that it was begun from or the designer's reference; without one,
        the likeness in the conditions, which are one candidate's.
        """
        ...

    def decode(self, latent: Tensor, seed: int = 0, start: int = 0, grain: Tensor | None = None) -> Tensor:
        """(batch, frames, channels) → (batch, samples) at `sample_rate`.

        `seed`: of the noise, where decoding draws any; `start`: the frame of the whole latent at which this part
        begins. Noise belongs to the place, so that parts that are decoded by themselves fit together. `grain`: (batch,
        frames, …), what `grain` says of these frames.
        """
        ...

    def encode(self, waveform: Tensor) -> Tensor:
        """(batch, samples) at `sample_rate` → (batch, frames, channels)."""
        ...


def turns_of(conditions: Conditions) -> int:
    """In how many ways candidates follow a likeness: one for each take; 1 where there is none."""
    return 1 if conditions.likeness is None else conditions.likeness.shape[1]


def of_candidate(conditions: Conditions, seed: int) -> Conditions:
    """What the candidate of a seed is conditioned on. Seeds take turns at a likeness: if all followed the same take,
    there would be little to choose between them."""
    if conditions.likeness is None:
        return conditions
    turn = seed % turns_of(conditions)
    mine = slice(turn, turn + 1)
    fine = conditions.fine[:, mine] if conditions.fine is not None else None
    return replace(conditions, likeness=conditions.likeness[:, mine], fine=fine)


def without(conditions: Conditions, *names: str) -> Conditions:
    """The same conditions with the named ones dropped (all of them when none is named)."""
    dropped: dict[str, Any] = dict.fromkeys(names or [f.name for f in fields(conditions) if f.name != "seconds"], None)
    return replace(conditions, **dropped)

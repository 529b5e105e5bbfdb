"""From pairs to tensors of one length: every sound encoded once, every picture looked at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.backbones.base import Backbone, Conditions, Prepared, of_candidate, stack
from engine.conditioning.conditions import latent_rate
from engine.media.audio_file import read_audio
from engine.spec import OnProgress, Progress, Recipe, Refused, ignore
from training.preferences.pairs import Pair

ConditionsOf = Callable[[Recipe], Conditions]

WITHIN_ONE_LENGTH = 1.5
"""Pairs of one batch are cut to the shortest among them; none is more than this times longer."""


@dataclass(frozen=True)
class Encoded:
    """One pair as latents (frames, channels) of one length, with its conditions (a batch of one): the winner's, where
    candidates follow different takes of a likeness."""

    pair: Pair
    winner: Tensor
    loser: Tensor
    conditions: Conditions

    @property
    def frames(self) -> int:
        return self.winner.shape[0]


@dataclass(frozen=True)
class Group:
    """Pieces of equal length. Row i of every tensor is one piece; `given[i]` is its conditions, `pair[i]` says of what.

    winner, loser: (pieces, frames, channels); weight: (pieces,), which adds up to the weight of the pairs.
    """

    winner: Tensor
    loser: Tensor
    given: tuple[Conditions, ...]
    weight: Tensor
    pair: tuple[str, ...]


@dataclass(frozen=True)
class Skipped:
    """A pair that could not be used, and the sentence why."""

    pair: str
    says: str


def encode_pairs(
    pairs: Sequence[Pair], backbone: Backbone, conditions_of: ConditionsOf, on_progress: OnProgress = ignore
) -> tuple[list[Encoded], list[Skipped]]:
    """Read and encode each sound once, however many pairs it is in. What is missing on disk is skipped, and named."""
    latents: dict[str, Tensor] = {}
    given: dict[Recipe, Conditions] = {}
    encoded: list[Encoded] = []
    skipped: list[Skipped] = []
    for i, pair in enumerate(pairs):
        on_progress(Progress("Reading the picks", i, len(pairs)))
        try:
            encoded.append(_encode(pair, backbone, conditions_of, latents, given))
        except Refused as refusal:
            skipped.append(Skipped(pair.id, str(refusal)))
    on_progress(Progress("Reading the picks", len(pairs), len(pairs)))
    return encoded, skipped


def _encode(
    pair: Pair,
    backbone: Backbone,
    conditions_of: ConditionsOf,
    latents: dict[str, Tensor],
    given: dict[Recipe, Conditions],
) -> Encoded:
    for path in (pair.winner_wav, pair.loser_wav):
        if path not in latents:
            latents[path] = latent_of(path, backbone)
    if pair.recipe not in given:
        with torch.no_grad():
            given[pair.recipe] = conditions_of(pair.recipe)
    winner, loser = latents[pair.winner_wav], latents[pair.loser_wav]
    frames = min(len(winner), len(loser), backbone.latent_shape(pair.recipe.span.seconds)[0])
    if not frames:
        raise Refused(f"The sound {pair.winner_wav} is empty; it cannot be learned from.")
    whole = backbone.part(of_candidate(given[pair.recipe], pair.winner_seed), slice(0, frames))
    return Encoded(pair, winner[:frames], loser[:frames], whole)


@torch.no_grad()
def latent_of(wav: str, backbone: Backbone) -> Tensor:
    """(frames, channels) of a sound file. Raises Refused when it cannot be read."""
    wave = read_audio(wav, rate=backbone.sample_rate, mono=True)
    return backbone.encode(torch.from_numpy(wave[:, 0])[None].to(backbone.device))[0]


def group(encoded: Sequence[Encoded], backbone: Backbone, longest_s: float) -> list[Group]:
    """Cut the pairs into pieces so that pairs of similar length share one length."""
    longest = max(1, math.floor(longest_s * latent_rate(backbone)))
    return [_grouped(members, min(longest, members[0].frames), backbone) for members in _by_length(encoded, longest)]


def _by_length(encoded: Sequence[Encoded], longest: int) -> Iterator[list[Encoded]]:
    """Runs of pairs, shortest first, in which none is WITHIN_ONE_LENGTH times longer than the first."""
    members: list[Encoded] = []
    for one in sorted(encoded, key=lambda one: (min(longest, one.frames), one.pair.id)):
        if members and min(longest, one.frames) > WITHIN_ONE_LENGTH * members[0].frames:
            yield members
            members = []
        members.append(one)
    if members:
        yield members


def _grouped(members: Sequence[Encoded], frames: int, backbone: Backbone) -> Group:
    begins = {one.pair.id: [backbone.aligned(start) for start in starts(one.frames, frames)] for one in members}
    places = [(one, slice(start, start + frames)) for one in members for start in begins[one.pair.id]]
    return Group(
        winner=torch.stack([one.winner[place] for one, place in places]),
        loser=torch.stack([one.loser[place] for one, place in places]),
        given=tuple(backbone.part(one.conditions, place) for one, place in places),
        weight=torch.tensor([one.pair.weight / len(begins[one.pair.id]) for one, _ in places], dtype=torch.float64),
        pair=tuple(one.pair.id for one, _ in places),
    )


def prepared(given: Sequence[Conditions], backbone: Backbone) -> Prepared:
    """Row i is what the network makes of given[i] now, with its adapter or without; each object is prepared once.

    Layers that only conditions go through learn by this: what was prepared beforehand would never ask them again.
    """
    different = {id(conditions): conditions for conditions in given}
    places = {key: place for place, key in enumerate(different)}
    rows = torch.tensor([places[id(conditions)] for conditions in given], device=backbone.device)
    return stack(*(backbone.prepare(conditions) for conditions in different.values())).rows(rows)


def starts(frames: int, length: int) -> list[int]:
    """Where to cut pieces of `length` out of `frames` so that all of it is seen, evenly."""
    count = math.ceil(frames / length)
    return [round(i * (frames - length) / max(1, count - 1)) for i in range(count)]

"""What every preference objective for flow models is a function of."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Errors:
    """Velocity errors of one side of some pairs, each (pairs,): MEAN square over frames and channels.

    `reference` was measured on the same noise and the same t as `model`, and carries no gradient.
    """

    model: Tensor
    reference: Tensor


def squared_error(predicted: Tensor, target: Tensor) -> Tensor:
    """(batch, frames, channels) twice → (batch,): the mean, not the sum; every published beta is meant for it."""
    return (predicted - target).square().flatten(1).mean(dim=1)


def gap(winner: Errors, loser: Errors) -> Tensor:
    """(w - w_ref) - (l - l_ref): negative where the model has moved towards the winner, away from the loser."""
    return (winner.model - winner.reference) - (loser.model - loser.reference)


def implicit_accuracy(winner: Errors, loser: Errors) -> Tensor:
    """Share of pairs that the model orders as the designer did, strictly; 0 where model and reference agree."""
    return (gap(winner, loser) < 0).double().mean()

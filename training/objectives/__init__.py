"""Preference objectives: one formula a file, chosen by name."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

from training.objectives.errors import Errors
from training.objectives.flow_dpo import flow_dpo
from training.objectives.star_dpo import star_dpo

Objective = Callable[[Errors, Errors, float, float], Tensor]
"""(winner, loser, beta, weight of the flow-matching term) → one loss per pair."""

OBJECTIVES: dict[str, Objective] = {
    "flow-dpo": lambda winner, loser, beta, rfm_weight: flow_dpo(winner, loser, beta) + rfm_weight * winner.model,
    "star-dpo": star_dpo,
}
"""`flow-dpo` with a flow-matching weight of 1 is TangoFlux; with 0 it is V2A-DPO."""

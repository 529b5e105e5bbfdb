"""The objective of VisioSonic's STAR-DPO."""

from __future__ import annotations

from torch import Tensor
from torch.nn.functional import logsigmoid

from training.objectives.errors import Errors, gap


def star_dpo(
    winner: Errors, loser: Errors, beta: float = 300.0, rfm_weight: float = 1.0, rfm: Tensor | None = None
) -> Tensor:
    """-log sigmoid(-beta · [(w - w_ref) - (l - l_ref)]) + rfm_weight · L_RFM, one value per pair.

    No 1/2 before beta, so this beta is half of `flow_dpo`'s. `rfm` (pairs,) is the flow-matching error that holds
    the model to good sound; the paper does not say on which sound it is measured: None takes the winner.
    Source: VisioSonic (CVPR 2026).
    """
    anchor = winner.model if rfm is None else rfm
    return -logsigmoid(-beta * gap(winner, loser)) + rfm_weight * anchor

"""Direct preference optimisation for flow matching."""

from __future__ import annotations

from torch import Tensor
from torch.nn.functional import logsigmoid

from training.objectives.errors import Errors, gap


def flow_dpo(winner: Errors, loser: Errors, beta: float = 600.0) -> Tensor:
    """-log sigmoid(-beta/2 · [(w - w_ref) - (l - l_ref)]), one value per pair.

    Source: V2A-DPO (arXiv 2603.11089), equation 5, with the brackets where Flow-DPO (arXiv 2501.13918) has them;
    beta is constant over t. The same formula is Diffusion-DPO's and Tango 2's with their own beta.
    """
    return -logsigmoid(-0.5 * beta * gap(winner, loser))

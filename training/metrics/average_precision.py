"""Average precision as scikit-learn defines it: a sum over thresholds, ties taken together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def average_precision(relevant: npt.ArrayLike, score: npt.ArrayLike) -> float:
    """Σ (R_n - R_{n-1}) · P_n over falling distinct scores; 0 when nothing is relevant."""
    hit, score = np.asarray(relevant, float), np.asarray(score, float)
    if not hit.sum():
        return 0.0
    order = np.argsort(-score, kind="stable")
    hit, score = hit[order], score[order]
    last_of_tie = np.append(np.flatnonzero(np.diff(score)), hit.size - 1)
    hits = np.cumsum(hit)[last_of_tie]
    precision, recall = hits / (last_of_tie + 1), hits / hit.sum()
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))

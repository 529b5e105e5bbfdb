"""The filters of the loudness standard, against SciPy's."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy.signal import lfilter

from engine.audio.k_weighting import BLOCK, HIGH_PASS, REACH, SHELF, KWeighting


@pytest.mark.parametrize("lengths", [(1000,), (1, 479, 5000), (BLOCK - REACH, 7), (3 * BLOCK + 11,)])
def test_pieces_are_weighted_as_the_standard_says(lengths: tuple[int, ...]) -> None:
    sound = np.random.default_rng(0).standard_normal((sum(lengths), 2))
    weigh = KWeighting(2)
    pieces = np.split(sound, np.cumsum(lengths)[:-1])
    found = np.concatenate([weigh(piece) for piece in pieces])
    expected = lfilter(*HIGH_PASS, lfilter(*SHELF, sound, axis=0), axis=0)
    np.testing.assert_allclose(found, expected, atol=1e-10)


def test_a_comparison_is_matched_without_waiting_for_scipy() -> None:
    check = (
        "import sys, numpy as np; from foleydesk.playback.loudness import matching_gains_db;"
        "matching_gains_db({'A': np.ones(9000, np.float32)}); sys.exit('scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check]).returncode == 0

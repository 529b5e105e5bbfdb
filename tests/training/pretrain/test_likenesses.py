"""Which stretches stand for a thing: the clearest first, then those least like what is taken already."""

from __future__ import annotations

import numpy as np

from training.pretrain.likenesses import apart


def test_the_first_stays_and_the_others_are_as_unlike_as_can_be() -> None:
    colours = [np.full(4, level) for level in (0.0, 0.1, 9.0, 5.0, 8.8)]
    assert apart(colours, 1) == [0]
    assert apart(colours, 3) == [0, 2, 3]


def test_none_is_taken_twice_even_where_all_are_alike() -> None:
    assert sorted(apart([np.zeros(4)] * 4, 4)) == [0, 1, 2, 3]

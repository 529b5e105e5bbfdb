"""Windows over a shared latent."""

from __future__ import annotations

import pytest
import torch

from engine.sampling.flow import euler, even_times
from engine.sampling.windows import averaged, joined, places


@pytest.mark.parametrize(("frames", "longest"), [(10, 10), (11, 10), (43, 10), (1000, 172), (173, 172), (5, 1)])
def test_windows_cover_everything_in_order(frames: int, longest: int):
    where = places(frames, longest)
    covered = {i for place in where for i in range(frames)[place]}
    assert covered == set(range(frames))
    assert where[-1].stop == frames
    assert len({place.stop - place.start for place in where}) == 1
    assert all(a.start < b.start for a, b in zip(where, where[1:], strict=False))


def test_a_sound_that_fits_has_one_window():
    assert places(170, 172) == [slice(0, 170)]


def test_neighbours_share_a_quarter_at_least():
    where = places(1000, 100)
    assert all(a.stop - b.start >= 25 for a, b in zip(where, where[1:], strict=False))


def test_windows_that_agree_give_what_one_would():
    where = places(100, 30)
    one = euler(lambda x, t: -x, torch.ones(2, 100, 3), even_times(8))
    many = euler(averaged([lambda x, t: -x] * len(where), where), torch.ones(2, 100, 3), even_times(8))
    assert torch.allclose(one, many, atol=1e-6)


def test_where_windows_differ_the_change_is_gradual():
    where = places(100, 60)
    velocity = averaged([lambda x, t, i=i: torch.full_like(x, i) for i in range(len(where))], where)
    line = velocity(torch.zeros(1, 100, 1), 0.0)[0, :, 0]
    assert line[0] == 0
    assert line[-1] == len(where) - 1
    assert line.diff().abs().max() < 0.1


def test_joining_pieces_of_a_local_decoder_gives_the_whole():
    whole = torch.randn(1, 100 * 16, generator=torch.Generator().manual_seed(0))
    where = places(100, 30)
    pieces = [whole[:, place.start * 16 : place.stop * 16] for place in where]
    assert torch.allclose(joined(pieces, where, 100), whole, atol=1e-6)

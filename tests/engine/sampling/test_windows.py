"""Windows over a shared latent."""

from __future__ import annotations

import pytest
import torch

from engine.sampling.flow import euler, even_times
from engine.sampling.windows import averaged, grouped, joined, places


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
    many = euler(averaged([lambda x, t: -x] * len(where), grouped(where, 1)), torch.ones(2, 100, 3), even_times(8))
    assert torch.allclose(one, many, atol=1e-6)


def test_where_windows_differ_the_change_is_gradual():
    where = places(100, 60)
    each = [lambda x, t, i=i: torch.full_like(x, i) for i in range(len(where))]
    velocity = averaged(each, grouped(where, 1))
    line = velocity(torch.zeros(1, 100, 1), 0.0)[0, :, 0]
    assert line[0] == 0
    assert line[-1] == len(where) - 1
    assert line.diff().abs().max() < 0.1


def test_joining_pieces_of_a_local_decoder_gives_the_whole():
    whole = torch.randn(1, 100 * 16, generator=torch.Generator().manual_seed(0))
    where = places(100, 30)
    pieces = [whole[:, place.start * 16 : place.stop * 16] for place in where]
    assert torch.allclose(joined(pieces, where, 100), whole, atol=1e-6)


def test_windows_in_one_batch_give_what_they_give_one_by_one():
    where = places(100, 30)
    torch.manual_seed(0)
    x, rows = torch.randn(2, 100, 3), torch.arange(1.0, 1 + len(where))
    one_by_one = averaged([lambda x, t, i=i: i * x for i in rows.tolist()], grouped(where, 1))

    def both(x: torch.Tensor, t: float, first: int, count: int) -> torch.Tensor:
        return x * rows[first : first + count].repeat_interleave(2)[:, None, None]

    groups = grouped(where, 2)
    places_of = [(sum(map(len, groups[:i])), len(group)) for i, group in enumerate(groups)]
    pairs = [lambda x, t, of=of: both(x, t, *of) for of in places_of]
    assert max(len(group) for group in groups) == 2
    assert torch.allclose(averaged(pairs, groups)(x, 0.5), one_by_one(x, 0.5), atol=1e-6)


def test_windows_begin_only_where_they_may_and_cover_everything():
    where = places(233, 60, aligned=lambda frame: frame // 10 * 10)
    assert all(place.start % 10 == 0 for place in where)
    assert where[0].start == 0 and where[-1].stop == 233
    assert all(after.start < before.stop for before, after in zip(where, where[1:], strict=False))

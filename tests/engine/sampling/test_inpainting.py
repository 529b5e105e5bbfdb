"""Starting from a sound: where sampling begins, and what stays."""

from __future__ import annotations

import pytest
import torch

from engine.sampling.flow import euler, even_times
from engine.sampling.inpainting import Base, begun, free_frames, held, times_of

NOISE = torch.randn(2, 10, 3, generator=torch.Generator().manual_seed(0))
LATENT = torch.randn(10, 3, generator=torch.Generator().manual_seed(1))


def test_all_of_the_way_is_a_fresh_start() -> None:
    assert torch.equal(begun(NOISE, Base(LATENT)), NOISE)
    assert times_of(25) == even_times(25)


@pytest.mark.parametrize("strength", [0.01, 0.3, 0.5, 0.99])
def test_a_variation_begins_on_the_line_between_noise_and_base(strength: float) -> None:
    base = Base(LATENT, strength)
    times = times_of(25, strength)
    assert times[0] == pytest.approx(1 - strength) and times[-1] == 1.0
    assert all(0 < later - sooner <= 1 / 25 + 1e-9 for sooner, later in zip(times, times[1:], strict=False))
    straight = euler(lambda x, t: LATENT - NOISE, begun(NOISE, base), times)
    assert torch.allclose(straight, LATENT.expand_as(NOISE), atol=1e-5)


@pytest.mark.parametrize("strength", [0.4, 1.0])
def test_what_is_held_ends_as_the_base_whatever_the_network_says(strength: float) -> None:
    free = free_frames(10, 1.0, 3.0, 7.0)
    base = Base(LATENT, strength, free)
    seen = []

    def wild(x: torch.Tensor, t: float) -> torch.Tensor:
        seen.append((x[:, ~free] - ((1 - t) * NOISE + t * LATENT)[:, ~free]).abs().max())
        return torch.full_like(x, 9.0)

    end = euler(held(wild, NOISE, base), begun(NOISE, base), times_of(7, strength))
    assert max(seen) < 1e-5
    assert torch.allclose(end[:, ~free], LATENT[~free].expand(2, -1, -1), atol=1e-5)
    assert (end[:, free] - LATENT[free]).abs().min() > 1


@pytest.mark.parametrize(("start", "end", "frames"), [(0.0, 10.0, range(10)), (2.0, 4.0, [2, 3]), (2.5, 2.6, [2]),
                                                      (3.9, 5.1, [3, 4, 5])])
def test_every_frame_that_a_stretch_touches_is_free(start: float, end: float, frames: list[int]) -> None:
    assert free_frames(10, 1.0, start, end).nonzero().flatten().tolist() == list(frames)

"""The fine structure of an example goes where a sound is like it; what is broad stays the sound's own."""

from __future__ import annotations

import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.audio.mel import BANDS
from engine.codecs.autoencoder import STRIDE
from engine.codecs.grain import BROAD_BANDS, BROAD_FRAMES, Example, followed, grained

FRAMES = 24


def example(seed: int = 0) -> Example:
    """A sound that changes from frame to frame, and lost a flicker of its own."""
    chance = torch.Generator().manual_seed(seed)
    few = torch.randn(BANDS // 8, FRAMES, generator=chance)
    middle = few.repeat_interleave(8, 0).repeat_interleave(STRIDE, 1) - 5
    return Example(middle + 0.5 * torch.randn(middle.shape, generator=chance), middle)


def test_a_sound_follows_itself_frame_by_frame_and_gets_back_what_it_lost() -> None:
    known = example()
    path = followed(known.middle, known)
    assert path.tolist() == list(range(FRAMES))
    made = grained(known.middle, known, path)
    torch.testing.assert_close(made - made.mean(0), known.mel - known.mel.mean(0))


@given(st.integers(0, FRAMES - 6), st.floats(-3, 3))
def test_a_part_is_found_at_any_level(start: int, louder: float) -> None:
    known = example()
    part = known.middle[:, start * STRIDE : (start + 6) * STRIDE] + louder
    assert followed(part, known).tolist()[1:-1] == list(range(start + 1, start + 5))


def test_level_and_colour_stay_the_sounds_own() -> None:
    """What is the same over many bands and frames comes through, however far it is from the example's."""
    known = example()
    tilt = torch.linspace(2, -2, BANDS)[:, None]
    wanted = known.middle + tilt
    made = grained(wanted, known, torch.arange(FRAMES))
    inner = slice(BROAD_BANDS // 2, -(BROAD_BANDS // 2))
    change = made - known.mel
    torch.testing.assert_close((change - change.mean(0))[inner], (tilt - tilt.mean()).expand_as(made)[inner],
                               atol=0.02, rtol=0)


def test_no_frame_is_louder_than_was_generated_and_a_dip_stays_half_a_dip() -> None:
    known = example()
    made = grained(known.middle, known, torch.arange(FRAMES)).mean(0)
    wanted, its = known.middle.mean(0), known.mel.mean(0)
    assert (made <= wanted + 1e-4).all() and (its > wanted).any() and (its < wanted).any()
    dips = its < wanted
    torch.testing.assert_close(made[dips], ((its + wanted) / 2)[dips], atol=1e-4, rtol=0)


def test_an_attack_stays_where_it_is() -> None:
    known = example()
    quiet, at = torch.full((BANDS, FRAMES * STRIDE), -11.0), 40
    quiet[:, at:] = -3.0
    made = grained(quiet, known, followed(quiet, known)).mean(0)
    rise = made.diff()
    assert abs(int(rise.argmax()) + 1 - at) <= BROAD_FRAMES // 2


def test_steady_sound_runs_on_through_the_example_and_repeats_no_frame() -> None:
    """One frame over and over would buzz at the latent's rate."""
    chance = torch.Generator().manual_seed(3)
    steady = torch.full((BANDS, FRAMES * STRIDE), -4.0) + 0.05 * torch.randn(BANDS, FRAMES * STRIDE, generator=chance)
    known = Example(steady + 0.5 * torch.randn(steady.shape, generator=chance), steady)
    path = followed(torch.full((BANDS, 2 * FRAMES * STRIDE), -4.0), known)
    assert (path.diff() == 1).float().mean() > 0.9
    assert not (path.diff() == 0).any()

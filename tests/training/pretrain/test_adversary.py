"""Judges learn to tell made sound from recorded sound, and a maker learns from them what distances do not say."""

import torch

from training.pretrain.adversary import Judges, fooling_loss, judging_loss

WIDTHS = (4, 8, 8, 8)


def tones(seed: int, phase_wobbles: bool) -> torch.Tensor:
    """(4, 4096): steady tones; or tones of the same magnitude whose phase jumps, as a poor vocoder's do."""
    chance = torch.Generator().manual_seed(seed)
    t = torch.arange(4096) / 44_100
    pitch = 300 + 3000 * torch.rand(4, 1, generator=chance)
    jumps = torch.rand(4, 16, generator=chance).repeat_interleave(256, dim=1) * 6.28 * phase_wobbles
    return 0.5 * torch.sin(6.28 * pitch * t + jumps)


def test_judges_come_to_tell_a_wobbling_phase_from_a_steady_one() -> None:
    torch.manual_seed(0)
    judges = Judges(WIDTHS)
    optimiser = torch.optim.Adam(judges.parameters(), 5e-3)
    losses = []
    for step in range(20):
        loss = judging_loss(judges(tones(step, False)), judges(tones(500 + step, True)))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < 0.65 * losses[0]
    with torch.no_grad():
        assert fooling_loss(judges(tones(900, False))) < fooling_loss(judges(tones(901, True)))


def test_what_is_judged_tells_the_maker_which_way_to_go() -> None:
    torch.manual_seed(0)
    judges, made = Judges(WIDTHS), tones(1, True).requires_grad_(True)
    before = fooling_loss(judges(made))
    before.backward()
    assert made.grad is not None and torch.isfinite(made.grad).all()
    after = fooling_loss(judges(made.detach() - 0.02 * made.grad / made.grad.abs().max()))
    assert after < before


def test_silence_can_be_judged() -> None:
    made = torch.zeros(1, 4096, requires_grad=True)
    fooling_loss(Judges(WIDTHS)(made)).backward()
    assert made.grad is not None and torch.isfinite(made.grad).all()

"""The 16 kHz mel front end: its own sizes, decimal logarithm, floor."""

import torch

from engine.audio.mel import MEL_16K, MEL_44K, Mel


def test_a_second_is_62_frames_of_80_bands() -> None:
    assert Mel(MEL_16K)(torch.zeros(2, 16_000)).shape == (2, 80, 62)


def test_silence_is_the_decimal_logarithm_of_the_floor_or_nearly() -> None:
    silence = Mel(MEL_16K)(torch.zeros(1, 16_000))
    assert silence.min() >= -5.0001 and silence.max() < -3


def test_ten_times_the_level_is_one_more() -> None:
    torch.manual_seed(0)
    noise = 0.05 * torch.randn(1, 16_000).clamp(-1.5, 1.5)
    louder, softer = Mel(MEL_16K)(10 * noise), Mel(MEL_16K)(noise)
    assert torch.allclose(louder - softer, torch.ones(()), atol=1e-2)


def test_without_a_word_it_is_the_44_khz_one() -> None:
    sound = 0.1 * torch.randn(1, 20_000)
    assert torch.equal(Mel()(sound), Mel(MEL_44K)(sound))

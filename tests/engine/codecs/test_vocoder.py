"""What the vocoder makes belongs to a place in a sound, to a seed, and to the mel that was asked for."""

import pytest
import torch

from engine.audio.mel import HOP, Mel
from engine.codecs.agreement import Agreement
from engine.codecs.noise import noise_along
from engine.codecs.vocoder import Vocoder, VocoderConfig

EDGE = 40
"""Mel frames from a part's ends within which it may differ from the whole."""


@pytest.fixture(scope="module")
def vocoder() -> Vocoder:
    torch.manual_seed(0)
    return Vocoder(VocoderConfig(width=32, inner=64, blocks=2)).eval()


def mel(frames: int) -> torch.Tensor:
    """Wanders by several tens of dB, and stays below full scale: far above it, single precision rounds coarsely."""
    torch.manual_seed(1)
    return (0.1 * torch.randn(1, 128, frames)).cumsum(-1) - 5


@torch.inference_mode()
def test_parts_of_a_sound_are_the_same_where_they_overlap(vocoder: Vocoder) -> None:
    whole = mel(400)
    entire = vocoder(whole, seed=5)
    assert 0.1 < entire.abs().max() < 1
    for first in (96, 256, 300):
        part = vocoder(whole[..., first : first + 100], seed=5, start=first)
        middle = slice(EDGE * HOP, (100 - EDGE) * HOP)
        assert torch.allclose(part[:, middle], entire[:, first * HOP :][:, middle], atol=1e-5)


@torch.inference_mode()
def test_without_its_place_a_part_has_other_noise(vocoder: Vocoder) -> None:
    entire, part = vocoder(mel(400), seed=5), vocoder(mel(400)[..., 100:200], seed=5)
    middle = slice(EDGE * HOP, (100 - EDGE) * HOP)
    assert not torch.allclose(part[:, middle], entire[:, 100 * HOP :][:, middle], atol=1e-2)


@torch.inference_mode()
def test_the_seed_alone_decides_the_noise(vocoder: Vocoder) -> None:
    one = vocoder(mel(60), seed=3)
    torch.manual_seed(99)
    assert torch.equal(one, vocoder(mel(60), seed=3))
    assert not torch.allclose(one, vocoder(mel(60), seed=4), atol=1e-3)


def test_noise_is_white_and_any_part_of_it_can_be_had_alone() -> None:
    whole = noise_along(7, 4, 0, 1000)
    assert abs(float(whole.mean())) < 0.05 and float(whole.std()) == pytest.approx(1, abs=0.05)
    for first, frames in ((0, 1), (255, 2), (300, 600)):
        assert torch.equal(noise_along(7, 4, first, frames), whole[..., first : first + frames])
    assert not torch.equal(noise_along(8, 4, 0, 10), whole[..., :10])


@torch.inference_mode()
def test_agreement_brings_any_sound_nearer_to_a_mel_and_leaves_one_that_agrees() -> None:
    torch.manual_seed(2)
    hears, agreement = Mel(), Agreement()
    decay = torch.exp(-torch.arange(60 * HOP) / 6000)
    wanted = hears(0.3 * decay * torch.randn(1, 60 * HOP))
    made = 0.01 * torch.randn(1, 60 * HOP)
    apart = []
    for _ in range(5):
        apart.append(float((hears(made) - wanted).abs()[..., 4:-4].mean()))
        made = agreement(made, wanted)
    assert apart == sorted(apart, reverse=True) and apart[-1] < 0.2 * apart[0]
    settled = agreement(made, hears(made))
    assert torch.allclose(settled[:, 2048:-2048], made[:, 2048:-2048], atol=0.02 * float(made.abs().max()))


@torch.inference_mode()
def test_silence_stays_silent(vocoder: Vocoder) -> None:
    silent = Mel()(torch.zeros(1, 100 * HOP))
    assert float(vocoder(silent).abs().max()) < 1e-3

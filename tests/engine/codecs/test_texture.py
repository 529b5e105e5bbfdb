"""A texture is drawn: by seed, at its place, and it flickers as noise does."""

import pytest
import torch

from engine.audio.mel import HOP, Mel
from engine.codecs.texture import Texture, TextureConfig


@pytest.fixture(scope="module")
def texture() -> Texture:
    torch.manual_seed(0)
    net = Texture(TextureConfig(width=32, inner=64)).eval()
    torch.nn.init.normal_(net.leave.weight, std=0.1)
    return net


@torch.inference_mode()
def test_parts_of_a_sound_have_the_texture_of_the_whole(texture: Texture) -> None:
    latent, mel = torch.randn(1, 100, 32), torch.randn(1, 128, 400) - 6
    whole = texture(latent, mel, seed=2)
    part = texture(latent[:, 30:80], mel[..., 120:320], seed=2, start=30)
    assert torch.allclose(part[..., 60:-60], whole[..., 180:260], atol=1e-4)
    assert not torch.allclose(texture(latent, mel, seed=3), whole, atol=1e-2)


@torch.inference_mode()
def test_its_flicker_is_that_of_noise_at_any_level(texture: Texture) -> None:
    torch.manual_seed(1)
    noise = torch.randn(1, 200 * HOP)
    quiet = Mel()(0.003 * noise)
    steady = quiet.mean(dim=-1, keepdim=True)
    assert torch.allclose(texture.flicker(noise), quiet - steady, atol=0.3)
    assert float(texture.flicker(noise).mean()) == pytest.approx(0, abs=0.03)
    low, high = texture.flicker(noise).std(dim=-1)[0, [2, 120]].tolist()
    assert low > 0.4 > 0.3 > high > 0.02

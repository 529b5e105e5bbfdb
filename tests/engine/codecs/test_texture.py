"""A texture is drawn: by seed, at its place, around the mel that it was given."""

import pytest
import torch

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
def test_an_untrained_texture_leaves_a_mel_nearly_as_it_was() -> None:
    latent, mel = torch.randn(2, 5, 32), torch.randn(2, 128, 20) - 6
    assert (Texture(TextureConfig(width=32, inner=64))(latent, mel) - mel).abs().max() < 1

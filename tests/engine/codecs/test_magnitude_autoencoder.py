"""MMAudio's autoencoder on a tiny one: shapes, magnitudes, refusals."""

import pytest
import torch

from engine.codecs import magnitude_autoencoder
from engine.codecs.magnitude_autoencoder import (
    MagnitudeAutoencoder,
    MagnitudeAutoencoderConfig,
    blend,
    level,
    load,
    normalised,
    silu,
)
from engine.spec import Refused

TINY = MagnitudeAutoencoderConfig(bands=10, channels=4, width=8)


def published() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    return {name: torch.randn(tensor.shape).abs() + 0.1 if name == "data_std" else torch.randn(tensor.shape)
            for name, tensor in MagnitudeAutoencoder(TINY).state_dict().items()}


@pytest.mark.parametrize("frames", [2, 31, 64])
def test_two_frames_of_mel_are_one_of_latent(frames: int) -> None:
    ours = load(published(), TINY)
    mean, log_variance = ours.encode(torch.randn(3, 10, frames))
    assert mean.shape == log_variance.shape == (3, 4, frames // 2)
    assert log_variance.min() >= -30 and log_variance.max() <= 20
    assert ours.decode(mean).shape == (3, 10, frames // 2 * 2)


def test_sizes_are_the_published_ones() -> None:
    with torch.device("meta"):
        for config, count in ((magnitude_autoencoder.CONFIG_16K, 171_657_218),
                              (magnitude_autoencoder.CONFIG_44K, 305_479_682)):
            ours = MagnitudeAutoencoder(config)
            assert sum(parameter.numel() for parameter in ours.parameters()) == count
            assert len(ours.state_dict()) == 57


def test_magnitudes_are_kept() -> None:
    """Unit normal numbers stay of unit size through each part (Karras et al. 2024)."""
    torch.manual_seed(1)
    x, y = torch.randn(2, 1, 64, 5000)
    weight = normalised(7 * torch.randn(64, 64, 3))
    for made in (silu(x), blend(x, y), level(5 * x), torch.nn.functional.conv1d(x, weight)):
        assert 0.97 < made.square().mean().sqrt() < 1.03


def test_a_louder_file_is_the_same_autoencoder() -> None:
    state, latent = published(), torch.randn(1, 4, 9)
    louder = {name: 1000 * tensor if name.endswith(".weight") else tensor for name, tensor in state.items()}
    assert torch.allclose(load(state, TINY).decode(latent), load(louder, TINY).decode(latent), rtol=1e-2, atol=1e-2)


def test_half_precision_files_are_normalised_in_full_precision() -> None:
    half = {name: tensor.half() for name, tensor in published().items()}
    assert all(tensor.dtype == torch.float32 for tensor in load(half, TINY).state_dict().values())


def test_without_its_encoder_it_decodes_the_same_and_refuses_to_encode() -> None:
    state, latent = published(), torch.randn(1, 4, 9)
    small = load(state, TINY, encoder=False)
    assert torch.equal(small.decode(latent), load(state, TINY).decode(latent))
    assert small.encoder is None
    with pytest.raises(Refused, match="encoder"):
        small.encode(torch.randn(1, 10, 8))


def test_another_autoencoder_is_refused_in_one_sentence() -> None:
    state = published()
    with pytest.raises(Refused, match="decoder.conv_out.weight"):
        load({**state, "decoder.conv_out.weight": torch.zeros(5, 8, 3)}, TINY)
    with pytest.raises(Refused, match="stranger"):
        load({**state, "stranger": torch.zeros(1)}, TINY)

"""A convolution by way of points is the convolution."""

import pytest
import torch

from engine.codecs.fast_convolution import LEAST_CHANNELS, LEAST_SAMPLES, FastConvolution


@pytest.mark.parametrize("taps", [3, 7, 11])
@pytest.mark.parametrize("dilation", [1, 3, 5])
@pytest.mark.parametrize("samples", [LEAST_SAMPLES, 2749])
def test_it_is_the_same_convolution(taps: int, dilation: int, samples: int) -> None:
    torch.manual_seed(taps * dilation)
    ours, x = FastConvolution(LEAST_CHANNELS, taps, dilation), torch.randn(2, LEAST_CHANNELS, samples)
    with torch.no_grad():
        wanted = ours._conv_forward(x, ours.weight, ours.bias)
        assert torch.linalg.vector_norm(ours(x) - wanted) / torch.linalg.vector_norm(wanted) < 1e-6


def test_weights_that_change_are_heard() -> None:
    ours, x = FastConvolution(LEAST_CHANNELS, 7), torch.randn(1, LEAST_CHANNELS, LEAST_SAMPLES)
    with torch.no_grad():
        before = ours(x)
        ours.weight.mul_(2)
        ours.bias.mul_(2)
        assert torch.allclose(ours(x), 2 * before, atol=1e-5)
        assert torch.allclose(ours.double()(x.double()).float(), 2 * before, atol=1e-5)


def test_gradients_reach_its_weights() -> None:
    ours = FastConvolution(LEAST_CHANNELS, 7)
    ours(torch.randn(1, LEAST_CHANNELS, LEAST_SAMPLES)).square().mean().backward()
    assert ours.weight.grad is not None

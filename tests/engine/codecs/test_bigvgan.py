"""The published vocoders' network, on a tiny one: pieces, weights in every form, refusals."""

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.codecs import bigvgan
from engine.codecs.bigvgan import BigVGAN, BigVGANConfig, load
from engine.codecs.snake import TILE, Activation, kaiser_sinc
from engine.spec import Refused

TINY = BigVGANConfig(bands=6, rates=(4, 2), kernels=(8, 4), squashed=True, width=16)


@pytest.fixture(autouse=True)
def without_gradients():  # noqa: ANN201
    with torch.no_grad():
        yield


def tiny(config: BigVGANConfig = TINY) -> BigVGAN:
    torch.manual_seed(0)
    made = BigVGAN(config).eval()
    for name, parameter in made.named_parameters():
        parameter.copy_(0.4 * torch.randn_like(parameter) if name.endswith(("alpha", "beta")) else parameter)
    return made


def by_the_paper(activation: Activation, x: Tensor) -> Tensor:
    """Zeros between samples, low-pass, snake, low-pass, every second sample: ends held at each step."""
    channels, taps = x.shape[1], kaiser_sinc()
    held = F.pad(x, (10, 10), mode="replicate")
    stuffed = torch.stack((held, torch.zeros_like(held)), dim=-1).flatten(-2)
    each = taps.expand(channels, 1, -1)
    doubled = F.conv1d(stuffed, 2 * each, groups=channels)[..., 14 : 14 + 2 * x.shape[-1]]
    alpha, beta = (p.exp()[:, None] for p in (activation.act.alpha, activation.act.beta))
    bent = doubled + torch.sin(alpha * doubled).square() / (beta + 1e-9)
    return F.conv1d(F.pad(bent, (5, 6), mode="replicate"), each, stride=2, groups=channels)


@pytest.mark.parametrize("samples", [1, 2, 3, 7, TILE - 1, TILE, TILE + 1, TILE + 2, TILE + 3, 5 * TILE + 2, 200])
def test_an_activation_is_that_of_the_paper_at_any_length(samples: int) -> None:
    torch.manual_seed(samples)
    activation = Activation(5)
    activation.act.alpha.copy_(0.3 * torch.randn(5))
    activation.act.beta.copy_(0.3 * torch.randn(5))
    x = torch.randn(2, 5, samples)
    assert torch.allclose(activation(x), by_the_paper(activation, x), atol=2e-6)


def test_the_low_pass_is_that_of_scipy() -> None:
    from scipy.signal import firwin, kaiser_atten, kaiser_beta

    beta = kaiser_beta(kaiser_atten(6, 4 * 0.3))
    wanted = torch.from_numpy(firwin(12, 0.5, window=("kaiser", beta))).float()
    assert torch.allclose(kaiser_sinc().flatten(), wanted, atol=1e-6)


def test_a_sound_made_in_pieces_is_the_sound_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    vocoder, mel = tiny(), torch.randn(2, 6, 300)
    whole = vocoder(mel)
    for piece in (40, 64, 299):
        monkeypatch.setattr(bigvgan, "PIECE", piece)
        assert torch.linalg.vector_norm(vocoder(mel) - whole) / torch.linalg.vector_norm(whole) < 1e-5


def test_nothing_further_than_the_reach_is_heard() -> None:
    vocoder, mel = tiny(), torch.randn(1, 6, 200)
    other = mel.clone()
    other[..., 100] += 1
    changed = (vocoder(mel) != vocoder(other))[0].nonzero()
    assert changed.min() >= (100 - TINY.reach) * TINY.hop and changed.max() < (101 + TINY.reach) * TINY.hop


def test_both_published_vocoders_have_their_published_sizes() -> None:
    with torch.device("meta"):
        for config, parameters, hop in ((bigvgan.CONFIG_16K, 112_199_473, 256), (bigvgan.CONFIG_44K, 122_152_752, 512)):
            assert sum(parameter.numel() for parameter in BigVGAN(config).parameters()) == parameters
            assert config.hop == hop


@pytest.mark.parametrize(("g", "v"), [("weight_g", "weight_v"),
                                      ("parametrizations.weight.original0", "parametrizations.weight.original1")])
def test_weights_load_with_their_normalisation_folded_or_not(g: str, v: str) -> None:
    vocoder, mel = tiny(), torch.randn(1, 6, 30)
    plain = vocoder.state_dict()
    apart = {}
    for name, tensor in plain.items():
        if name.endswith(".weight"):
            stem = name.removesuffix("weight")
            apart[stem + g] = torch.linalg.vector_norm(tensor, dim=(1, 2), keepdim=True)
            apart[stem + v] = 3 * tensor
        else:
            apart[name] = tensor
    wanted = vocoder(mel)
    assert torch.allclose(load(plain, TINY)(mel), wanted)
    assert torch.allclose(load(apart, TINY)(mel), wanted, atol=1e-6)


def test_filters_are_made_where_a_file_has_none_and_taken_where_it_has() -> None:
    vocoder, mel = tiny(), torch.randn(1, 6, 30)
    state = vocoder.state_dict()
    bare = {name: tensor for name, tensor in state.items() if not name.endswith(".filter")}
    assert torch.equal(load(bare, TINY)(mel), load(state, TINY)(mel))
    other = {name: 0.5 * tensor if name.endswith(".filter") else tensor for name, tensor in state.items()}
    assert not torch.allclose(load(other, TINY)(mel), load(state, TINY)(mel))


def test_another_vocoder_is_refused_in_one_sentence() -> None:
    state = tiny().state_dict()
    with pytest.raises(Refused, match="conv_post.bias"):
        load({name: tensor for name, tensor in state.items() if name != "conv_post.bias"}, TINY)
    with pytest.raises(Refused, match="stranger"):
        load({**state, "stranger": torch.zeros(1)}, TINY)


def test_it_runs_in_bfloat16() -> None:
    vocoder, mel = load(tiny().state_dict(), TINY), torch.randn(1, 6, 40)
    wanted = vocoder(mel)
    made = vocoder.to(torch.bfloat16)(mel.to(torch.bfloat16)).float()
    assert torch.linalg.vector_norm(made - wanted) / torch.linalg.vector_norm(wanted) < 0.05

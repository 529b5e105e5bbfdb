"""VisioSonic's network: what its conditions do, in both ways of fusing sound and picture."""

import pytest
import torch

from engine.backbones.base import Conditions, Prepared, without
from engine.backbones.visiosonic.backbone import VisioSonicBackbone
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import VisioSonic
from engine.codecs.autoencoder import Autoencoder, AutoencoderConfig
from engine.codecs.vocoder import Vocoder, VocoderConfig
from engine.registry import ModelCard

CARD = ModelCard("tiny", "Tiny", "", "visiosonic", "none", 0, 44_100, 8.0)


def network(fusion: str = "channels") -> VisioSonic:
    """A small network with nothing left at its zero initialisation."""
    torch.manual_seed(0)
    net = VisioSonic(VisioSonicConfig(width=32, heads=2, blocks=2, text_width=16, text_rows=64, fusion=fusion))  # type: ignore[arg-type]
    for parameter in net.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    return net.eval()


def prepared(net: VisioSonic, frames: int = 20, text: str = "boots on gravel", events: float = 0.5) -> Prepared:
    torch.manual_seed(1)
    return net.prepare(1, frames, (text,), torch.randn(1, frames, 32), torch.full((1, frames), events))


@pytest.mark.parametrize("fusion", ["channels", "sequence"])
def test_each_condition_changes_the_velocity(fusion: str) -> None:
    net = network(fusion)
    x, t = torch.randn(1, 20, 32), torch.tensor([0.3])
    with torch.inference_mode():
        velocity = net(x, t, prepared(net))
        assert velocity.shape == x.shape
        assert not torch.allclose(velocity, net(x, t, prepared(net, text="glass breaking")), atol=1e-4)
        assert not torch.allclose(velocity, net(x, t, prepared(net, events=0.9)), atol=1e-4)
        assert not torch.allclose(velocity, net(x, torch.tensor([0.6]), prepared(net)), atol=1e-4)


def test_no_events_and_an_empty_curve_are_different_things() -> None:
    net = network()
    x, t = torch.randn(1, 20, 32), torch.tensor([0.3])
    with torch.inference_mode():
        free = net(x, t, net.prepare(1, 20, None, None, None))
        silent = net(x, t, net.prepare(1, 20, None, None, torch.zeros(1, 20)))
    assert not torch.allclose(free, silent, atol=1e-4)


def test_the_text_gate_starts_shut() -> None:
    net = VisioSonic(VisioSonicConfig(width=32, heads=2, blocks=2, text_width=16, text_rows=64))
    assert all(torch.count_nonzero(block.attention.gate) == 0 for block in net.blocks)


def test_an_empty_prompt_is_a_missing_one() -> None:
    net = network()
    one, other = net.prepare(2, 5, ("", ""), None, None), net.prepare(2, 5, None, None, None)
    assert all(torch.equal(one.tensors[name], other.tensors[name]) for name in one.tensors)


def test_a_row_does_not_hang_on_its_neighbours() -> None:
    net = network()
    x, t = torch.randn(3, 20, 32), torch.full((3,), 0.4)
    texts = ("boots on gravel", "", "a very long prompt of many words about glass and water")
    with torch.inference_mode():
        both = net(x, t, net.prepare(3, 20, texts, None, None))
        for i, text in enumerate(texts):
            alone = net(x[i : i + 1], t[:1], net.prepare(1, 20, (text,), None, None))
            assert torch.allclose(both[i], alone[0], atol=1e-5)


def test_wrong_lengths_are_named() -> None:
    with pytest.raises(ValueError, match="event curve"):
        network().prepare(1, 20, None, None, torch.zeros(1, 19))


def backbone() -> VisioSonicBackbone:
    return VisioSonicBackbone(CARD, network(), Autoencoder(AutoencoderConfig(width=16, blocks=1)),
                              Vocoder(VocoderConfig(width=16, inner=16, blocks=1)))


def test_latents_cover_the_sound_to_the_sample() -> None:
    made = backbone()
    for seconds in (0.3, 1.0, 6.04, 8.0):
        frames, channels = made.latent_shape(seconds)
        with torch.inference_mode():
            wave = made.decode(torch.randn(1, frames, channels))
        assert wave.shape[-1] >= seconds * 44_100
        assert made.encode(wave).shape == (1, frames, channels)


def test_dropping_conditions_leaves_one_row() -> None:
    given = Conditions(2.0, ("boots",), torch.randn(1, 44, 32), torch.zeros(1, 44))
    made = backbone()
    assert made.prepare(given).batch == made.prepare(without(given)).batch == 1
    with pytest.raises(ValueError, match="batches differ"):
        made.prepare(Conditions(2.0, ("a", "b"), torch.randn(1, 44, 32), None))


def test_decoding_draws_its_noise_from_the_seed() -> None:
    made, latent = backbone(), torch.randn(1, 10, 32)
    with torch.inference_mode():
        assert torch.equal(made.decode(latent, 3), made.decode(latent, 3))
        assert not torch.allclose(made.decode(latent, 3), made.decode(latent, 4))

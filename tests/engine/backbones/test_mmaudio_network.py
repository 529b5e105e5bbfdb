"""What MMAudio's network keeps to, at any size."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from engine.backbones.base import Prepared, stack
from engine.backbones.mmaudio.config import VARIANTS, recognise
from engine.backbones.mmaudio.network import MMAudio

FRAMES = 25
TINY = replace(VARIANTS["small_16k"], name="tiny", heads=2, head=16, depth=3, fused_depth=1, clip_dim=24, sync_dim=16,
               text_dim=20, text_tokens=5)


@pytest.fixture(params=[False, True], ids=["v1", "v2"])
def network(request: pytest.FixtureRequest) -> MMAudio:
    torch.manual_seed(1)
    made = MMAudio(replace(TINY, v2=request.param)).eval()
    with torch.no_grad():
        for tensor in made.state_dict().values():
            if not tensor.any():
                tensor.normal_()
    return made


def drawn(*shape: int, seed: int = 1) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def given(batch: int = 1) -> tuple[Tensor, Tensor, Tensor]:
    return drawn(batch, 6, 24), drawn(batch, 3, 8, 16, seed=2), drawn(batch, 5, 20, seed=3)


def close(one: Tensor, other: Tensor, within: float = 1e-5) -> bool:
    return float((one - other).norm() / other.norm()) < within


@torch.no_grad()
def test_a_batch_of_four_is_four_single_ones(network) -> None:
    x, t = drawn(4, FRAMES, 20), torch.tensor([0.0, 0.3, 0.6, 0.9])
    clip, sync, text = given(4)
    together = network(x, t, network.prepare(clip, sync, text, FRAMES, 4))
    for i in range(4):
        row = slice(i, i + 1)
        alone = network(x[row], t[row], network.prepare(clip[row], sync[row], text[row], FRAMES, 1))
        assert close(together[row], alone)


@torch.no_grad()
def test_what_frames_share_changes_nothing(network) -> None:
    """With one time for all, conditions are computed once for equal frames; with gradients, for each frame."""
    x, t = drawn(4, FRAMES, 20), torch.full((4,), 0.4)
    prepared = stack(Prepared(network.prepare(*given(), FRAMES, 2)),
                     Prepared(network.prepare(None, None, None, FRAMES, 2, 6, 3))).tensors
    quick = network(x, t, prepared)
    assert torch.equal(quick, network(x, t, prepared))
    with torch.enable_grad():
        plain = network(x, t, prepared)
    assert close(quick, plain.detach())


@torch.no_grad()
def test_what_is_missing_is_the_learned_empty(network) -> None:
    empty = network.prepare(None, None, None, FRAMES, 1, clip_frames=6, segments=3)
    named = network.prepare(network.empty_clip_feat.expand(1, 6, -1), network.empty_sync_feat.expand(1, 3, 8, -1),
                            network.empty_string_feat[None], FRAMES, 1)
    assert all(torch.equal(empty[name], named[name]) for name in named)
    assert network.prepare(None, None, None, 250, 1)["clip"].shape[1] == 64


@torch.no_grad()
def test_prepared_once_serves_every_step(network) -> None:
    once = network.prepare(*given(), FRAMES, 2)
    assert all(tensor.shape[0] == 2 for tensor in once.values())
    kept = {name: tensor.clone() for name, tensor in once.items()}
    for t in (0.2, 0.7):
        x, times = drawn(2, FRAMES, 20), torch.full((2,), t)
        assert torch.equal(network(x, times, once), network(x, times, network.prepare(*given(), FRAMES, 2)))
    assert all(torch.equal(once[name], kept[name]) for name in kept)


@torch.no_grad()
def test_quickened_it_is_the_same_until_it_changes(network) -> None:
    x, t = drawn(2, FRAMES, 20), torch.tensor([0.3, 0.8])

    def run(one: MMAudio) -> Tensor:
        return one(x, t, one.prepare(*given(), FRAMES, 2))

    quick = copy.deepcopy(network).quicken()
    assert close(run(quick), run(network))
    assert all(torch.equal(tensor, network.state_dict()[name]) for name, tensor in quick.state_dict().items())
    other = {name: tensor + 0.01 for name, tensor in network.state_dict().items()}
    quick.load_state_dict(other)
    network.load_state_dict(other)
    assert close(run(quick), run(network))


@torch.no_grad()
def test_in_bfloat16_time_stays_in_single_precision(network) -> None:
    """The embedding of time is the same vector, and the velocity near enough."""
    short = copy.deepcopy(network).to(torch.bfloat16)
    t = torch.tensor([0.3, 0.8501])
    assert torch.equal(short.t_embed(t), network.t_embed(t)) and short.t_embed(t).dtype == torch.float32
    assert short.final_layer.conv.weight.dtype == torch.bfloat16
    x = drawn(2, FRAMES, 20)
    velocity = short(x, t, short.prepare(*given(), FRAMES, 2))
    assert velocity.dtype == torch.float32
    assert close(velocity, network(x, t, network.prepare(*given(), FRAMES, 2)), 0.05)


@torch.no_grad()
def test_half_precision_tensors_load(network) -> None:
    halves = {name: tensor.half() for name, tensor in network.state_dict().items()}
    network.load_state_dict(halves)
    assert all(tensor.dtype == torch.float32 for tensor in network.state_dict().values())
    assert torch.equal(network.empty_clip_feat, halves["empty_clip_feat"].float())


def test_gradients_reach_every_weight_that_is_heard(network) -> None:
    x = drawn(2, FRAMES, 20)
    network.quicken()
    network(x, torch.tensor([0.3, 0.3]), network.prepare(*given(), FRAMES, 2)).square().sum().backward()
    last = network.config.joint_depth - 1
    silent = {name for name, weight in network.named_parameters() if weight.grad is None or not weight.grad.any()}
    assert silent == {"empty_string_feat", "empty_clip_feat", "empty_sync_feat",
                      f"joint_blocks.{last}.clip_block.attn.q_norm.weight",
                      f"joint_blocks.{last}.text_block.attn.q_norm.weight"}


def test_a_latent_goes_to_the_sound_and_back(network) -> None:
    latent = drawn(2, FRAMES, 20)
    kept = latent.clone()
    assert close(network.to_network_space(network.to_sound_space(latent)), latent)
    assert torch.equal(latent, kept)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_told_by_its_tensors(name) -> None:
    with torch.device("meta"):
        shapes = {key: tuple(tensor.shape) for key, tensor in MMAudio(VARIANTS[name]).state_dict().items()}
    assert recognise(shapes) == VARIANTS[name]
    assert len(shapes) == (416 if name.startswith("large") else 251)
    del shapes["final_layer.conv.weight"]
    assert recognise(shapes) is None and recognise({}) is None


def test_lengths_are_the_published_ones() -> None:
    small, large = VARIANTS["small_16k"], VARIANTS["large_44k_v2"]
    assert (small.latent_frames(8.0), large.latent_frames(8.0)) == (250, 345)
    assert (small.samples(250), large.samples(345)) == (128_000, 353_280)
    assert (small.clip_frames(8.0), small.sync_segments(8.0), small.sync_segments(0.64)) == (64, 24, 1)

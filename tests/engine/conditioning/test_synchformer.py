"""Synchformer's visual half, small, beside a plain reading of what it should compute."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.conditioning.synchformer import (
    DividedAttention,
    SpatialGathering,
    SynchformerConfig,
    SynchformerVision,
    load_synchformer,
    segments,
)
from engine.spec import Refused

SMALL = SynchformerConfig(size=48, patch=16, width=48, heads=4, depth=2)


@pytest.fixture(scope="module")
def published() -> dict[str, Tensor]:
    """A whole published file: the heard half and an unused embedding are in it too."""
    torch.manual_seed(8)
    names = SynchformerVision(SMALL).state_dict()
    state = {name: torch.randn_like(tensor) * (0.3 if tensor.dim() < 2 else 0.15) for name, tensor in names.items()}
    extra = {"vfeat_extractor.patch_embed.proj.bias": torch.zeros(48), "afeat_extractor.norm.weight": torch.ones(7)}
    return state | extra


def frames(count: int) -> Tensor:
    return torch.randint(0, 256, (count, 3, 48, 48), dtype=torch.uint8, generator=torch.Generator().manual_seed(4))


def test_eight_seconds_are_24_segments() -> None:
    assert [segments(count) for count in (0, 15, 16, 23, 24, 200)] == [0, 0, 1, 1, 2, 24]


def test_segments_overlap_by_half_and_know_nothing_of_each_other(published: dict[str, Tensor]) -> None:
    net, film = load_synchformer(published, config=SMALL, precision="exact"), frames(40)
    whole = net(film)
    assert whole.shape == (4, 8, 48)
    assert torch.allclose(whole[2:3], net(film[16:32]), atol=1e-5)


def test_a_patch_attends_to_its_group_and_the_class_token_to_everything() -> None:
    torch.manual_seed(1)
    layer, x, count = DividedAttention(16, 2), torch.randn(1, 1 + 3 * 4, 16), 3
    q, k, v = (part.view(-1, 2, 8).transpose(0, 1) for part in layer.qkv(x)[0].chunk(3, dim=-1))
    at = torch.arange(12)
    for along_time in (True, False):
        group = at % 4 if along_time else at // 4
        allowed = torch.ones(13, 13, dtype=torch.bool)
        allowed[1:, 1:] = group[:, None] == group[None]
        weights = (q @ k.transpose(1, 2) / 8**0.5).masked_fill(~allowed, float("-inf")).softmax(dim=-1)
        plain = layer.proj((weights @ v).transpose(0, 1).reshape(1, 13, 16))
        assert torch.allclose(layer(x, count, along_time), plain, atol=1e-5)


def test_patches_are_gathered_as_by_torchs_own_layer() -> None:
    torch.manual_seed(2)
    ours = SpatialGathering(16, 2)
    plain = nn.TransformerEncoderLayer(
        16, 2, 64, 0.0, F.gelu, layer_norm_eps=1e-6, batch_first=True, norm_first=True
    ).eval()
    plain.load_state_dict({name: tensor for name, tensor in _drawn(ours).items() if name != "cls_token"})
    x = torch.randn(3, 9, 16)
    whole = plain(torch.cat([ours.cls_token.expand(3, -1, -1), x], dim=1))
    assert torch.allclose(ours(x), whole[:, 0], atol=1e-5)


def _drawn(net: nn.Module) -> dict[str, Tensor]:
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.normal_(0, 0.3)
    return net.state_dict()


def test_a_foreign_file_is_refused() -> None:
    with pytest.raises(Refused, match="Synchformer"):
        load_synchformer({"vfeat_extractor.cls_token": torch.zeros(1, 1, 48)}, config=SMALL)

"""The files of a model as others publish them: half precision, safetensors; a file in the wrong place is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from engine import registry
from engine.backbones.mmaudio.parts import parts_of
from engine.checkpoints import tensors
from engine.registry import ModelCard
from engine.spec import Refused


@pytest.fixture
def card(model: str) -> ModelCard:
    return registry.model(model)


def test_half_precision_safetensors_are_the_same_network_nearly(card: ModelCard, tmp_path: Path):
    half = tmp_path / "half.safetensors"
    save_file({name: tensor.half() for name, tensor in tensors(card.path("generator")).items()}, half)
    other = replace(card, files={**card.files, "generator": {"path": str(half), "sha256": "", "bytes": 0}})
    for one, two in zip(parts_of(card).network().parameters(), parts_of(other).network().parameters(), strict=True):
        assert two.dtype == torch.float32
        assert torch.allclose(one, two, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize(("role", "part"), [("generator", "network"), ("autoencoder", "autoencoder"),
                                            ("vocoder", "vocoder"), ("clip", "clip_text"),
                                            ("clip", "clip_vision"), ("synchformer", "synchformer")])  # fmt: skip
def test_a_file_in_the_wrong_place_is_refused_in_a_sentence(card: ModelCard, role: str, part: str):
    stranger = "vocoder" if role != "vocoder" else "autoencoder"
    swapped = replace(card, files={**card.files, role: card.files[stranger]})
    build = getattr(parts_of(swapped), part)
    given = {"autoencoder": (False,), **dict.fromkeys(("clip_text", "clip_vision", "synchformer"), ("cpu", "exact"))}
    with pytest.raises(Refused) as refusal:
        build(*given.get(part, ()))
    assert str(refusal.value).endswith(".") and "\n" not in str(refusal.value)
    assert Path(card.files[stranger]["path"]).name in str(refusal.value)


def test_a_card_without_sizes_is_refused(card: ModelCard):
    with pytest.raises(Refused, match="variant"):
        parts_of(replace(card, config={}))
    with pytest.raises(Refused, match="newer"):
        parts_of(replace(card, config={"variant": "huge_96k"}))

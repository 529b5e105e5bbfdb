"""What only a GPU does, as far as it can be followed without one: its types on the CPU, its shapes on no device."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from engine import generation
from engine.backbones.mmaudio.backbone import MMAudioBackbone
from engine.backbones.mmaudio.config import VARIANTS
from engine.backbones.mmaudio.network import MMAudio
from engine.backbones.mmaudio.parts import parts_of
from engine.conditioning.clip import tokens
from engine.generation import Plan, latents
from engine.registry import model as card_of
from engine.service import Engine
from engine.spec import Recipe, Span

SECOND = 48_000


@pytest.mark.parametrize("name", VARIANTS)
@torch.no_grad()
def test_every_variant_flows_on_another_device_in_its_type(name: str) -> None:
    """The meta device refuses whatever lies on the CPU, as a GPU would."""
    config = VARIANTS[name]
    frames = config.latent_frames(8.0)
    with torch.device("meta"):
        network = MMAudio(config).to(torch.bfloat16).quicken()
        clip, sync, words = torch.empty(1, 64, 1024), torch.empty(1, 24, 8, 768), torch.empty(1, 77, 1024)
        x, t = torch.empty(2, frames, config.latent_dim), torch.empty(2)
    prepared = network.prepare(clip, sync, words, frames, 2)
    nothing = network.prepare(None, None, None, frames, 2, 64, 24)
    velocity = network(x, t, prepared)
    assert {tensor.dtype for tensor in (prepared | nothing).values()} == {torch.bfloat16}
    assert {name: tensor.shape for name, tensor in prepared.items()} == {
        name: tensor.shape for name, tensor in nothing.items()
    }
    assert (velocity.shape, velocity.dtype, velocity.device.type) == (x.shape, torch.float32, "meta")


def sampled(engine: Engine, recipe: Recipe, kind: torch.dtype) -> Tensor:
    backbone = engine.backbone(recipe.model)
    backbone.module.to(kind)
    return latents(backbone, engine.conditions(recipe), Plan("euler", 3, 4.5, "music"), [3, 4], 2, lambda *_: None)


def near(one: Tensor, other: Tensor) -> float:
    return float(torch.linalg.norm(one - other) / torch.linalg.norm(other))


def test_the_network_in_bfloat16_samples_nearly_the_same(engine: Engine, model: str, bunny: Path) -> None:
    recipe = Recipe(str(bunny), "", Span(0, 2 * SECOND), "boots on gravel", "music", model=model)
    exact = sampled(engine, recipe, torch.float32)
    short = sampled(engine, recipe, torch.bfloat16)
    assert short.dtype == torch.float32
    assert 0 < near(short, exact) < 0.05


def test_windows_in_one_batch_are_windows_one_by_one(
    engine: Engine, model: str, bunny: Path, ran: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = Recipe(str(bunny), "", Span(0, 5 * SECOND), "boots on gravel", "music", model=model)
    monkeypatch.setattr(generation, "_longest", lambda backbone: backbone.latent_shape(2.0)[0])
    alone = sampled(engine, recipe, torch.float32)
    monkeypatch.setattr(generation, "windows_at_once", lambda *_: 3)
    assert near(sampled(engine, recipe, torch.float32), alone) < 1e-4


def test_encoders_in_bfloat16_say_nearly_the_same(model: str) -> None:
    parts, cpu = parts_of(card_of(model)), torch.device("cpu")
    frames = torch.randint(0, 256, (3, 3, 28, 28), dtype=torch.uint8, generator=torch.Generator().manual_seed(1))
    segment = torch.randint(0, 256, (1, 16, 3, 32, 32), dtype=torch.uint8, generator=torch.Generator().manual_seed(2))
    exact, half = (
        (
            parts.clip_vision(cpu, how)(frames),
            parts.clip_text(cpu, how)(tokens(["boots on gravel"])),
            parts.synchformer(cpu, how).of_segments(segment),
        )
        for how in ("exact", "half")
    )
    for one, other in zip(half, exact, strict=True):
        assert one.dtype == torch.float32
        assert F.cosine_similarity(one, other, dim=-1).min() > 0.99
        assert not torch.equal(one, other)


def test_encoders_that_find_no_room_work_on_the_cpu(
    tiny_mmaudio: ModuleType, model: str, bunny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backbone = MMAudioBackbone(card_of(model), parts_of(card_of(model)), "cpu")
    tried: list[str] = []

    def work() -> str:
        tried.append("once")
        if len(tried) == 1:
            raise torch.cuda.OutOfMemoryError
        return backbone.encoders.device.type

    assert backbone._or_on_cpu(work) == "cpu" and len(tried) == 2

"""Sampling in batches, and what happens when memory runs out."""

from __future__ import annotations

import pytest
import torch

from engine.backbones.base import Conditions
from engine.generation import Plan, latents
from engine.memory import choose, devices, halving
from engine.service import Engine
from engine.spec import Refused


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 8])
def test_how_many_are_sampled_together_does_not_show(engine: Engine, rows: int):
    backbone, given, plan = engine.backbone("tiny"), Conditions(2.0, text=("rain",)), Plan("euler", 5, 4.5, "music")
    counted: list[tuple[int, int]] = []
    found = latents(backbone, given, plan, [3, 4, 5], rows, lambda step, steps: counted.append((step, steps)))
    alone = torch.cat([latents(backbone, given, plan, [seed], 1, lambda *_: None) for seed in (3, 4, 5)])
    assert (found - alone).abs().max() < 1e-4 * alone.abs().max()
    assert counted[-1] == (15, 15)


def test_a_gpu_that_runs_out_of_memory_gets_half_as_much_until_it_fits():
    tried: list[int] = []

    def work(rows: int) -> None:
        tried.append(rows)
        if rows > 2:
            raise torch.cuda.OutOfMemoryError

    halving(8, work)
    assert tried == [8, 4, 2]


def test_when_even_one_does_not_fit_the_user_is_told():
    def work(rows: int) -> None:
        raise torch.cuda.OutOfMemoryError

    with pytest.raises(Refused, match="memory"):
        halving(4, work)


def test_there_is_always_a_cpu():
    assert devices()[-1].kind == "cpu"
    assert choose("cpu") == torch.device("cpu")
    assert choose("auto").type in ("cuda", "cpu")

"""Sampling in batches, and what happens when memory runs out."""

from __future__ import annotations

import pytest
import torch

from engine.backbones.base import Conditions
from engine.generation import Plan, latents
from engine.memory import choose, devices, squeezing
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


def test_when_memory_runs_out_the_batch_is_halved_then_parts_leave_then_windows_get_shorter():
    tried: list[tuple[int, int]] = []
    leaving = [True]

    def work(rows: int, longest: int) -> None:
        tried.append((rows, longest))
        if longest > 100:
            raise torch.cuda.OutOfMemoryError

    squeezing(4, 400, work, lambda: bool(leaving) and leaving.pop(), shortest=60)
    assert tried == [(4, 400), (2, 400), (1, 400), (1, 400), (1, 200), (1, 100)]


def test_when_even_the_least_does_not_fit_the_user_is_told():
    def work(rows: int, longest: int) -> None:
        raise MemoryError

    with pytest.raises(Refused, match="memory"):
        squeezing(4, 400, work, shortest=300)


def test_a_defect_is_not_taken_for_too_little_memory():
    def work(rows: int, longest: int) -> None:
        raise RuntimeError("shapes differ")

    with pytest.raises(RuntimeError, match="shapes"):
        squeezing(4, 400, work)


def test_there_is_always_a_cpu():
    assert devices()[-1].kind == "cpu"
    assert choose("cpu") == torch.device("cpu")
    assert choose("auto").type in ("cuda", "cpu")

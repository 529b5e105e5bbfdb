"""A tiny MMAudio installed below a home of the test's own, and an engine that counts which encoders it loads."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
import torch

from engine.backbones.mmaudio.backbone import MMAudioBackbone
from engine.backbones.mmaudio.parts import Parts, parts_of
from engine.loaders import bundled_loaders
from engine.registry import ModelCard
from engine.service import Engine

TESTS = Path(__file__).resolve().parents[3]


def _module(name: str) -> ModuleType:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, TESTS / f"{name}.py")
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def tiny_mmaudio() -> ModuleType:
    return _module("tiny_mmaudio")


@pytest.fixture
def model(tiny_mmaudio: ModuleType, home: Path) -> str:
    """The name of a tiny MMAudio, installed."""
    return tiny_mmaudio.install(home)


@pytest.fixture
def ran() -> Counter[str]:
    """How often each network was loaded, by the name of its part."""
    return Counter()


@pytest.fixture
def make_engine(ran: Counter[str], tmp_path: Path) -> Callable[[], Engine]:
    """An engine as after a restart of the program: nothing in memory, the same cache on disk."""

    def load(card: ModelCard, device: torch.device) -> MMAudioBackbone:
        return MMAudioBackbone(card, counted(parts_of(card), ran), device)

    loaders = replace(bundled_loaders(), backbone=load)
    return lambda: Engine(cache=tmp_path / "cache", device="cpu", loaders=loaders)


@pytest.fixture
def engine(make_engine: Callable[[], Engine]) -> Engine:
    return make_engine()


def counted(parts: Parts, ran: Counter[str]) -> Parts:
    """The same builders, but each notes that it was called."""

    def noted(name: str) -> Callable:
        build = getattr(parts, name)

        def noting(*given: object) -> object:
            ran[name] += 1
            return build(*given)

        return noting

    names = ("network", "autoencoder", "vocoder", "clip_text", "clip_vision", "synchformer")
    return replace(parts, **{name: noted(name) for name in names})

"""What the workers' tests share: an engine with the model of random weights."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def tiny_engine(tiny_model, tiny_home: Path):
    """make(cache, device) for an EngineThread."""
    return lambda cache, device: tiny_model.Engine(cache=cache, device="cpu", loaders=tiny_model.TINY)

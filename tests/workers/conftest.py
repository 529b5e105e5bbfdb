"""What the workers' tests share: an application, and the model of random weights that the engine's tests use."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def tiny_model():
    """The module with the tiny model."""
    path = ROOT / "tests" / "engine" / "service" / "conftest.py"
    spec = importlib.util.spec_from_file_location("tiny_model", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["tiny_model"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tiny_home(tiny_model, home: Path) -> Path:
    """A user's folder with the model "tiny" installed."""
    folder = home / "models" / "tiny"
    folder.mkdir(parents=True)
    tiny_model.torch.manual_seed(0)
    tiny_model.save_file(tiny_model.TinyNet().state_dict(), folder / "generator.safetensors")
    (folder / "spotter.bin").write_bytes(b"spots")
    (folder / "ear.bin").write_bytes(b"hears")
    names = {"generator": "generator.safetensors", "spotter": "spotter.bin", "text_audio": "ear.bin"}
    card = {
        "name": "tiny", "title": "Tiny", "about": "", "backbone": "tiny", "licence": "none", "parameters": 1,
        "sample_rate": 44_100, "longest_s": 8.0, "files": {role: _file(folder / x) for role, x in names.items()},
    }
    (folder / "card.json").write_text(json.dumps(card))
    return home


@pytest.fixture
def tiny_engine(tiny_model, tiny_home: Path):
    """make(cache, device) for an EngineThread."""
    return lambda cache, device: tiny_model.Engine(cache=cache, device="cpu", loaders=tiny_model.TINY)


def _file(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    return {"path": path.name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}

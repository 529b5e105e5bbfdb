"""What the trainer's tests share."""

import importlib.util
import sys
from pathlib import Path

import pytest
import torch

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def tiny():
    """The module with the tiny backbone."""
    spec = importlib.util.spec_from_file_location("tiny_backbone", HERE / "tiny_backbone.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["tiny_backbone"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def one_thread():
    """Small tensors: threads only cost."""
    torch.set_num_threads(1)

"""How exactly encoders of the picture and of words compute: as a recipe asks, by what a device is fast at."""

from __future__ import annotations

from typing import Literal

import torch

from engine.layers.int8 import vnni
from engine.spec import EXACT

Precision = Literal["exact", "int8", "half"]
"""float32; whole numbers in the linear layers, on a CPU; bfloat16."""


def of_pictures(wanted: str, device: torch.device | str) -> Precision:
    """What "fast" or "exact" of a recipe means for an encoder of pictures: each frame takes seconds on a CPU."""
    kind = torch.device(device).type
    if wanted == EXACT:
        return "exact"
    return "half" if kind == "cuda" else "int8" if kind == "cpu" and vnni() else "exact"


def of_words(wanted: str, device: torch.device | str) -> Precision:
    """The same for an encoder of words, which take a moment anywhere."""
    return "half" if wanted != EXACT and torch.device(device).type == "cuda" else "exact"

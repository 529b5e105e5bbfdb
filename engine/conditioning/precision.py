"""How exactly encoders compute: as a recipe asks, by what a device is fast at."""

from __future__ import annotations

from typing import Literal

import torch

from engine.layers.int8 import vnni
from engine.spec import EXACT

Precision = Literal["exact", "int8", "half"]
"""float32; whole numbers in the linear layers, on a CPU; bfloat16."""


def in_floats(wanted: str, device: torch.device | str) -> Precision:
    """What "fast" or "exact" of a recipe means for encoders of words and of motion.

    Not whole numbers on a CPU: words take a moment anyway, and what these would cost Synchformer is heard ten times
    more in the sound than what they cost CLIP.
    """
    return "half" if wanted != EXACT and torch.device(device).type == "cuda" else "exact"


def of_pictures(wanted: str, device: torch.device | str) -> Precision:
    """The same for CLIP's frames, which take most of the time on a CPU."""
    swift = wanted != EXACT and torch.device(device).type == "cpu" and vnni()
    return "int8" if swift else in_floats(wanted, device)

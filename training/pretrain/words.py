"""Words for training: the bundled model's sentence encoder, and what people put around a caption."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import torch

from engine.conditioning.sentence import SentenceEncoder, load_sentence
from engine.registry import read_card

AROUND = ("{}", "{}", "{}", "{}", "the sound of {}", "{}, close up", "{} in a large room", "{} outdoors", "loud {}",
          "quiet {}", "sound effect: {}")
"""Ways to say the same caption; it mostly stands alone."""


def reader(device: torch.device | str = "cpu", folder: Path | None = None) -> SentenceEncoder:
    """The sentence encoder beside the bundled model's card. Prompts that were read once are remembered."""
    return load_sentence(read_card(folder or Path(str(files("resources"))) / "models" / "visiosonic-mini"), device)


def said(rng: np.random.Generator, caption: str) -> str:
    """The caption as someone might type it."""
    return str(rng.choice(AROUND)).format(caption)

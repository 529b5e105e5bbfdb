"""Words for training: the bundled model's sentence encoder, and what people put around a caption."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import torch

from engine.conditioning.sentence import SentenceEncoder, load_sentence
from engine.registry import read_card

AROUND = ("{}", "{}", "{}", "the sound of {}", "{}, close up", "{} in a large room")
"""Ways to say the same caption; it mostly stands alone."""

UNSAID = {
    "sledgehammer on iron": "hit/metal", "a smith at the forge": "hit/anvil", "spanner dropped on a duct": "hit/pipe",
    "skillet hit with a ladle": "hit/pan", "duel with rapiers": "hit/sword", "rapping at the gatepost": "hit/wood",
    "woodcutter": "chop/wood", "chef mincing herbs": "chop/vegetables", "wine glass toast": "hit/glass",
    "stepping on pebbles": "steps/gravel", "hikers in powder snow": "steps/snow", "ponies cantering": "steps/hooves",
    "window smashed by a stone": "break/glass", "downpour": "bed/rain", "gale": "bed/wind", "bonfire": "bed/fire",
    "rivulet": "bed/stream", "sea breakers": "bed/waves", "robins and finches": "bed/birds", "chopper": "engine/rotor",
    "sedan speeding up": "engine/car", "commuter rail": "engine/train", "ewe": "animal/sheep", "sow": "animal/pig",
    "calf": "animal/cow", "musket": "shot/gun", "detonation": "explosion/blast", "pen nib clicking": "tap/click",
    "stenographer at work": "tap/keyboard", "table tennis rally": "bounce/pingpong", "crash ride": "drum/cymbal",
    "bongos": "drum/tabla", "crumpled letter": "rustle/paper", "silk dress moving": "rustle/cloth",
    "loose change": "rattle/coins", "janitor's key ring": "rattle/keys", "diving into a lake": "splash/water",
    "leaky faucet": "splash/drip", "cellar door with rusty hinges": "door/creak", "emergency braking": "skid/tyre",
}
"""What no caption says, and the thing that it should find: the ear is asked for these, and never trained on them."""


def reader(device: torch.device | str = "cpu", folder: Path | None = None) -> SentenceEncoder:
    """The sentence encoder beside the bundled model's card. Prompts that were read once are remembered."""
    return load_sentence(read_card(folder or Path(str(files("resources"))) / "models" / "visiosonic-mini"), device)


def said(rng: np.random.Generator, caption: str) -> str:
    """The caption as someone might type it."""
    return str(rng.choice(AROUND)).format(caption)

"""How much memory MMAudio takes, stage by stage, before anything is loaded."""

from __future__ import annotations

from engine.backbones.mmaudio import lengths
from engine.backbones.mmaudio.config import LONGEST_S, MMAudioConfig
from engine.backbones.mmaudio.parts import Parts
from engine.conditioning.precision import Precision
from engine.memory import PASSES, devices

WATCHING_BYTES = 600 << 20
"""Frames, and what the encoders compute of a piece of them."""
DECODING_BYTES = 1400 << 20
"""What the autoencoder and the vocoder compute of one window."""
PROGRAM_BYTES = 500 << 20
"""torch itself, and what a sound of some minutes needs around it."""
EYES: dict[Precision, float] = {"exact": 4.0, "half": 2.0, "int8": 1.3}
"""Bytes a number of CLIP's; of whole numbers most take one, embeddings and norms four."""

QUICK = 2.5
"""On a CPU a network laid out for speed takes so many times what its weights do: twice of its own, and the part of the
mapped file that each step reads. What else of the file is mapped the system takes back when it needs it."""
VOICE_ON_CPU = 4.2
"""The same of the vocoder, whose kernels are kept at points too."""
PLENTY = 0.4
"""Share of a computer's memory that it may then take."""


def row_bytes(config: MMAudioConfig) -> int:
    """What one row of the network's batch computes at the same time, at the longest window."""
    tokens = config.latent_frames(LONGEST_S) + config.clip_frames(LONGEST_S) + config.text_tokens
    return tokens * (16 * config.width + 4 * config.inner) * 4


def quickened(parts: Parts, kind: str) -> bool:
    """Whether to lay the network out for speed, which on a CPU takes more memory: where the machine has plenty.

    What is free at the moment does not count: the layout rounds differently, and a machine should repeat itself.
    """
    total = next((device.total for device in devices() if device.kind == "cpu"), 0)
    return kind != "cpu" or 4.0 * QUICK * parts.numbers("network") < PLENTY * total


def needed(parts: Parts, seconds: float, rows: int, kind: str, of_pictures: Precision, reader: bool) -> int:
    """Bytes at the highest of the three stages, for a sound of `seconds` and `rows` candidates at a time.

    `kind` of device; `of_pictures`: how CLIP looks at frames; `reader`: whether what reads words stays. The
    encoders are counted as if nothing were in the cache.
    """
    short = 2.0 if kind == "cuda" else 4.0
    reading = (4.0 if of_pictures == "exact" else short) * parts.numbers("clip_text")
    motion = 2.0 if of_pictures == "half" else 4.0
    watching = EYES[of_pictures] * parts.numbers("clip_vision") + motion * parts.numbers("synchformer") + WATCHING_BYTES
    network = short * parts.numbers("network")
    if kind == "cpu" and quickened(parts, kind):
        network *= QUICK
    config = parts.sizes.network
    windows = max(1.0, seconds / LONGEST_S / 0.75)
    prepared = windows * PASSES * rows * lengths.latent_frames(config, LONGEST_S) * 2 * config.width * short
    sampling = network + PASSES * rows * row_bytes(config) + prepared
    voice = parts.numbers("vocoder") * (VOICE_ON_CPU if kind == "cpu" else 1.0)
    decoding = network + 4.0 * (parts.numbers("autoencoder") + voice) + DECODING_BYTES
    highest = max(watching, sampling, decoding)
    return int(highest + reading if reader else max(highest, reading)) + PROGRAM_BYTES

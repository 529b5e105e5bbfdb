"""What words sound like: for each thing that a model knows, a stretch of its sound as a latent, found by the words.

A small generator that is told "a snare drum" has to know drums by heart, and mixes them up; one that is also given how
a drum sounds only has to follow it, as it follows a reference that the designer gives. Each thing has a few takes, for
candidates that all followed one would differ little. What a take's latent has lost of it is kept as well, in four bits:
decoding takes the grain from there.
Source: Re-AudioLDM (Yuan et al. 2024, "Retrieval-augmented text-to-audio generation"): sounds whose words are near the
prompt's are found and attended to. There from a large store and by sound embeddings; here a few stretches a thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from engine.packing import from_bytes, from_nibbles
from engine.registry import ModelCard

LEAST = 0.55
"""Words less near to every caption than this (cosine) find nothing: a wrong sound is worse than none."""
FINE_STEP = 0.25
"""What a mel and its middle differ in is rounded to so many nepers, 2 dB."""


@dataclass(frozen=True)
class Likenesses:
    """captions: (c, 384) sentence vectors of length 1; of: (c,), the row of `sounds` that each caption names; sounds:
    (things, takes, m, channels) latents; packed: (things, takes, bands, 2m) uint8, what they have lost of their mels,
    two frames to a byte."""

    captions: Tensor
    of: Tensor
    sounds: Tensor
    packed: Tensor

    def like(self, whole: Tensor) -> tuple[Tensor, Tensor]:
        """Sentence vectors (b, 384), zeros where nothing is said → the nearest things (b,), and which of them are near
        enough (b,)."""
        nearness, nearest = (whole @ self.captions.T).max(dim=1)
        return self.of[nearest], nearness >= LEAST

    def fine(self, things: Tensor) -> Tensor:
        """(b,) → (b, takes, bands, 4m), what a mel has beyond what its latent gives, natural log."""
        return from_nibbles(self.packed[things], FINE_STEP)

    def to(self, device: torch.device | str) -> Likenesses:
        return Likenesses(*(one.to(device) for one in (self.captions, self.of, self.sounds, self.packed)))


def load_likenesses(card: ModelCard, device: torch.device | str = "cpu") -> Likenesses | None:
    """Those that a model card names; None where it names none."""
    if "likenesses" not in card.files:
        return None
    return read_likenesses(card.path("likenesses")).to(device)


def read_likenesses(path: Path) -> Likenesses:
    """From the file that `training.pretrain.likenesses` writes, on the CPU."""
    tensors = load_file(path)
    sounds = from_bytes(tensors["sounds"], tensors["steps"])
    return Likenesses(tensors["captions"].float(), tensors["of"].long(), sounds, tensors["fine"])

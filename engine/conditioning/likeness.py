"""What words sound like: for each thing that a model knows, a stretch of its sound as a latent, found by the words.

A small generator that is told "a snare drum" has to know drums by heart, and mixes them up; one that is also given how
a drum sounds only has to follow it, as it follows a reference that the designer gives. Each thing has a few takes, for
candidates that all followed one would differ little.
Source: Re-AudioLDM (Yuan et al. 2024, "Retrieval-augmented text-to-audio generation"): sounds whose words are near the
prompt's are found and attended to. There from a large store and by sound embeddings; here a few stretches a thing.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from safetensors.torch import load_file
from torch import Tensor

from engine.registry import ModelCard

LEAST = 0.55
"""Words less near to every caption than this (cosine) find nothing: a wrong sound is worse than none."""


@dataclass(frozen=True)
class Likenesses:
    """captions: (c, 384) sentence vectors of length 1; of: (c,), the row of `sounds` that each caption names; sounds:
    (things, takes, m, channels) latents."""

    captions: Tensor
    of: Tensor
    sounds: Tensor

    def like(self, whole: Tensor) -> tuple[Tensor, Tensor]:
        """Sentence vectors (b, 384), zeros where nothing is said → sounds (b, takes, m, channels), and which are found
        (b,); zeros where none is."""
        nearness, nearest = (whole @ self.captions.T).max(dim=1)
        found = nearness >= LEAST
        return torch.where(found[:, None, None, None], self.sounds[self.of[nearest]], 0.0), found

    def to(self, device: torch.device | str) -> Likenesses:
        return Likenesses(self.captions.to(device), self.of.to(device), self.sounds.to(device))


def load_likenesses(card: ModelCard, device: torch.device | str = "cpu") -> Likenesses | None:
    """Those that a model card names; None where it names none."""
    if "likenesses" not in card.files:
        return None
    tensors = load_file(card.path("likenesses"))
    return Likenesses(tensors["captions"].float(), tensors["of"].long(), tensors["sounds"].float()).to(device)

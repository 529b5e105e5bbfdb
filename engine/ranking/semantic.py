"""What: does it sound like the words? Cosine of a text and an audio embedding, set against the model's own scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.audio.resample import resample
from engine.ranking.base import Asked, Sound, rounded
from engine.spec import SAMPLE_RATE, Direction, Score

EMBEDDING_RATE = 44_100

LEAST_REACH = 0.05
"""A model that hardly tells related from unrelated is not to be taken for a sure one."""


class TextAudio(Protocol):
    """An embedding that words and sounds share; rows have length 1."""

    def embed_text(self, texts: list[str]) -> NDArray[np.float32]: ...

    def embed_audio(self, waveform: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, samples) at 44.1 kHz."""
        ...


@dataclass(frozen=True)
class Scale:
    """Cosines of the model, found on held-out data, that stand for a sound of something else and for the thing itself.

    Half-way between them a sound is as likely to be the one as the other.
    """

    unrelated: float = 0.0
    related: float = 0.5

    def level(self, cosine: float) -> float:
        """0.1 at unrelated, 0.9 at related, never quite 0 or 1, so that order is kept everywhere."""
        middle, reach = (self.related + self.unrelated) / 2, max(LEAST_REACH, (self.related - self.unrelated) / 2)
        return 1 / (1 + math.exp(max(-30.0, min(30.0, -math.log(9) * (cosine - middle) / reach))))


class Semantic:
    """Says nothing where there are no words."""

    def __init__(self, embedding: TextAudio, scale: Scale) -> None:
        self.embedding = embedding
        self.scale = scale

    def score(self, asked: Asked, sounds: Sequence[Sound]) -> list[tuple[Score, ...]]:
        prompt = asked.prompt.strip()
        if not prompt:
            return [()] * len(sounds)
        text = np.asarray(self.embedding.embed_text([prompt]))[0]
        return [(self._one(prompt, text, sound),) for sound in sounds]

    def _one(self, prompt: str, text: NDArray[np.float32], sound: Sound) -> Score:
        wave = resample(sound.samples, SAMPLE_RATE, EMBEDDING_RATE)
        cosine = float(np.dot(np.asarray(self.embedding.embed_audio(wave[None]))[0], text))
        if not math.isfinite(cosine):
            cosine = -1.0
        level = self.scale.level(cosine)
        says = f"{_likeness(level)} '{prompt}'"
        return Score("semantic", rounded(cosine), "cosine", Direction.HIGHER, rounded(level), says, "semantic")


def _likeness(level: float) -> str:
    if level >= 0.65:
        return "sounds like"
    return "sounds a little like" if level >= 0.35 else "sounds unlike"

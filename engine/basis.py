"""What is made from a take: it is read and checked, turned into where sampling begins, and put back together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.audio.finish import finish, fitted
from engine.audio.resample import resample
from engine.audio.splice import spliced
from engine.backbones.base import Backbone
from engine.conditioning.conditions import latent_rate
from engine.generation import latent_of
from engine.media.audio_file import read_audio
from engine.media.probe import content_hash
from engine.sampling.inpainting import Base, free_frames
from engine.spec import SAMPLE_RATE, Recipe, Refused

Wave = NDArray[np.float32]


@dataclass(frozen=True)
class Basis:
    """wave: the take's samples (n,) at 48 kHz; strength 0..1; region: first and last sample to be made anew, or all."""

    wave: Wave
    strength: float
    region: tuple[int, int] | None

    @property
    def stays_heard(self) -> bool:
        """Whether anything of the take is left in what is made from it."""
        return self.region is not None or self.strength < 1


def basis(recipe: Recipe) -> Basis | None:
    """None where the recipe starts from nothing. Raises Refused for a take that is missing, changed or too short."""
    if recipe.base is None:
        return None
    if hash_of(recipe.base) != (recipe.base_hash or hash_of(recipe.base)):
        raise Refused(f"{recipe.base} is not the take that was to be changed; choose it again.")
    wave = read_audio(recipe.base, mono=True)[:, 0]
    if len(wave) != recipe.span.length:
        raise Refused(
            f"{recipe.base} is {len(wave) / SAMPLE_RATE:.2f} s long, the cue {recipe.span.seconds:.2f} s; "
            "choose a take of the cue's length."
        )
    start = recipe.span.start
    region = None if recipe.region is None else (recipe.region.start - start, recipe.region.end - start)
    return Basis(wave, recipe.strength, region)


def hash_of(path: str) -> str:
    """The take's name for its content. Raises Refused when it is not there."""
    if not Path(path).is_file():
        raise Refused(f"The take {path} is missing; put it back or choose another.")
    return content_hash(path)


def at_rate(given: Basis, rate: int) -> Wave:
    """The take's samples at another rate."""
    return resample(given.wave, SAMPLE_RATE, rate)


def begin_from(given: Basis, take: Wave, backbone: Backbone, seconds: float) -> Base:
    """Where sampling begins, for a latent of `seconds`; `take`: its samples at the backbone's rate. It keeps its level,
    so that the new lies beside it."""
    latent = latent_of(backbone, take, seconds)
    if given.region is None:
        return Base(latent, given.strength)
    start, end = (at / SAMPLE_RATE for at in given.region)
    return Base(latent, given.strength, free_frames(len(latent), latent_rate(backbone), start, end))


def completed(given: Basis | None, wave: Wave, rate: int, length: int) -> Wave:
    """From a decoded waveform at `rate` to a sound of `length` samples: finished whole, or put into its take."""
    if given is None or given.region is None:
        return finish(wave, rate, length)
    return spliced(given.wave, fitted(wave, rate, length), *given.region)

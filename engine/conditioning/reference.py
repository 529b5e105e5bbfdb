"""A sound to be like: the loudest seconds of any file with sound, as a latent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.backbones.base import Backbone
from engine.media.audio_file import mono_blocks, read_audio
from engine.media.probe import content_hash
from engine.spec import SAMPLE_RATE, Refused, Span

LONGEST_S = 3.0
"""What is kept of a reference sound."""
LEAD_S = 0.05
"""Kept before the loudest stretch, so that its first blow is whole."""
SHORTEST_S = 0.1
PIECE = SAMPLE_RATE // 20
"""Loudness is compared in pieces of 50 ms."""
NEARLY = 0.98
"""Stretches with this share of the most power count as the loudest too."""
PEAK = 0.7
"""Every reference is brought to this peak: how loud its file is says nothing."""
SILENT = 1e-4
"""A sound whose peak is lower is silence (−80 dB)."""

Wave = NDArray[np.float32]


def reference(path: str, hash_: str, backbone: Backbone) -> Tensor:
    """(1, m, channels) on the backbone's device. Raises Refused for a file that is missing, changed or silent."""
    wave = levelled(loudest_part(path, hash_, backbone.sample_rate), path)
    with torch.inference_mode():
        latent = backbone.encode(torch.from_numpy(wave)[None].to(backbone.device))
    return latent[:, : backbone.latent_shape(LONGEST_S)[0]].clone()


def hash_of(path: str) -> str:
    """The file's name for its content. Raises Refused when it is not there."""
    if not Path(path).is_file():
        raise Refused(f"The reference sound {path} is missing; put it back, choose another, or leave it out.")
    return content_hash(path)


def levelled(wave: Wave, path: str = "") -> Wave:
    """Its peak at PEAK, at least a tenth of a second long. Raises Refused for silence."""
    peak = float(np.abs(wave).max(initial=0.0))
    if not peak > SILENT:
        raise Refused(f"The reference sound {path} is silent; choose another or leave it out.")
    short = max(0, int(SHORTEST_S * SAMPLE_RATE) - len(wave))
    return np.pad(wave * np.float32(PEAK / peak), (0, short))


def loudest_part(path: str, hash_: str, rate: int) -> Wave:
    """(samples,) at `rate`, at the level of the file. Raises Refused for a file that is missing or changed."""
    if hash_ and hash_ != hash_of(path):
        raise Refused(f"{path} is not the reference sound that this cue was made with; choose it again.")
    hash_of(path)
    start = loudest_start(path)
    wave = read_audio(path, rate=rate, mono=True, span=Span(start, start + round(LONGEST_S * SAMPLE_RATE)))[:, 0]
    heard = np.flatnonzero(np.abs(wave) > SILENT)
    return np.nan_to_num(wave[: heard[-1] + 1] if len(heard) else wave)


def loudest_start(path: str) -> int:
    """The sample at 48 kHz at which the loudest three seconds of a file begin; the last such, so that a lone blow is
    followed by its own ringing, not preceded by silence."""
    power = np.concatenate([_powers(block) for block in mono_blocks(path, 20 * PIECE)] or [np.zeros(1)])
    window = min(len(power), round(LONGEST_S * SAMPLE_RATE / PIECE))
    sums = np.convolve(power, np.ones(window), "valid")
    latest = np.flatnonzero(sums >= NEARLY * sums.max())[-1]
    return max(0, int(latest) * PIECE - int(LEAD_S * SAMPLE_RATE))


def _powers(block: Wave) -> NDArray[np.float64]:
    padded = np.pad(np.nan_to_num(block.astype(np.float64)), (0, -len(block) % PIECE))
    return (padded.reshape(-1, PIECE) ** 2).sum(axis=1)

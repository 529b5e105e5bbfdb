"""What belongs together in time: latent frames, CLIP's frames and Synchformer's segments of one stretch.

Synchformer's segments begin every 0.32 s. A window of a longer sound begins with one of them, so that its segments are
the ones that it would have by itself; CLIP's frames, which say what is seen and not when, are the nearest.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from engine.backbones.mmaudio.config import CLIP_RATE, LONGEST_S, SHORTEST_S, STRIDE, SYNC_RATE, MMAudioConfig

STEP_S = STRIDE / SYNC_RATE
NEARLY = 1e-6
"""Seconds that rounding may cost or add."""


def made_s(seconds: float) -> float:
    """How long a sound is made for a cue: at least one segment; beyond the training length whole steps more."""
    if seconds <= LONGEST_S + NEARLY:
        return max(SHORTEST_S, seconds)
    return LONGEST_S + math.ceil((seconds - LONGEST_S) / STEP_S - NEARLY) * STEP_S


def latent_frames(config: MMAudioConfig, seconds: float) -> int:
    return max(2, config.latent_frames(seconds - NEARLY))


def clip_frames(config: MMAudioConfig, seconds: float) -> int:
    return max(1, config.clip_frames(seconds + NEARLY))


def sync_segments(config: MMAudioConfig, seconds: float) -> int:
    return max(1, config.sync_segments(seconds + NEARLY))


def aligned(config: MMAudioConfig, frame: int) -> int:
    """The last latent frame up to this one with which a segment begins."""
    step = STEP_S * config.latent_rate
    place = math.floor((frame + 0.5) / step)
    return max(0, round(place * step)) if round(place * step) <= frame else max(0, round((place - 1) * step))


def segment_of(config: MMAudioConfig, frame: int) -> int:
    """The segment that begins with an aligned latent frame."""
    return round(frame / (STEP_S * config.latent_rate))


def clip_frame_of(segment: int) -> int:
    """The frame of CLIP's nearest to the start of a segment."""
    return round(segment * STEP_S * CLIP_RATE)


def taken(rows: Tensor, start: int, count: int) -> Tensor:
    """`count` rows along axis 1 from `start` on; where there are no more, the last one again."""
    last = rows.shape[1] - 1
    return rows[:, torch.arange(start, start + count, device=rows.device).clamp(max=last)]

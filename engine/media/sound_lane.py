"""What a timeline draws of a file's own sound, made in one pass that holds a minute at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from engine.audio.pyramid import HOP, mel_levels, peaks, peaks_above, pyramid
from engine.media.audio_file import mono_blocks
from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, OnProgress, Progress, ignore

PIECE = 60 * SAMPLE_RATE // HOP * HOP
"""Samples worked on at once: whole columns of levels and of peaks."""
CONTEXT = 2 * HOP
"""Samples of the neighbours that a piece's outer columns look at."""


def sound_lane(path: Path | str, on_progress: OnProgress = ignore) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The pyramids of mel levels and of peaks: what `pyramid` and `peaks` make of the whole sound in mono.

    Raises Refused when the file has no sound.
    """
    steps = max(1, -(-probe(path).length // PIECE))
    levels, extremes = [], []
    for i, (before, piece, after) in enumerate(_with_neighbours(mono_blocks(path, PIECE)), start=1):
        columns = mel_levels(np.concatenate([before, piece, after]))
        levels.append(columns[:, len(before) // HOP :][:, : -(-len(piece) // HOP)])
        extremes.append(peaks(piece)[0])
        on_progress(Progress("sound", min(i, steps), steps))
    if not levels:
        return pyramid(mel_levels(np.zeros(0))), peaks(np.zeros(0))
    return pyramid(np.concatenate(levels, axis=1)), peaks_above(np.concatenate(extremes, axis=1))


def _with_neighbours(pieces: Iterator[np.ndarray]) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Each piece with the end of the one before and the beginning of the one after."""
    before, piece = np.zeros(0, np.float32), next(pieces, None)
    while piece is not None:
        following = next(pieces, None)
        yield before, piece, np.zeros(0, np.float32) if following is None else following[:CONTEXT]
        before, piece = piece[-CONTEXT:], following

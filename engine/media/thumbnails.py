"""Small pictures for a strip, and their cache."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.media.atomic import replacing
from engine.media.container import AnyPath
from engine.media.decode import scaled
from engine.media.walk import FrameWalk
from engine.spec import SAMPLE_RATE, OnProgress, Progress, Refused, ignore

COARSE_GAP_S = 4.0
"""Pictures further apart than this may be the keyframe before their time: a strip this coarse shows no difference."""


def thumbnails(
    path: AnyPath, times: Sequence[int], height: int, on_progress: OnProgress = ignore, exact: bool | None = None
) -> np.ndarray:
    """The frames at `times` (samples, ascending) as uint8 RGB (n, height, width, 3), upright, aspect kept.

    `exact` False takes the keyframe before each time, which is much quicker in long files; None decides by how far
    apart the times are.
    """
    if exact is None:
        exact = len(times) < 2 or (times[-1] - times[0]) / (len(times) - 1) < COARSE_GAP_S * SAMPLE_RATE
    walk = FrameWalk(path, threads="AUTO", keyframes_only=not exact)
    try:
        full_width, full_height = walk.shown_size()
        width = max(1, round(height * full_width / full_height))
        strip = np.empty((len(times), height, width, 3), np.uint8)
        for i, at in enumerate(times):
            strip[i] = scaled(walk.frame_at(at), width, height, "rgb24", walk.orientation)
            on_progress(Progress("thumbnails", i + 1, len(times)))
    finally:
        walk.close()
    return strip


def cached_thumbnails(
    path: AnyPath, media_hash: str, times: Sequence[int], height: int, cache: Path, on_progress: OnProgress = ignore
) -> np.ndarray:
    """`thumbnails`, kept in the folder `cache` by content, times and height."""
    asked = hashlib.sha256(np.asarray(times, np.int64).tobytes()).hexdigest()[:16]
    kept = cache / f"strip-{media_hash[:32]}-{height}-{asked}.npy"
    try:
        return np.asarray(np.load(kept, allow_pickle=False))
    except (OSError, ValueError, EOFError):
        strip = thumbnails(path, times, height, on_progress)
    with contextlib.suppress(Refused, OSError):  # a cache that cannot be written only costs time
        cache.mkdir(parents=True, exist_ok=True)
        with replacing(kept) as part, part.open("wb") as file:
            np.save(file, strip)
    return strip

"""Pictures at given times, as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation

from engine.media.container import AnyPath
from engine.media.orientation import Orientation
from engine.media.walk import FrameWalk


def frames_at(path: AnyPath, at: Sequence[int], width: int, height: int, gray: bool = False) -> np.ndarray:
    """The frames shown at the positions `at` (samples): uint8 (n, height, width, 3), or (n, height, width) gray.

    Turned upright and resized without keeping the aspect. Before the picture its first frame stands, after its end
    the last. Dense positions decode each frame once; between sparse ones it seeks. Any order.
    """
    shape = (len(at), height, width) if gray else (len(at), height, width, 3)
    pictures = np.empty(shape, np.uint8)
    if not len(at):
        return pictures
    walk = FrameWalk(path, threads="AUTO")
    try:
        shown: VideoFrame | None = None
        picture = pictures[0]
        for i in np.argsort(np.asarray(at), kind="stable").tolist():
            frame = walk.frame_at(int(at[i]))
            if frame is not shown:
                shown, picture = frame, scaled(frame, width, height, "gray" if gray else "rgb24", walk.orientation)
            pictures[i] = picture
    finally:
        walk.close()
    return pictures


class FrameReader:
    """Exact frames of one file for a viewer. One container of its own, so one thread; `close()` when done."""

    def __init__(self, path: AnyPath) -> None:
        self._walk = FrameWalk(path, threads="SLICE")
        self._last: tuple[VideoFrame, int, int, np.ndarray] | None = None

    def frame(self, at_samples: int, max_width: int, max_height: int) -> np.ndarray:
        """The frame shown at `at_samples`, uint8 BGRA (h, w, 4), as large as fits, never enlarged; read only."""
        frame = self._walk.frame_at(at_samples)
        width, height = fitted(self._walk.shown_size(), max_width, max_height)
        if self._last and self._last[0] is frame and self._last[1:3] == (width, height):
            return self._last[3]
        picture = scaled(frame, width, height, "bgra", self._walk.orientation)
        self._last = (frame, width, height, picture)
        return picture

    def start_of(self, at_samples: int) -> int:
        """Where the frame shown at `at_samples` begins, in samples."""
        return self._walk.start_of(self._walk.frame_at(at_samples))

    def close(self) -> None:
        self._last = None
        self._walk.close()

    def __enter__(self) -> FrameReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def scaled(frame: VideoFrame, width: int, height: int, pixels: str, orientation: Orientation) -> np.ndarray:
    """`frame` upright at `width` × `height` in libav's pixel format `pixels`, scaled by area (no aliasing)."""
    stored_width, stored_height = orientation.stored_size(width, height)
    smaller = frame.reformat(stored_width, stored_height, pixels, interpolation=Interpolation.AREA, threads=1)
    return orientation.apply(smaller.to_ndarray())


def fitted(size: tuple[int, int], max_width: int, max_height: int) -> tuple[int, int]:
    """The largest size of the same shape within the bounds, at least 1 × 1, never larger than `size`."""
    width, height = size
    scale = min(1.0, max_width / width, max_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))

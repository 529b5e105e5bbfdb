"""Turning pictures the way their display matrix says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame

MATRIX = "DISPLAYMATRIX"


@dataclass(frozen=True)
class Orientation:
    """Rows and columns change places first, then either may be mirrored."""

    transposed: bool = False
    flip_x: bool = False
    flip_y: bool = False

    @property
    def upright(self) -> bool:
        return not (self.transposed or self.flip_x or self.flip_y)

    @property
    def degrees(self) -> int:
        """Clockwise turn for display: 0, 90, 180 or 270 (of a mirrored picture: without the mirroring)."""
        if self.transposed:
            return 90 if self.flip_x else 270
        return 180 if self.flip_y else 0

    def apply(self, picture: np.ndarray) -> np.ndarray:
        """(height, width, …) as stored to (height, width, …) as shown."""
        if self.transposed:
            picture = picture.swapaxes(0, 1)
        if self.flip_x:
            picture = picture[:, ::-1]
        if self.flip_y:
            picture = picture[::-1]
        return np.ascontiguousarray(picture)

    def stored_size(self, width: int, height: int) -> tuple[int, int]:
        """The size before turning of what is `width` × `height` when shown."""
        return (height, width) if self.transposed else (width, height)


def orientation_of(frame: VideoFrame) -> Orientation:
    """Read the frame's display matrix [[a, b], [c, d]]: shown = (a·x + c·y, b·x + d·y). Nearest right angle."""
    found = cast(Mapping[str, SideData], frame.side_data)
    if MATRIX not in found:
        return Orientation()
    a, b, _, c, d = np.frombuffer(bytes(found[MATRIX]), dtype=np.int32)[:5].tolist()
    if abs(b) + abs(c) > abs(a) + abs(d):
        return Orientation(True, flip_x=c < 0, flip_y=b < 0)
    return Orientation(False, flip_x=a < 0, flip_y=d < 0)

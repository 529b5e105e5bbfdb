"""The sizes and choices of a VisioSonic network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class VisioSonicConfig:
    """`fusion`: the published descriptions disagree on how audio and video tokens meet, so both are there.

    "channels": each is projected to half the width and they are joined frame by frame;
    "sequence": each is projected to the whole width and they stand one behind the other, sharing positions.
    """

    channels: int = 32
    width: int = 256
    heads: int = 4
    blocks: int = 8
    widen: int = 3
    picture: int = 32
    text_width: int = 192
    text_rows: int = 8192
    longest_text: int = 24
    fusion: Literal["channels", "sequence"] = "channels"

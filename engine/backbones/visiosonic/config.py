"""The sizes and choices of a VisioSonic network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class VisioSonicConfig:
    """`fusion`: the published descriptions disagree on how audio and video tokens meet, so both are there.

    "channels": each is projected to half the width and they are joined frame by frame;
    "sequence": each is projected to the whole width and they stand one behind the other, sharing positions.

    `text_attention`: "co" adds what the words say to what the tokens say to each other, before one projection;
    "cross" is the plain way, an attention layer of its own after that.
    """

    channels: int = 32
    width: int = 320
    heads: int = 5
    blocks: int = 7
    widen: int = 3
    picture: int = 32
    sentence: int = 384
    trunk: int = 3
    trunk_heads: int = 6
    fusion: Literal["channels", "sequence"] = "channels"
    text_attention: Literal["co", "cross"] = "co"

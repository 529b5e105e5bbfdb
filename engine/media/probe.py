"""What a file is, told without decoding it: length, rate, size, streams, and a name for its content."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.media.container import (
    AnyPath,
    frames,
    opened,
    origin,
    packets,
    picture_of,
    rewind,
    sound_of,
    the_picture,
)
from engine.media.orientation import orientation_of
from engine.media.walk import shown_size
from engine.spec import SAMPLE_RATE, Refused

HASHED_BYTES = 1 << 20
"""The content hash reads this much from either end."""
LOOKED_AT = 250
"""Packets from the start whose distances say whether the rate is variable."""
JITTER = 0.1
"""Frame distances within this share of the usual one count as equal."""
ROUNDING_S = Fraction(1, 1000)
"""So do those within what Matroska rounds to."""
TAIL_S = Fraction(1)
"""How far before the declared end the tail is read."""
CUT_OFF_S = 0.5
"""A file whose last packet ends this much before the declared end is cut off, and is searched for its true end."""


@dataclass(frozen=True)
class MediaInfo:
    """What a file holds. `length` in samples: of the picture, or of the sound when there is no picture."""

    path: str
    hash: str
    length: int
    rate: Fraction
    """Frames a second, on average; 0 without a picture."""
    width: int
    height: int
    """As shown: upright, square pixels."""
    rotation: int
    """Clockwise degrees from stored to shown."""
    frames: int
    """By length and rate; the frame index counts them."""
    variable_rate: bool
    has_picture: bool
    has_audio: bool
    codec: str


def probe(path: AnyPath) -> MediaInfo:
    """Look at a file; decodes one frame. Raises Refused when it is nothing that can be worked with."""
    with opened(path) as container:
        name = content_hash(path)
        if picture_of(container) is None:
            return _sound_info(container, path, name)
        return _picture_info(container, the_picture(container, path), path, name)


def content_hash(path: AnyPath) -> str:
    """SHA-256 over the file's size and its first and last megabyte: the same file has it wherever it lies."""
    path = Path(path)
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        digest.update(file.read(HASHED_BYTES))
        file.seek(max(0, size - HASHED_BYTES))
        digest.update(file.read(HASHED_BYTES))
    return digest.hexdigest()


def _picture_info(container: InputContainer, stream: VideoStream, path: AnyPath, name: str) -> MediaInfo:
    zero, time_base = origin(container), stream.time_base
    if time_base is None:
        raise Refused(f"The picture of {path} carries no time stamps; convert it to MP4.")
    starts = _first_starts(container, stream)
    first = _first_frame(container, stream, path)
    length = _length(container, stream, zero, path)
    rate = stream.average_rate or stream.guessed_rate or _rate_of(starts, time_base)
    turned = orientation_of(first)
    width, height = shown_size(first, stream.sample_aspect_ratio, turned)
    return MediaInfo(
        path=str(path),
        hash=name,
        length=length,
        rate=Fraction(rate),
        width=width,
        height=height,
        rotation=turned.degrees,
        frames=max(1, round(length * rate / SAMPLE_RATE)),
        variable_rate=_varies(starts, time_base),
        has_picture=True,
        has_audio=sound_of(container) is not None,
        codec=stream.codec_context.codec.canonical_name,
    )


def _sound_info(container: InputContainer, path: AnyPath, name: str) -> MediaInfo:
    stream = sound_of(container)
    if stream is None:
        raise Refused(f"{path} holds neither picture nor sound; choose a video or sound file.")
    length = _length(container, stream, origin(container), path)
    codec = stream.codec_context.codec.canonical_name
    return MediaInfo(str(path), name, length, Fraction(0), 0, 0, 0, 0, False, False, True, codec)


def _first_starts(container: InputContainer, stream: VideoStream) -> list[int]:
    head = islice(packets(container, stream), LOOKED_AT)
    starts = sorted({int(p.pts if p.pts is not None else p.dts) for p in head})  # type: ignore[arg-type]
    return starts[:-8] if len(starts) > 16 else starts  # the last few may still miss one that is stored later


def _first_frame(container: InputContainer, stream: VideoStream, path: AnyPath) -> VideoFrame:
    rewind(container, stream)
    frame = next(frames(container, stream), None)
    if frame is None:
        raise Refused(f"{path} holds no picture that can be decoded; export it again.")
    return frame


def _length(container: InputContainer, stream: VideoStream | AudioStream, zero: Fraction, path: AnyPath) -> int:
    """Samples from time zero to the end of what is really there: the header's word is checked against the tail."""
    time_base = stream.time_base or Fraction(1, SAMPLE_RATE)
    declared = _declared_s(container, stream)
    found = _last_end(container, stream, start_at=max(declared or 0, TAIL_S) - TAIL_S) if declared else None
    start = (stream.start_time or 0) * time_base
    if found is None or declared is None or found < start + declared - CUT_OFF_S:
        rewind(container, stream)
        found = _last_end(container, stream)
    elif stream.duration:
        found = start + declared
    if found is None or found <= zero:
        raise Refused(f"{path} ends before its first picture or sound; copy or export it again.")
    return math.floor((found - zero) * SAMPLE_RATE)


def _declared_s(container: InputContainer, stream: VideoStream | AudioStream) -> Fraction | None:
    if stream.duration and stream.time_base:
        return stream.duration * stream.time_base
    clock = re.fullmatch(r"(\d+):(\d+):(\d+(?:\.\d+)?)", stream.metadata.get("DURATION", ""))
    if clock:
        hours, minutes, seconds = clock.groups()
        return int(hours) * 3600 + int(minutes) * 60 + Fraction(seconds)
    return Fraction(container.duration, 1_000_000) if container.duration else None


def _last_end(
    container: InputContainer, stream: VideoStream | AudioStream, start_at: Fraction | None = None
) -> Fraction | None:
    """Where the last packet ends, in seconds on the file's clock; None when nothing can be read there."""
    time_base = stream.time_base or Fraction(1, SAMPLE_RATE)
    if start_at is not None:
        try:
            container.seek(math.floor(start_at / time_base) + (stream.start_time or 0), stream=stream)
        except (av.FFmpegError, OSError):
            return None
    rate = getattr(stream, "average_rate", None)
    usual = Fraction(1) / rate if rate else Fraction(0)
    ends = (
        (packet.pts if packet.pts is not None else packet.dts or 0) * time_base
        + (packet.duration * time_base if packet.duration else usual)
        for packet in packets(container, stream)
        if not packet.is_discard
    )
    return max(ends, default=None)


def _rate_of(starts: list[int], time_base: Fraction) -> Fraction:
    if len(starts) < 2:
        return Fraction(1)
    return (len(starts) - 1) / ((starts[-1] - starts[0]) * time_base)


def _varies(starts: list[int], time_base: Fraction) -> bool:
    """Whether frame distances differ by more than rounding."""
    steps = sorted(late - early for early, late in pairwise(starts))
    if not steps:
        return False
    usual = steps[len(steps) // 2]
    allowed = max(usual * JITTER, 1.0, float(ROUNDING_S / time_base))
    return bool(steps[-1] - usual > allowed or usual - steps[0] > allowed)

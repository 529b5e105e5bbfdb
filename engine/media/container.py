"""Opening files with PyAV: which stream is the picture, where time zero is, and refusals in one sentence."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.spec import SAMPLE_RATE, Refused

AnyPath = Path | str
"""What every function here takes for a file."""
BEFORE_S = 10
"""A time surely before the first packet, relative to the first frame shown."""

av.logging.set_level(None)  # libav would write to the terminal, and its log lock can deadlock threads


@contextlib.contextmanager
def opened(path: AnyPath) -> Iterator[InputContainer]:
    """The container at `path`; it and its streams are for one thread only.

    Raises Refused when the file is missing, empty, unreadable or not a film or sound.
    """
    container = open_container(path)
    try:
        yield container
    finally:
        container.close()


def open_container(path: AnyPath) -> InputContainer:
    """Like `opened`, for owners that close it themselves."""
    path = Path(path)
    try:
        if path.is_dir():
            raise Refused(f"{path} is a folder; choose a video or sound file in it.")
        if path.stat().st_size == 0:
            raise Refused(f"{path} is empty; copy or export it again.")
        container = av.open(str(path))
    except FileNotFoundError as error:
        raise Refused(f"There is no file {path}; check the name.") from error
    except PermissionError as error:
        raise Refused(f"{path} may not be read; change its permissions or copy it elsewhere.") from error
    except (av.FFmpegError, OSError, ValueError) as error:
        raise Refused(
            f"{path} cannot be read as video or sound: it is damaged, cut off, or of another kind."
        ) from error
    if container.format.name.endswith("_pipe") or container.format.name == "image2":
        container.close()
        raise Refused(f"{path} is a still picture; choose a video.")
    return container


def picture_of(container: InputContainer) -> VideoStream | None:
    """The first video stream that moves: cover art is none."""
    return next((s for s in container.streams.video if not s.disposition & Disposition.attached_pic), None)


def sound_of(container: InputContainer) -> AudioStream | None:
    return next((s for s in container.streams.audio if s.codec_context is not None), None)


def the_picture(container: InputContainer, path: AnyPath) -> VideoStream:
    """Raises Refused when there is none, or none that can be decoded."""
    stream = picture_of(container)
    if stream is None:
        raise Refused(f"{path} has no picture; choose a video file.")
    if stream.codec_context is None:
        raise Refused(f"The picture of {path} is coded in a way unknown here; convert it to H.264 in MP4.")
    return stream


def the_sound(container: InputContainer, path: AnyPath) -> AudioStream:
    """Raises Refused when there is none."""
    stream = sound_of(container)
    if stream is None:
        raise Refused(f"{path} has no sound; choose a file with an audio stream.")
    return stream


def origin(container: InputContainer) -> Fraction:
    """Seconds on the file's clock that are sample 0: where the picture starts, or without one the sound."""
    stream = picture_of(container) or sound_of(container)
    if stream is None or stream.start_time is None or stream.time_base is None:
        return Fraction(0)
    return stream.start_time * stream.time_base


def samples_of(pts: int, time_base: Fraction, zero: Fraction) -> int:
    """Time stamp to samples from time zero, rounded down."""
    return math.floor((pts * time_base - zero) * SAMPLE_RATE)


def packets(container: InputContainer, stream: VideoStream | AudioStream) -> Iterator[Packet]:
    """Packets of `stream` as far as the file goes; a damaged tail ends them quietly."""
    reading = container.demux(stream)
    while True:
        try:
            packet = next(reading)
        except (StopIteration, av.FFmpegError):
            return
        if packet.dts is not None or packet.pts is not None:
            yield packet


def rewind(container: InputContainer, stream: VideoStream | AudioStream) -> None:
    """Stand at the beginning. A transport stream finds its first keyframe only when asked for a time before it."""
    start, time_base = stream.start_time or 0, stream.time_base or Fraction(1, SAMPLE_RATE)
    try:
        container.seek(start - math.ceil(BEFORE_S / time_base), stream=stream)
    except (av.FFmpegError, OSError):
        with contextlib.suppress(av.FFmpegError, OSError):
            container.seek(start, stream=stream)


def frames(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Decoded frames in order of time from where the container stands; damaged packets are stepped over."""
    for packet in packets(container, stream):
        with contextlib.suppress(av.error.InvalidDataError):
            yield from (frame for frame in stream.decode(packet) if frame.pts is not None)
    with contextlib.suppress(av.FFmpegError):
        yield from (frame for frame in stream.decode(None) if frame.pts is not None)

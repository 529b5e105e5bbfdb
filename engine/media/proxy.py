"""A small copy of a picture in which every place is quick to reach."""

from __future__ import annotations

import time
from fractions import Fraction

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream

from engine.media.atomic import replacing
from engine.media.container import AnyPath
from engine.media.decode import fitted
from engine.media.probe import MediaInfo, probe
from engine.media.walk import FrameWalk
from engine.spec import OnProgress, Progress, Refused, ignore

MAX_WIDTH, MAX_HEIGHT = 960, 540
KEYFRAME_EVERY = 12
QUALITY = {"crf": "23", "preset": "superfast", "bf": "0", "tune": "fastdecode"}
REPORT_EVERY = 12
"""Frames between two calls of `on_progress`."""


def make_proxy(path: AnyPath, out: AnyPath, on_progress: OnProgress = ignore) -> None:
    """Write `out` (.mp4): the picture of `path` within 960 × 540, upright, a keyframe every 12 frames, no sound.

    Every frame keeps its time, so a position shows the same frame in both. All or nothing; cancelled by a raising
    `on_progress`.
    """
    info = probe(path)
    walk = FrameWalk(path, threads="AUTO")
    try:
        with replacing(out) as part, av.open(str(part), "w", format="mp4") as target:
            _write(walk, info, target, on_progress)
    except av.FFmpegError as error:
        raise Refused(f"No proxy of {path} could be made ({error.strerror}); the original is used.") from error
    finally:
        walk.close()


def _write(walk: FrameWalk, info: MediaInfo, target: OutputContainer, on_progress: OnProgress) -> None:
    width, height = (max(2, size // 2 * 2) for size in fitted(walk.shown_size(), MAX_WIDTH, MAX_HEIGHT))
    stream = _stream(target, info, walk.time_base, width, height)
    began = time.monotonic()
    for i, frame in enumerate(walk.rest(), start=1):
        small = _small(frame, walk, width, height)
        small.pts = (frame.pts or 0) - round(walk.zero / walk.time_base)
        small.time_base = walk.time_base
        target.mux(stream.encode(small))
        if i % REPORT_EVERY == 0 or i == info.frames:
            steps = max(i, info.frames)
            on_progress(Progress("proxy", i, steps, (time.monotonic() - began) / i * (steps - i)))
    target.mux(stream.encode(None))


def _stream(target: OutputContainer, info: MediaInfo, time_base: Fraction, width: int, height: int) -> VideoStream:
    stream = target.add_stream("libx264", rate=info.rate.limit_denominator(10_000), options=QUALITY)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.codec_context.gop_size = KEYFRAME_EVERY
    stream.codec_context.time_base = time_base
    stream.time_base = time_base
    return stream


def _small(frame: VideoFrame, walk: FrameWalk, width: int, height: int) -> VideoFrame:
    stored_width, stored_height = walk.orientation.stored_size(width, height)
    pixels = "yuv420p" if walk.orientation.upright else "rgb24"
    small = frame.reformat(stored_width, stored_height, pixels, interpolation=Interpolation.AREA, threads=1)
    if walk.orientation.upright:
        return small
    return VideoFrame.from_ndarray(np.ascontiguousarray(walk.orientation.apply(small.to_ndarray())), format="rgb24")

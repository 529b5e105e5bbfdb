"""When every frame of a picture shows: read from its packets once, kept in a cache folder."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from engine.media.atomic import replacing
from engine.media.container import AnyPath, opened, origin, packets, samples_of, the_picture
from engine.media.probe import content_hash
from engine.media.walk import SLACK
from engine.spec import OnProgress, Progress, Refused, ignore

REPORT_EVERY = 500
"""Packets between two calls of `on_progress`."""


@dataclass(frozen=True)
class FrameIndex:
    """`starts`: int64 samples at which each frame appears, ascending; `keys`: which of them are keyframes."""

    starts: np.ndarray
    keys: np.ndarray
    length: int
    """Samples until the last frame ends."""

    def __len__(self) -> int:
        return len(self.starts)

    def frame_at(self, samples: int) -> int:
        """The number of the frame shown at `samples`; the first before the picture, the last after it."""
        return max(0, int(np.searchsorted(self.starts, samples + SLACK, side="right")) - 1)

    def at(self, i: int) -> int:
        """Where frame `i` appears, in samples; past the ends the first or last frame's place."""
        return int(self.starts[min(max(i, 0), len(self.starts) - 1)])

    @property
    def keyframes(self) -> np.ndarray:
        """Numbers of the frames where decoding can begin."""
        return np.flatnonzero(self.keys)

    def save(self, path: Path) -> None:
        with replacing(path) as part, part.open("wb") as file:
            np.savez(file, starts=self.starts, keys=self.keys, length=np.int64(self.length))

    @staticmethod
    def load(path: Path) -> FrameIndex:
        """Raises Refused when it is missing or damaged."""
        try:
            with np.load(path, allow_pickle=False) as kept:
                return FrameIndex(kept["starts"], kept["keys"], int(kept["length"]))
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise Refused(f"The frame index {path} cannot be read; delete it and it is made again.") from error


def frame_index(path: AnyPath, cache: Path | None = None, on_progress: OnProgress = ignore) -> FrameIndex:
    """The index of the file at `path`, from the folder `cache` when it is there, else made (and kept there)."""
    if cache is None:
        return build_index(path, on_progress)
    with opened(path):  # refuses what cannot be read
        pass
    kept = cache / f"frames-{content_hash(path)[:32]}.npz"
    try:
        return FrameIndex.load(kept)
    except Refused:
        index = build_index(path, on_progress)
    with contextlib.suppress(Refused, OSError):  # a cache that cannot be written only costs time
        cache.mkdir(parents=True, exist_ok=True)
        index.save(kept)
    return index


def build_index(path: AnyPath, on_progress: OnProgress = ignore) -> FrameIndex:
    """Read all packets of the picture, decoding none."""
    with opened(path) as container:
        stream = the_picture(container, path)
        rows = sorted(_rows(container, stream, on_progress))
    if not rows:
        raise Refused(f"{path} holds no picture that can be decoded; export it again.")
    starts = np.array([row[0] for row in rows], np.int64)
    keys = np.array([row[2] for row in rows], bool)
    return FrameIndex(starts, keys, max(row[1] for row in rows))


def _rows(container: InputContainer, stream: VideoStream, on_progress: OnProgress) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it is a keyframe, of every frame that is shown."""
    zero, size = origin(container), max(1, container.size)
    time_base = stream.time_base
    assert time_base is not None
    usual = round(1 / (stream.average_rate * time_base)) if stream.average_rate else 1
    for i, packet in enumerate(packets(container, stream)):
        if i % REPORT_EVERY == 0:
            on_progress(Progress("index", max(0, packet.pos or 0), size))
        if not packet.is_discard:
            pts = _time_stamp(packet)
            end = samples_of(pts + (packet.duration or usual), time_base, zero)
            yield samples_of(pts, time_base, zero), end, packet.is_keyframe


def _time_stamp(packet: Packet) -> int:
    return packet.pts if packet.pts is not None else packet.dts or 0

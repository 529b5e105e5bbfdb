"""Going through a picture by time: the frame shown at a position, with as little decoding as that takes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from av.video.frame import VideoFrame

from engine.media.container import AnyPath, frames, open_container, origin, rewind, samples_of, the_picture
from engine.media.orientation import Orientation, orientation_of
from engine.spec import SAMPLE_RATE, Refused

SLACK = 24
"""A frame that starts within half a millisecond after a position is the one meant: Matroska rounds to milliseconds."""
BLIND_GAP_S = 5
"""Without an index, a target further ahead than this is sought instead of walked to."""
STEPS_BACK_S = (0, 1, 3, 10, 30)
"""How much earlier to land when a seek came out behind its target."""


class FrameWalk:
    """One open picture and where it stands. For one thread; `close()` when done.

    `keyframes_only`: `frame_at` gives the keyframe before the position, without looking at what lies between.
    """

    def __init__(self, path: AnyPath, threads: str = "SLICE", keyframes_only: bool = False) -> None:
        self.path = path
        self.keyframes_only = keyframes_only
        self.container = open_container(path)
        try:
            self.stream = the_picture(self.container, path)
            self.stream.thread_type = threads
            if keyframes_only:
                self.stream.codec_context.skip_frame = "NONKEY"
            self.time_base: Fraction = self.stream.time_base or Fraction(1, SAMPLE_RATE)
            self.zero = origin(self.container)
            self._moved = False
            self._walk: Iterator[VideoFrame] = iter(())
            self._here: VideoFrame | None = None
            self._next: VideoFrame | None = None
            self._land(0)
        except BaseException:
            self.close()
            raise
        self.orientation: Orientation = orientation_of(self._frame())

    def close(self) -> None:
        self._walk, self._here, self._next = iter(()), None, None
        self.container.close()

    def start_of(self, frame: VideoFrame) -> int:
        """Samples from the start of the medium at which `frame` appears."""
        return samples_of(frame.pts or 0, self.time_base, self.zero)

    def frame_at(self, at: int) -> VideoFrame:
        """The frame shown at `at`: before the picture its first one, after its end the last one."""
        if self.keyframes_only or at + SLACK < self.start_of(self._frame()) or self._is_far(at):
            self._seek(at)
        while self._next is not None and self.start_of(self._next) <= at + SLACK:
            self._here, self._next = self._next, next(self._walk, None)
        return self._frame()

    def rest(self) -> Iterator[VideoFrame]:
        """Every frame from where the walk stands to the end."""
        while self._here is not None:
            yield self._here
            self._here, self._next = self._next, next(self._walk, None)

    def shown_size(self) -> tuple[int, int]:
        """Width and height as shown: square pixels, turned upright."""
        return shown_size(self._frame(), self.stream.sample_aspect_ratio, self.orientation)

    def _frame(self) -> VideoFrame:
        if self._here is None:
            raise Refused(f"{self.path} holds no picture that can be decoded; export it again.")
        return self._here

    def _is_far(self, at: int) -> bool:
        """Whether a seek saves decoding: a keyframe lies between the next frame and `at`."""
        if self._next is None or self._next.pts is None:
            return False
        target = self._time_stamp(at)
        entries = self.stream.index_entries
        found = entries.search_timestamp(target, backward=True) if len(entries) else -1
        if found >= 0:
            return int(entries[found].timestamp) > self._next.pts
        return at - self.start_of(self._next) > BLIND_GAP_S * SAMPLE_RATE

    def _seek(self, at: int) -> None:
        for back in STEPS_BACK_S:
            earlier = at - back * SAMPLE_RATE
            self._land(max(0, earlier))
            if self._here is not None and self.start_of(self._here) <= at + SLACK:
                return
            if earlier <= 0:
                break
        if self._here is None:
            self._land(0)

    def _land(self, at: int) -> None:
        """Stand on the first frame that decodes after seeking to the keyframe before `at`."""
        if at > 0:
            self.container.seek(self._time_stamp(at), stream=self.stream, backward=True)
        elif self._moved:
            rewind(self.container, self.stream)
        self._moved = True
        self._walk = frames(self.container, self.stream)
        self._here = next(self._walk, None)
        self._next = None if self.keyframes_only else next(self._walk, None)

    def _time_stamp(self, at: int) -> int:
        return math.floor((Fraction(at + SLACK, SAMPLE_RATE) + self.zero) / self.time_base)


def shown_size(frame: VideoFrame, pixel_aspect: Fraction | None, orientation: Orientation) -> tuple[int, int]:
    """Width and height as shown: square pixels, turned upright."""
    width = round(frame.width * (pixel_aspect or 1)) or frame.width
    return orientation.stored_size(width, frame.height)

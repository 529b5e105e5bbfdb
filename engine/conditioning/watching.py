"""What CLIP and Synchformer see in a span: one decoding pass for both, a few frames in memory at a time.

Frames are taken by time stamp (`engine.media.frame_ticks`) and made small as MMAudio's published reader does it:
bicubic, antialiased, on whole numbers, exactly as torchvision's transforms (v2); for CLIP squashed to a square, for
Synchformer the middle of the picture. Unlike there the picture is turned as its file says, and where it ends before the
span does its last frame stays. What a frame or a segment shares with the one before it is not encoded again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from engine.conditioning import clip, synchformer
from engine.conditioning.cache import Arrays, Cache
from engine.conditioning.look import OnPiece, unwatched
from engine.media.frame_ticks import Ticks
from engine.media.probe import MediaInfo
from engine.media.walk import FrameWalk
from engine.spec import SAMPLE_RATE, Refused, Span

VERSION = 1
"""Raise it when the same frames would give other features; old cache entries are then passed over."""
ON_CPU = 2
"""CLIP's frames encoded at a time: few, so that a cancelled job ends soon. Synchformer's segments are half as many."""
ON_GPU = 32


@dataclass(frozen=True)
class Encoders:
    """How to load each network when the cache has nothing, and what its features depend on besides the picture."""

    clip: Callable[[], clip.ClipVision]
    clip_hash: str
    synchformer: Callable[[], synchformer.SynchformerVision]
    synchformer_hash: str
    clip_precision: str = ""
    """How it computes, where that may differ from one request to the next."""
    synchformer_precision: str = ""


@dataclass(frozen=True)
class Watched:
    """clip: (n, 1024), 8 a second, from the span's start; sync: (S, 8, 768), a segment every 0.32 s, 0.64 s long."""

    clip: Tensor
    sync: Tensor


class Eye(Protocol):
    """Takes the frames of one pass and encodes them as they come."""

    rate: int
    wanted: int
    """Ticks after which it needs no more."""
    seen: int
    """Ticks so far."""

    def take(self, picture: Tensor, ticks: int) -> None:
        """picture: uint8 (3, height, width), upright."""

    def rows(self) -> Tensor:
        """What the encoder made of all ticks, float32 on the CPU; after the last frame."""


def watch(
    media: MediaInfo, span: Span, seconds: float, encoders: Encoders, cache: Cache, on_piece: OnPiece = unwatched,
    only: Collection[str] = ("clip", "sync"),
) -> Watched:
    """The features of `seconds` from the start of the span, float32, on the CPU; no rows of those not asked for.

    Networks are loaded only for what the cache lacks. `on_piece` is told after each few frames and may raise Cancelled.
    Raises Refused where there is no picture.
    """
    if not media.has_picture:
        raise Refused(f"{media.path} has no picture; choose a video file, or generate from the prompt alone.")
    place = {"version": VERSION, "media": media.hash, "start": span.start, "seconds": seconds}
    keys: dict[str, dict[str, Any]] = {
        "clip": {"what": "watched by clip", "encoder": encoders.clip_hash,
                 "precision": encoders.clip_precision, **place},
        "sync": {"what": "watched by synchformer", "encoder": encoders.synchformer_hash,
                 "precision": encoders.synchformer_precision, **place},
    }
    keys = {name: key for name, key in keys.items() if name in only}
    missing = [name for name, key in keys.items() if cache.find(key) is None]
    made = _seen(media, span, seconds, encoders, missing, on_piece) if missing else {}
    found = {name: _kept(cache, key, made.get(name)) for name, key in keys.items()}
    rows = {name: torch.from_numpy(array) for name, array in found.items()}
    return Watched(rows.get("clip", torch.zeros(0, 0)), rows.get("sync", torch.zeros(0, 0, 0)))


def _kept(cache: Cache, key: dict[str, Any], rows: NDArray[Any] | None) -> NDArray[Any]:
    """`rows`, now in the cache; None: they are there."""
    return cache.get(key, lambda: {} if rows is None else {"rows": rows})["rows"]


def _seen(
    media: MediaInfo, span: Span, seconds: float, encoders: Encoders, names: Sequence[str], on_piece: OnPiece
) -> Arrays:
    """One pass for the eyes of these names."""
    n, frames = int(clip.FPS * seconds), int(synchformer.FPS * seconds)
    steps = Steps(on_piece, sum({"clip": n, "sync": synchformer.segments(frames)}[name] for name in names))
    steps.on(0)
    eyes: dict[str, Eye] = {}
    if "clip" in names:
        eyes["clip"] = ClipEye(encoders.clip(), n, steps)
    if "sync" in names:
        eyes["sync"] = SyncEye(encoders.synchformer(), frames, steps)
    _show(media, span, list(eyes.values()))
    rows = {name: eye.rows().numpy() for name, eye in eyes.items()}
    steps.on(0)
    return rows


def _show(media: MediaInfo, span: Span, eyes: Sequence[Eye]) -> None:
    """Each frame from the one that shows at the span's start on, to every eye whose tick it is, until all have enough.

    Where the picture ends before that, its last frame stays.
    """
    ticks = [Ticks(eye.rate) for eye in eyes]
    walk = FrameWalk(media.path, threads="AUTO")
    last = None
    try:
        walk.frame_at(span.start)
        start = walk.zero + Fraction(span.start, SAMPLE_RATE)
        for frame in walk.rest():
            time = max(0.0, float((frame.pts or 0) * walk.time_base - start))
            due = [min(tick.due(time), eye.wanted - eye.seen) for tick, eye in zip(ticks, eyes, strict=True)]
            last = frame
            if any(due):
                _give(walk.orientation.apply(frame.to_ndarray(format="rgb24")), eyes, due)
            if all(eye.seen >= eye.wanted for eye in eyes):
                return
        if last is not None:
            rest = [eye.wanted - eye.seen for eye in eyes]
            _give(walk.orientation.apply(last.to_ndarray(format="rgb24")), eyes, rest)
    finally:
        walk.close()


def _give(picture: np.ndarray, eyes: Sequence[Eye], due: Sequence[int]) -> None:
    pixels = torch.from_numpy(picture).permute(2, 0, 1)
    for eye, count in zip(eyes, due, strict=True):
        if count > 0:
            eye.take(pixels, count)


class Steps:
    """Counts pieces for `on_piece`."""

    def __init__(self, on_piece: OnPiece, pieces: int) -> None:
        self.on_piece, self.pieces, self.done = on_piece, pieces, 0

    def on(self, more: int) -> None:
        self.done += more
        self.on_piece(self.done, self.pieces)


class ClipEye:
    """Frames 8 times a second; one that looks like the one before it is not encoded again."""

    rate = clip.FPS

    def __init__(self, net: clip.ClipVision, wanted: int, steps: Steps) -> None:
        self.net, self.wanted, self.seen, self.steps = net, wanted, 0, steps
        self.size = net.config.shown
        self.at_once = _at_once(net)
        self._last: Tensor | None = None
        self._waiting: list[Tensor] = []
        self._which: list[int] = []
        self._looks = 0
        self._rows: list[Tensor] = []
        self._told = 0

    def take(self, picture: Tensor, ticks: int) -> None:
        small = squashed(picture, self.size)
        if self._last is None or not torch.equal(small, self._last):
            if len(self._waiting) == self.at_once:
                self._encode()
            self._waiting.append(small)
            self._last = small
            self._looks += 1
        self._which += [self._looks - 1] * ticks
        self.seen += ticks

    def _encode(self) -> None:
        self._rows.append(self.net(torch.stack(self._waiting)).cpu())
        self._waiting = []
        self.steps.on(self.seen - self._told)
        self._told = self.seen

    def rows(self) -> Tensor:
        if self._waiting:
            self._encode()
        if not self._rows:
            return torch.zeros(0, self.net.config.embed)
        return torch.cat(self._rows)[self._which]


class SyncEye:
    """Frames 25 times a second, in segments of 16, one every 8; one like the segment before it is not encoded again."""

    rate = synchformer.FPS

    def __init__(self, net: synchformer.SynchformerVision, wanted: int, steps: Steps) -> None:
        self.net, self.wanted, self.seen, self.steps = net, wanted, 0, steps
        self.size = net.config.size
        self.at_once = max(1, _at_once(net) // 2)
        self._frames: list[Tensor] = []
        self._last: Tensor | None = None
        self._waiting: list[Tensor] = []
        self._which: list[int] = []
        self._looks = 0
        self._rows: list[Tensor] = []
        self._told = 0

    def take(self, picture: Tensor, ticks: int) -> None:
        small = middle(picture, self.size)
        self.seen += ticks
        for _ in range(ticks):
            self._frames.append(small)
            if len(self._frames) == synchformer.SEGMENT:
                self._segment(torch.stack(self._frames))
                del self._frames[: synchformer.STRIDE]

    def _segment(self, segment: Tensor) -> None:
        if self._last is None or not torch.equal(segment, self._last):
            if len(self._waiting) == self.at_once:
                self._encode()
            self._waiting.append(segment)
            self._last = segment
            self._looks += 1
        self._which.append(self._looks - 1)

    def _encode(self) -> None:
        self._rows.append(self.net.of_segments(torch.stack(self._waiting)).cpu())
        self._waiting = []
        self.steps.on(len(self._which) - self._told)
        self._told = len(self._which)

    def rows(self) -> Tensor:
        if self._waiting:
            self._encode()
        if not self._rows:
            return torch.zeros(0, self.net.config.tokens, self.net.config.width)
        return torch.cat(self._rows)[self._which]


def squashed(picture: Tensor, side: int) -> Tensor:
    """uint8 (3, height, width) → (3, side, side); the aspect is not kept."""
    return _resized(picture, side, side)


def middle(picture: Tensor, side: int) -> Tensor:
    """uint8 (3, height, width) → (3, side, side): the shorter side made `side` long, the middle cut out."""
    height, width = picture.shape[1:]
    longer = int(side * max(height, width) / min(height, width))
    high, wide = (longer, side) if width <= height else (side, longer)
    top, left = (round((length - side) / 2) for length in (high, wide))
    return _resized(picture, high, wide)[:, top : top + side, left : left + side].contiguous()


def _resized(picture: Tensor, height: int, width: int) -> Tensor:
    if picture.shape[1:] == (height, width):
        return picture.contiguous()
    return F.interpolate(picture[None], (height, width), mode="bicubic", antialias=True)[0].contiguous()


def _at_once(net: torch.nn.Module) -> int:
    return ON_CPU if next(net.parameters()).device.type == "cpu" else ON_GPU

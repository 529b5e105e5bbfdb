"""What happens to a medium after it was opened: index, thumbnails, source sound, proxy; all in the background."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.audio import pyramid
from engine.media.frame_index import FrameIndex, frame_index
from engine.media.probe import MediaInfo, probe
from engine.media.proxy import MAX_HEIGHT, MAX_WIDTH, make_proxy
from engine.media.sound_lane import sound_lane
from engine.media.thumbnails import cached_thumbnails
from engine.spec import SAMPLE_RATE, OnProgress, Progress, Refused
from foleydesk.workers.line import Line, Post, Work
from foleydesk.workers.mailbox import Mailbox

NICENESS = 10
STRIP_HEIGHT = 72
COARSE, FINE = 16, 240
"""Pictures of the strip shown first, and of the one that replaces it."""
SHORTEST_GAP_S = 0.2
QUICK_GOP = 24
"""A small file with a keyframe at least this often (in frames) needs no proxy."""


@dataclass(frozen=True)
class Strip:
    """Small pictures of a medium: uint8 RGB (n, height, width, 3), each of the frame at its time (samples)."""

    media: str
    times: tuple[int, ...]
    pictures: np.ndarray


@dataclass(frozen=True)
class SourceSound:
    """What to draw of a medium's own sound (see engine.audio.pyramid)."""

    media: str
    mel: list[np.ndarray]
    peaks: list[np.ndarray]


class ImportThread(QObject):
    """The newest open() wins: what belongs to an earlier one is given up and not reported."""

    probed = Signal(object)
    """engine.media.probe.MediaInfo: the medium can be shown."""
    indexed = Signal(str, object)
    """Media path, FrameIndex."""
    thumbnails = Signal(object)
    """Strip; a coarse one first, a finer one replaces it."""
    sound = Signal(object)
    """SourceSound, when the medium has audio."""
    proxy_ready = Signal(str, str)
    """Media path, proxy path. Not sent for a file that is quick enough as it is."""
    progressed = Signal(object)
    """engine.spec.Progress, at most 20 a second."""
    failed = Signal(str)
    """One sentence. What had been made until then stays usable."""
    finished = Signal(str)
    """Media path: everything is made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._line = Line("import", _without_job(self._mailbox.post), NICENESS)
        self._count = 0

    def open(self, media_path: str | Path, cache: Path) -> None:
        """`cache`: the project's cache folder; what lies there from an earlier time is used."""
        self.cancel()
        self._count += 1
        job, line, path, folder = self._job(), self._line, str(media_path), Path(cache)

        def run(on_progress: OnProgress) -> None:
            _Import(path, folder, lambda *letter: line.say(job, *letter), on_progress).run()

        line.add(Work(job, run))

    def cancel(self) -> None:
        """Give up what is being made, within a step; nothing more is said about it."""
        self._line.cancel(self._job())
        self._mailbox.forget()

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Waits for the thread; True when it has ended. No signal follows."""
        self._mailbox.close()
        return self._line.stop(timeout_s)

    def _job(self) -> str:
        return str(self._count)


def _without_job(post: Post) -> Post:
    """An import has no job id to report: drop it, and do not speak of cancelling."""

    def tell(signal: str, *what: Any) -> None:
        if signal in ("progressed", "failed"):
            post(signal, *what[1:])
        elif signal != "cancelled":
            post(signal, *what)

    return tell


class _Import:
    """One medium's way through the thread: quick things first, so that there is something to see."""

    def __init__(self, path: str, cache: Path, say: Post, on_progress: OnProgress) -> None:
        self.path, self.cache, self.say, self.on_progress = path, cache, say, on_progress

    def run(self) -> None:
        info = probe(self.path)
        self.say("probed", info)
        self._make_cache()
        if info.has_picture:
            self._strip(info, COARSE)
            index = frame_index(self.path, self.cache, self.on_progress)
            self.say("indexed", self.path, index)
        if info.has_audio:
            self._sound(info)
        if info.has_picture:
            self._strip(info, FINE)
            self._proxy(info, index)
        self.say("finished", self.path)

    def _make_cache(self) -> None:
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(f"The cache folder {self.cache} cannot be made ({error.strerror}).") from error

    def _strip(self, info: MediaInfo, most: int) -> None:
        times = strip_times(info.length, most)
        pictures = cached_thumbnails(self.path, info.hash, times, STRIP_HEIGHT, self.cache, self.on_progress)
        self.say("thumbnails", Strip(self.path, times, pictures))

    def _sound(self, info: MediaInfo) -> None:
        mel, wave = (self.cache / f"{kind}-{info.hash[:32]}.npz" for kind in ("mel", "peaks"))
        try:
            self.say("sound", SourceSound(self.path, pyramid.load(mel), pyramid.load(wave)))
            return
        except Refused:
            self.on_progress(Progress("sound", 0, 1))
        levels, peaks = sound_lane(self.path, self.on_progress)
        pyramid.save(mel, levels)
        pyramid.save(wave, peaks)
        self.say("sound", SourceSound(self.path, levels, peaks))

    def _proxy(self, info: MediaInfo, index: FrameIndex) -> None:
        if quick_enough(info, index):
            return
        proxy = self.cache / f"proxy-{info.hash[:32]}.mp4"
        if not proxy.exists():
            make_proxy(self.path, proxy, self.on_progress)
        self.say("proxy_ready", self.path, str(proxy))


def strip_times(length: int, most: int) -> tuple[int, ...]:
    """At most `most` evenly spaced times, each in the middle of its share, none closer than a fifth of a second."""
    count = max(1, min(most, round(length / (SHORTEST_GAP_S * SAMPLE_RATE))))
    return tuple((2 * i + 1) * length // (2 * count) for i in range(count))


def quick_enough(info: MediaInfo, index: FrameIndex) -> bool:
    """Whether any place of the file is reached quickly without a proxy."""
    if info.width > MAX_WIDTH or info.height > MAX_HEIGHT or not len(index.keyframes):
        return False
    gaps = np.diff(np.append(index.keyframes, len(index)))
    return int(gaps.max()) <= QUICK_GOP

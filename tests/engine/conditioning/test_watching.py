"""What CLIP and Synchformer are shown of a film, and how often they are asked."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torchvision.transforms import v2

from engine.conditioning.cache import Cache
from engine.conditioning.clip import ClipConfig, ClipVision
from engine.conditioning.synchformer import SynchformerConfig, SynchformerVision
from engine.conditioning.watching import Encoders, Watched, middle, squashed, watch
from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, Cancelled, Refused, Span

SMALL_CLIP = ClipConfig(
    embed=12, size=28, shown=30, patch=14, vision_width=16, vision_layers=1, vision_heads=2
)
SMALL_SYNC = SynchformerConfig(size=32, patch=16, width=16, heads=2, depth=1)


def drawn(net: nn.Module) -> nn.Module:
    torch.manual_seed(5)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.normal_(0, 0.5)
    return net.eval()


@dataclass
class Watchers:
    """Small encoders that count how often they are loaded, and what they are shown."""

    loads: list[str] = field(default_factory=list)
    pictures: list[Tensor] = field(default_factory=list)
    segments: list[Tensor] = field(default_factory=list)

    def encoders(self, clip_hash: str = "c", sync_hash: str = "s") -> Encoders:
        return Encoders(self._clip, clip_hash, self._sync, sync_hash)

    def _clip(self) -> ClipVision:
        self.loads.append("clip")
        net = drawn(ClipVision(SMALL_CLIP))
        net.register_forward_pre_hook(lambda _, given: self.pictures.extend(given[0]))
        return net

    def _sync(self) -> SynchformerVision:
        self.loads.append("sync")
        net = drawn(SynchformerVision(SMALL_SYNC))
        of_segments: Callable[[Tensor], Tensor] = net.of_segments

        def listening(segments: Tensor) -> Tensor:
            self.segments.extend(segments)
            return of_segments(segments)

        net.of_segments = listening
        return net


@pytest.fixture
def watchers() -> Watchers:
    return Watchers()


def film(
    path: Path, count: int, rate: int | Fraction = 25, size: tuple[int, int] = (64, 48), turned: int = 0,
    level: Callable[[int], int] = lambda i: 7 * i % 200 + 20,
) -> Path:
    """Frames of one grey each."""
    with av.open(str(path), "w") as target:
        stream = target.add_stream("libx264", rate=Fraction(rate), options={"preset": "ultrafast", "crf": "5"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        if turned:
            stream.set_display_rotation(turned)
        for i in range(count):
            pixels = np.full((size[1], size[0], 3), level(i), np.uint8)
            pixels[: size[1] // 4] = 255
            target.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        target.mux(stream.encode(None))
    return path


def seen(path: Path, start_s: float, seconds: float, watchers: Watchers, cache: Cache | None = None) -> Watched:
    start = round(start_s * SAMPLE_RATE)
    span = Span(start, start + round(seconds * SAMPLE_RATE))
    return watch(probe(path), span, seconds, watchers.encoders(), cache or Cache())


@pytest.mark.parametrize("height, width", [(108, 192), (192, 108), (101, 130), (40, 50), (30, 30), (33, 32)])
def test_frames_are_made_small_exactly_as_torchvision_does(height: int, width: int) -> None:
    picture = torch.randint(0, 256, (3, height, width), dtype=torch.uint8, generator=torch.Generator().manual_seed(1))
    bicubic = v2.InterpolationMode.BICUBIC
    cut = v2.Compose([v2.Resize(32, interpolation=bicubic), v2.CenterCrop(32)])
    assert torch.equal(squashed(picture, 30), v2.Resize((30, 30), interpolation=bicubic)(picture))
    assert torch.equal(middle(picture, 32), cut(picture))


def test_eight_seconds_are_64_frames_and_24_segments(tmp_path: Path, watchers: Watchers) -> None:
    found = seen(film(tmp_path / "film.mp4", 210), 0, 8.0, watchers)
    assert found.clip.shape == (64, 12) and found.sync.shape == (24, 8, 16)
    assert torch.allclose(found.clip.norm(dim=1), torch.ones(64))


def test_each_frame_is_the_one_that_the_published_reader_takes(tmp_path: Path, watchers: Watchers) -> None:
    """At 25 fps tick 6 of 25 a second takes frame 7, and CLIP's tick 1 (0.125 s) frame 4."""
    seen(film(tmp_path / "film.mp4", 60), 0, 1.0, watchers)
    levels = [int(frame[0, -4:].float().mean()) for frame in watchers.segments[0]]
    wanted = [7 * i + 20 for i in (0, 1, 2, 3, 4, 5, 7, 7, 8)]
    assert np.abs(np.array(levels[:9]) - wanted).max() <= 3
    assert abs(int(watchers.pictures[1][0, -4:].float().mean()) - (7 * 4 + 20)) <= 3


def test_a_slow_film_is_encoded_once_a_frame(tmp_path: Path, watchers: Watchers) -> None:
    found = seen(film(tmp_path / "slow.mp4", 8, rate=2), 0, 4.0, watchers)
    assert found.clip.shape == (32, 12)
    assert len(watchers.pictures) == 8
    assert torch.equal(found.clip[1], found.clip[4])


def test_a_picture_that_stands_still_is_encoded_once(tmp_path: Path, watchers: Watchers) -> None:
    found = seen(film(tmp_path / "still.mp4", 100, level=lambda i: 90), 0, 4.0, watchers)
    assert len(watchers.pictures) < 8 and len(watchers.segments) < 6
    assert found.clip.shape == (32, 12) and found.sync.shape == (11, 8, 16)


def test_a_span_in_a_slow_film_begins_with_the_frame_that_shows(tmp_path: Path, watchers: Watchers) -> None:
    seen(film(tmp_path / "slow.mp4", 8, rate=1, level=lambda i: 20 + 20 * i), 3.5, 2.0, watchers)
    assert abs(int(watchers.pictures[0][0, -4:].float().mean()) - 80) <= 3
    assert abs(int(watchers.pictures[1][0, -4:].float().mean()) - 100) <= 3


def test_the_last_frame_stays_where_the_picture_ends_early(tmp_path: Path, watchers: Watchers) -> None:
    found = seen(film(tmp_path / "short.mp4", 20), 0, 2.0, watchers)
    assert found.clip.shape == (16, 12) and found.sync.shape == (5, 8, 16)
    assert torch.equal(found.clip[8], found.clip[15])


def test_turned_footage_is_seen_upright(tmp_path: Path, watchers: Watchers) -> None:
    """The white bar lies on top as stored, and to one side as shown."""
    seen(film(tmp_path / "turned.mp4", 30, turned=90), 0, 1.0, watchers)
    picture = watchers.pictures[0][0].float()
    columns, rows = picture.mean(dim=0), picture.mean(dim=1)
    assert columns.max() - columns.min() > 100 > rows.max() - rows.min()


def test_the_second_request_loads_nothing(tmp_path: Path, watchers: Watchers) -> None:
    path, folder = film(tmp_path / "film.mp4", 60), tmp_path / "cache"
    first = seen(path, 0, 1.0, watchers, Cache(folder))
    again = seen(path, 0, 1.0, watchers, Cache(folder))
    assert watchers.loads == ["clip", "sync"]
    assert torch.equal(first.clip, again.clip) and torch.equal(first.sync, again.sync)


def test_another_clip_needs_only_itself(tmp_path: Path, watchers: Watchers) -> None:
    media, cache, span = probe(film(tmp_path / "film.mp4", 60)), Cache(), Span(0, SAMPLE_RATE)
    watch(media, span, 1.0, watchers.encoders(), cache)
    watch(media, span, 1.0, watchers.encoders(clip_hash="another"), cache)
    assert watchers.loads == ["clip", "sync", "clip"]


def test_cancelling_ends_it_at_the_next_piece_and_keeps_nothing(tmp_path: Path, watchers: Watchers) -> None:
    media, cache, span = probe(film(tmp_path / "film.mp4", 210)), Cache(), Span(0, 8 * SAMPLE_RATE)
    told = []

    def stop(done: int, pieces: int) -> None:
        told.append((done, pieces))
        if done >= 10:
            raise Cancelled

    with pytest.raises(Cancelled):
        watch(media, span, 8.0, watchers.encoders(), cache, stop)
    assert told[0] == (0, 88) and told[-1][0] < 16
    watch(media, span, 8.0, watchers.encoders(), cache)
    assert watchers.loads.count("clip") == 2


def test_all_pieces_are_told(tmp_path: Path, watchers: Watchers) -> None:
    media, told = probe(film(tmp_path / "film.mp4", 60)), []
    watch(media, Span(0, 2 * SAMPLE_RATE), 2.0, watchers.encoders(), Cache(), lambda *piece: told.append(piece))
    assert told[-1] == (21, 21) and told == sorted(told)


def test_a_sound_file_is_refused(tmp_path: Path, watchers: Watchers) -> None:
    media = probe(film(tmp_path / "film.mp4", 30))
    with pytest.raises(Refused, match="no picture"):
        watch(replace(media, has_picture=False), Span(0, 100), 1.0, watchers.encoders(), Cache())


@pytest.mark.skipif(sys.platform == "win32", reason="resource is not there")
def test_ten_minutes_take_no_more_memory_than_their_features(tmp_path: Path) -> None:
    path = film(tmp_path / "long.mp4", 1200, rate=2, size=(160, 120), level=lambda i: 20 + (i * 37) % 200)
    few = Encoders(lambda: drawn(ClipVision(SMALL_CLIP)), "c", lambda: drawn(SynchformerVision(SMALL_SYNC)), "s")
    media = probe(path)
    watch(media, Span(0, 10 * SAMPLE_RATE), 10.0, few, Cache())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = watch(media, Span(0, 600 * SAMPLE_RATE), 600.0, few, Cache())
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert found.clip.shape == (4800, 12) and found.sync.shape == (1874, 8, 16)
    # Kilobytes. The features are 1.2 MB, the frames as read 69 MB, the segments as shown 92 MB.
    assert after - before < 30_000

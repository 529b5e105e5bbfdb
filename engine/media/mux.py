"""Picture and sound into one file; the picture's packets are copied, never encoded again."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import soundfile
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from engine.media.atomic import replacing
from engine.media.container import AnyPath, opened, origin, packets, the_picture
from engine.spec import SAMPLE_RATE, OnProgress, Progress, Refused, ignore

CODECS = {".mp4": "aac", ".m4v": "aac", ".mov": "pcm_s24le", ".mkv": "pcm_s24le", ".webm": "libopus"}
BIT_RATE = 256_000
BLOCK = 4096
REPORT_EVERY = 50
"""Picture packets between two calls of `on_progress`."""


def mux(
    video: AnyPath, wav: AnyPath, out: AnyPath, on_progress: OnProgress = ignore, at: int = 0, timecode: str = ""
) -> None:
    """Write `out`: the picture of `video` as it is, and `wav` as its only sound, starting `at` samples in.

    The suffix of `out` chooses the sound's coding: AAC in .mp4, 24-bit PCM in .mov and .mkv. `timecode`: what the first
    frame is called ("01:00:00:00"), as a track of its own where the container has such. All or nothing;
    Raises Refused when the container cannot hold the picture or the place cannot be written.
    """
    out = Path(out)
    if out.suffix.lower() not in CODECS:
        raise Refused(f"{out} needs a name that ends in {', '.join(CODECS)}; choose one of them.")
    with opened(video) as source, _sound_file(wav) as sound, replacing(out) as part:
        picture = the_picture(source, video)
        with _target(part) as target:
            try:
                copied = target.add_stream_from_template(picture)
                if timecode:
                    copied.metadata["timecode"] = timecode
                coded = _sound_stream(target, CODECS[out.suffix.lower()], sound)
                target.start_encoding()
            except OSError:
                raise
            except (av.FFmpegError, ValueError) as error:
                name = picture.codec_context.codec.canonical_name
                raise Refused(f"A {out.suffix} file cannot hold the {name} picture of {video}; use .mkv.") from error
            pictures = _copied(source, picture, copied, on_progress)
            for _, packet in heapq.merge(pictures, _encoded(sound, coded, at), key=lambda timed: timed[0]):
                target.mux(packet)


def _target(part: Path) -> OutputContainer:
    exact = {"movie_timescale": str(SAMPLE_RATE)} if part.suffix.lower() in (".mp4", ".m4v", ".mov") else {}
    return av.open(str(part), "w", options=exact)  # edit lists in whole samples: a sound keeps its length


def _sound_file(wav: AnyPath) -> soundfile.SoundFile:
    try:
        if not Path(wav).exists():
            raise Refused(f"There is no sound file {wav}; check the name.")
        return soundfile.SoundFile(str(wav))
    except (soundfile.SoundFileError, OSError) as error:
        raise Refused(f"{wav} cannot be read as a sound file; export it as WAV again.") from error


def _sound_stream(target: OutputContainer, codec: str, sound: soundfile.SoundFile) -> AudioStream:
    layouts = {1: "mono", 2: "stereo", 6: "5.1"}
    if sound.channels not in layouts:
        raise Refused(f"{sound.name} has {sound.channels} channels; mix it to one, two or six.")
    stream = target.add_stream(codec, rate=sound.samplerate, layout=layouts[sound.channels])
    assert isinstance(stream, AudioStream)
    if not codec.startswith("pcm"):
        stream.bit_rate = BIT_RATE
    return stream


def _copied(
    source: InputContainer, picture: VideoStream, copied: VideoStream, on_progress: OnProgress
) -> Iterator[tuple[Fraction, Packet]]:
    """The picture's packets, moved so that the picture starts at zero, with their times of decoding."""
    time_base = picture.time_base or Fraction(1, SAMPLE_RATE)
    shift = math.floor(origin(source) / time_base)
    total = max(1, picture.frames)
    for i, packet in enumerate(_timed_to_decode(packets(source, picture)), start=1):
        packet.pts = (packet.pts if packet.pts is not None else packet.dts or 0) - shift
        packet.dts = packet.pts if packet.dts is None else packet.dts - shift
        packet.stream = copied
        if i % REPORT_EVERY == 0 or i == total:
            on_progress(Progress("mux", min(i, total), total))
        yield packet.dts * time_base, packet


def _timed_to_decode(found: Iterable[Packet]) -> Iterator[Packet]:
    """Matroska does not say when its first packets are decoded: each a tick before the next, up to the first known."""
    first: list[Packet] = []
    known = False
    for packet in found:
        if not known and packet.dts is None:
            first.append(packet)
            continue
        if not known:
            for back, early in enumerate(reversed(first), start=1):
                early.dts = (packet.dts or 0) - back
            yield from first
            known = True
        yield packet
    if not known:
        yield from first


def _encoded(sound: soundfile.SoundFile, coded: AudioStream, at: int) -> Iterator[tuple[Fraction, Packet]]:
    rate = sound.samplerate
    lead = at * rate // SAMPLE_RATE
    if lead < 0:
        sound.seek(min(-lead, sound.frames))
    pts = 0
    for block in _blocks(sound, max(0, lead)):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(block.reshape(1, -1)), format="flt", layout=coded.layout.name
        )
        frame.sample_rate, frame.pts, frame.time_base = rate, pts, Fraction(1, rate)
        pts += len(block)
        yield from _timed(coded.encode(frame))
    yield from _timed(coded.encode(None))


def _timed(coded: list[Packet]) -> Iterator[tuple[Fraction, Packet]]:
    for packet in coded:
        yield (packet.dts or 0) * (packet.time_base or Fraction(1, SAMPLE_RATE)), packet


def _blocks(sound: soundfile.SoundFile, lead: int) -> Iterator[np.ndarray]:
    for start in range(0, lead, BLOCK):
        yield np.zeros((min(BLOCK, lead - start), sound.channels), np.float32)
    while len(block := sound.read(BLOCK, dtype="float32", always_2d=True)):
        yield block

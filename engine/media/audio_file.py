"""Sound out of any file as float32, and 24-bit WAV files that are whole or not there."""

from __future__ import annotations

import contextlib
import errno
import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import soundfile
import soxr
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from engine.audio.resample import resample, resampled_length
from engine.media.atomic import replacing
from engine.media.container import AnyPath, opened, origin, packets, the_sound
from engine.spec import SAMPLE_RATE, Refused, Span

GAP_S = 0.05
"""Time stamps that jump by more than this are a hole (filled with silence) or an overlap (cut)."""
MARGIN_S = 1
"""Read on either side of a span: what decoder and resampler need to run in."""
WAV_HEADER_BYTES = 44
WAV_SAMPLE_BYTES = 3
FULL_SCALE = 1 << 23
WRITTEN_AT_ONCE = 1 << 20


def read_audio(path: AnyPath, rate: int = SAMPLE_RATE, mono: bool = False, span: Span | None = None) -> np.ndarray:
    """float32 (samples, channels) at `rate`, on the medium's time: sample 0 is where its picture (or sound) starts.

    With a span (samples at 48 kHz) exactly its length, with silence where the file has no sound; without, to the
    sound's end. Mono is the mean of all channels but the low-frequency one. Raises Refused without a sound.
    """
    with opened(path) as container:
        stream = the_sound(container, path)
        own_rate, channels = stream.rate, 1 if mono else stream.channels
        first, last = _bounds(span, own_rate)
        last = _earlier(last, _declared_end(container, stream))
        blocks = list(_placed(container, stream, first, last, mono))
    wave = np.concatenate(blocks) if blocks else np.zeros((0, channels), np.float32)
    del blocks
    wave = resample(wave, own_rate, rate)
    if span is None:
        return wave
    skip = resampled_length(span.start, SAMPLE_RATE, rate) - resampled_length(first, own_rate, rate)
    wanted = resampled_length(span.length, SAMPLE_RATE, rate)
    return np.ascontiguousarray(_padded(wave[skip : skip + wanted], wanted))


def mono_blocks(path: AnyPath, size: int) -> Iterator[np.ndarray]:
    """The whole sound as `read_audio` gives it in mono at 48 kHz, float32 (size,) at a time, the last one shorter.

    For long files: holds one block at a time.
    """
    with opened(path) as container:
        stream = the_sound(container, path)
        pieces = _placed(container, stream, 0, _declared_end(container, stream), mono=True)
        waiting: list[np.ndarray] = []
        for piece in _resampled(pieces, stream.rate):
            waiting.append(piece)
            while sum(map(len, waiting)) >= size:
                joined = np.concatenate(waiting)
                waiting = [joined[size:]]
                yield joined[:size]
        if sum(map(len, waiting)):
            yield np.concatenate(waiting)


def write_wav(path: AnyPath, samples: np.ndarray, rate: int = SAMPLE_RATE) -> None:
    """Write float samples (n,) or (n, channels) as 24-bit WAV, all or nothing. Beyond ±1 they are clipped.

    Raises Refused when the disk is full or the place cannot be written.
    """
    samples = np.asarray(samples, np.float32)
    with replacing(path) as part:
        part.touch()
        try:
            _write_whole_numbers(part, samples, rate)
        except soundfile.SoundFileError as error:
            raise _reason(part, str(error)) from error
        if part.stat().st_size < WAV_HEADER_BYTES + samples.size * WAV_SAMPLE_BYTES:
            raise _reason(part, "it came out too short")


def _write_whole_numbers(part: Path, samples: np.ndarray, rate: int) -> None:
    """libsndfile scales by one less than it divides by; in whole numbers what was read is written to the bit."""
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    with soundfile.SoundFile(part, "w", rate, channels, "PCM_24", format="WAV") as file:
        for at in range(0, len(samples), WRITTEN_AT_ONCE):
            scaled = np.rint(samples[at : at + WRITTEN_AT_ONCE].astype(np.float64) * FULL_SCALE)
            file.write(np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype(np.int32) << 8)


def audio_frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Decoded sound from where the container stands; damaged packets are stepped over."""
    for packet in packets(container, stream):
        with contextlib.suppress(av.error.InvalidDataError):
            yield from stream.decode(packet)
    with contextlib.suppress(av.FFmpegError):
        yield from stream.decode(None)


def _bounds(span: Span | None, rate: int) -> tuple[int, int | None]:
    """First and last sample to read at the file's rate; the first lies on a sample of both rates, so cuts agree."""
    if span is None:
        return 0, None
    step = SAMPLE_RATE // math.gcd(rate, SAMPLE_RATE)
    start = max(0, span.start - MARGIN_S * SAMPLE_RATE) // step * step
    return start * rate // SAMPLE_RATE, math.ceil((span.end + MARGIN_S * SAMPLE_RATE) * rate / SAMPLE_RATE)


def _declared_end(container: InputContainer, stream: AudioStream) -> int | None:
    """Where the sound ends at its own rate by an MP4's edit list, which cuts off the last block's padding."""
    if "mp4" not in container.format.name or not stream.duration or not stream.time_base:
        return None
    end = ((stream.start_time or 0) + stream.duration) * stream.time_base - origin(container)
    return max(0, round(end * stream.rate))


def _earlier(last: int | None, end: int | None) -> int | None:
    return min((x for x in (last, end) if x is not None), default=None)


def _placed(
    container: InputContainer, stream: AudioStream, first: int, last: int | None, mono: bool
) -> Iterator[np.ndarray]:
    """Samples `first` to `last` at the file's rate, (n, channels) after (n, channels), where their time stamps say."""
    if first > 0:
        seconds = max(Fraction(0), Fraction(first, stream.rate) - MARGIN_S) + origin(container)
        container.seek(math.floor(seconds / (stream.time_base or Fraction(1, stream.rate))), stream=stream)
    names = [channel.name for channel in stream.layout.channels]
    here, follows = first, None
    for stamp, block in _stamped(container, stream):
        if mono:
            block = _to_mono(block, names)
        jumped = follows is None or (stamp is not None and abs(stamp - follows) > GAP_S * stream.rate)
        start = stamp if jumped and stamp is not None else follows if follows is not None else first
        follows = start + len(block)
        if start > here:
            silence = min(start, last or start) - here
            yield np.zeros((max(0, silence), block.shape[1]), np.float32)
            here = start
        if follows > here:
            yield block[here - start : None if last is None else max(0, last - start)]
            here = follows
        if last is not None and here >= last:
            return


def _stamped(container: InputContainer, stream: AudioStream) -> Iterator[tuple[int | None, np.ndarray]]:
    """Decoded blocks, float32 (n, channels), each with its place in samples at the file's rate, if it says one."""
    rate, zero = stream.rate, origin(container)
    planar = av.AudioResampler(format="fltp", layout=stream.layout, rate=rate)
    for frame in audio_frames(container, stream):
        time_base = frame.time_base or stream.time_base
        stamp = None if frame.pts is None or time_base is None else round((frame.pts * time_base - zero) * rate)
        plain = frame.format.name == "fltp" and frame.sample_rate == rate and frame.layout.name == stream.layout.name
        frame.pts = None
        for part in [frame] if plain else planar.resample(frame):
            yield stamp, np.asarray(part.to_ndarray(), np.float32).T
            stamp = None


def _resampled(pieces: Iterator[np.ndarray], rate: int) -> Iterator[np.ndarray]:
    """Mono pieces at `rate`, (n, 1), to pieces at 48 kHz, (n,), about a second each."""
    resampler = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32", quality="HQ")
    gathered: list[np.ndarray] = []
    for piece in pieces:
        gathered.append(piece[:, 0])
        if sum(map(len, gathered)) >= rate:
            yield np.asarray(resampler.resample_chunk(np.concatenate(gathered)), np.float32)
            gathered = []
    gathered.append(np.zeros(0, np.float32))
    yield np.asarray(resampler.resample_chunk(np.concatenate(gathered), last=True), np.float32)


def _to_mono(wave: np.ndarray, names: list[str]) -> np.ndarray:
    heard = [i for i, name in enumerate(names) if name != "LFE"] or list(range(wave.shape[1]))
    return wave[:, heard].mean(axis=1, keepdims=True, dtype=np.float32)


def _padded(wave: np.ndarray, length: int) -> np.ndarray:
    return np.pad(wave, ((0, length - len(wave)), (0, 0))) if len(wave) < length else wave


def _reason(part: Path, says: str) -> OSError | Refused:
    """libsndfile does not say why it failed: a written byte more tells a full disk."""
    try:
        with part.open("ab") as file:
            file.write(bytes(4096))
    except OSError as error:
        return error
    return OSError(errno.EIO, says)

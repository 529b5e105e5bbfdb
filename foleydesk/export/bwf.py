"""Broadcast wave files: 48 kHz, 24 bit, with a `bext` chunk that says where they belong; RF64 when they are large.

Sources: EBU Tech 3285 (bext, version 2 with loudness), EBU Tech 3306 (RF64).
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import av
import numpy as np

from engine.spec import SAMPLE_RATE
from foleydesk.playback.loudness import SILENCE_LUFS, Loudness, Meter

FULL_SCALE = 1 << 23
LAYOUTS = {1: "mono", 2: "stereo"}
VERSION_AT = 346
LOUDNESS_AT = 412
"""Bytes from the start of the chunk's data to its version and to its five loudness values."""
UNSAID = 0x7FFF
"""The loudness value of something that has none, such as silence."""
HEADER_BYTES = 1 << 16
"""The chunk stands within these; the sound comes after it."""


@dataclass(frozen=True)
class Bext:
    """What a file says of itself. `time_reference`: samples from midnight to its first."""

    description: str
    time_reference: int
    made: datetime
    reference: str = ""
    """A name that no other file has; 32 characters at most."""

    def entries(self, layout: str) -> dict[str, str]:
        return {
            "description": _plain(self.description, 256),
            "originator": "Foleydesk",
            "originator_reference": _plain(self.reference, 32),
            "origination_date": f"{self.made:%Y-%m-%d}",
            "origination_time": f"{self.made:%H:%M:%S}",
            "time_reference": str(self.time_reference),
            "coding_history": f"A=PCM,F={SAMPLE_RATE},W=24,M={layout},T=Foleydesk\r\n",
        }


@dataclass(frozen=True)
class Sounding:
    """What was written: its length in samples, how loud it is, and the highest sample before it was clipped."""

    length: int
    loudness: Loudness
    peak: float


def write_bwf(
    path: Path, blocks: Iterable[np.ndarray], channels: int, bext: Bext | None = None, rf64: str = "auto"
) -> Sounding:
    """Write blocks of float32 (n, channels) as they come, and measure them. Beyond ±1 they are clipped.

    Without `bext` it is a plain WAV. `rf64`: auto, always or never. Raises OSError when the disk does not take it.
    """
    meter = Meter(channels)
    length, peak = 0, 0.0
    layout = LAYOUTS[channels]
    options = {"rf64": rf64, "write_bext": "1"} if bext else {"rf64": rf64}
    path.touch()
    try:
        with av.open(str(path), "w", format="wav", options=options) as target:
            if bext is not None:
                target.metadata.update(bext.entries(layout))
            stream = target.add_stream("pcm_s24le", rate=SAMPLE_RATE, layout=layout)
            for block in blocks:
                meter.add(block)
                peak = max(peak, float(np.max(np.abs(block), initial=0.0)))
                target.mux(stream.encode(_frame(block, layout, length)))
                length += len(block)
            target.mux(stream.encode(None))
    except av.FFmpegError as error:
        raise OSError(error.errno or errno.EIO, error.strerror or str(error)) from error
    if path.stat().st_size < length * channels * 3:
        raise OSError(errno.ENOSPC, "it came out too short")
    found = meter.result()
    if bext is not None:
        _say_loudness(path, found)
    return Sounding(length, found, peak)


def _frame(block: np.ndarray, layout: str, at: int) -> av.AudioFrame:
    """Whole numbers of 24 bit in the upper bytes of 32, as the coder takes them."""
    whole = np.clip(np.rint(block.astype(np.float64) * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype(np.int32) << 8
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(whole.reshape(1, -1)), format="s32", layout=layout)
    frame.sample_rate, frame.pts = SAMPLE_RATE, at
    return frame


def _say_loudness(path: Path, found: Loudness) -> None:
    """Version 2 of the chunk: loudness, range, true peak, loudest 400 ms and 3 s, each in hundredths."""
    with path.open("r+b") as file:
        start = file.read(HEADER_BYTES).find(b"bext") + 8
        if start < 8:
            raise OSError(errno.EIO, "the bext chunk is missing")
        silent = found.lufs <= SILENCE_LUFS
        said = (found.lufs, found.range_lu, found.peak_db, found.momentary_lufs, found.short_lufs)
        file.seek(start + VERSION_AT)
        file.write(struct.pack("<H", 2))
        file.seek(start + LOUDNESS_AT)
        file.write(struct.pack("<5h", *(UNSAID if silent else _hundredths(value) for value in said)))


def _hundredths(value: float) -> int:
    return max(-9999, min(9999, round(value * 100)))


def _plain(words: str, longest: int) -> str:
    """The chunk takes ASCII only."""
    return words.encode("ascii", "replace").decode("ascii")[:longest]

"""Cues and markers as a standard MIDI file of marker events: the way into Pro Tools, which reads no marker text.

Its guide has “Import MIDI” take a file's markers into a session that has none; Reaper, Nuendo and Logic read them too.
Source: Standard MIDI Files 1.0 (MIDI Manufacturers Association).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from fractions import Fraction

from engine.spec import SAMPLE_RATE
from foleydesk.export.job import Job
from foleydesk.export.pieces import cue_title
from foleydesk.export.request import Format, Written

TICKS = 960
"""A quarter note has so many; at 120 beats a minute, where sessions begin, a tick is 25 samples."""
TEMPO_US = 500_000
TICK_RATE = TICKS * 1_000_000 // TEMPO_US
TEXT_NAME, TEXT_MARKER, END, TEMPO, SMPTE = 0x03, 0x06, 0x2F, 0x51, 0x54
RATES = {Fraction(24_000, 1001): 0, Fraction(24): 0, Fraction(25): 1, Fraction(30_000, 1001): 3, Fraction(30): 3}
"""How the offset event says a rate; 2 is 29.97 drop-frame. It knows no others."""
DROP = 2


def write(job: Job) -> list[Written]:
    """To the nearest tick of about half a millisecond; tick 0 is the picture's first frame."""
    name = f"{job.name} markers.mid"
    track = b"".join(_events(job))
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS)
    job.file(name).write_bytes(head + b"MTrk" + struct.pack(">I", len(track)) + track)
    return [Written(Format.MIDI, name)]


def _events(job: Job) -> Iterator[bytes]:
    yield _meta(0, TEXT_NAME, job.name.encode())
    if (offset := _offset(job)) is not None:
        yield _meta(0, SMPTE, offset)
    yield _meta(0, TEMPO, TEMPO_US.to_bytes(3, "big"))
    here = 0
    for at, name in _marks(job):
        tick = round(Fraction(at * TICK_RATE, SAMPLE_RATE))
        yield _meta(tick - here, TEXT_MARKER, name.encode())
        here = tick
    yield _meta(0, END, b"")


def _marks(job: Job) -> list[tuple[int, str]]:
    markers = [(marker.at, marker.name or "Marker") for marker in job.project.markers]
    return sorted(markers + [(cue.start, cue_title(job.project, cue)) for cue in job.project.cues])


def _offset(job: Job) -> bytes | None:
    """The start time code; None at a rate that the event cannot say."""
    rate = job.clock.rate
    kind = DROP if rate.drop and rate.nominal == 30 else RATES.get(rate.fraction)
    if kind is None:
        return None
    hours, minutes, seconds, frames = (int(part) for part in job.clock.timecode(0).replace(";", ":").split(":"))
    return bytes((kind << 5 | hours, minutes, seconds, frames, 0))


def _meta(delta: int, kind: int, data: bytes) -> bytes:
    return _number(delta) + bytes((0xFF, kind)) + _number(len(data)) + data


def _number(value: int) -> bytes:
    """Seven bits a byte, the highest bit says that more follow."""
    parts = [value & 0x7F]
    while value := value >> 7:
        parts.append(value & 0x7F | 0x80)
    return bytes(reversed(parts))

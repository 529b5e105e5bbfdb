"""A picture of the timeline for those without a window: frames over mel-spectrograms on one time axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.audio.pyramid import HOP, mel_levels
from engine.media.audio_file import read_audio
from engine.media.probe import MediaInfo
from engine.media.thumbnails import thumbnails
from engine.spec import SAMPLE_RATE, Event, Span

WIDTH, NAMES = 1600, 190
"""Pixels of the picture, and of the column at its left that names the lanes."""
RULER, STRIP, LANE, GAP, EVENTS = 28, 96, 128, 4, 40
FLOOR, CEILING = 80, 210
"""Mel levels (half-decibel steps) shown as black and as white."""
BACK, RAISED, TEXT, QUIET, ACCENT = "#17181b", "#1f2125", "#d8dade", "#868b94", "#e8b04b"
FIRE = ((0.0, (0, 0, 4)), (0.25, (66, 10, 104)), (0.5, (170, 40, 90)), (0.75, (245, 125, 21)), (1.0, (252, 255, 190)))
"""From silent to loud: position and colour."""


@dataclass(frozen=True)
class Lane:
    """One sound that covers the span: its name, file, total score (0 to 1) and the sentence about it."""

    name: str
    wav: str | Path
    total: float
    says: str


@dataclass(frozen=True)
class Axis:
    """Where a sample of the medium lies across the picture."""

    span: Span

    def x(self, at: int) -> int:
        return NAMES + round((at - self.span.start) / max(1, self.span.length) * (WIDTH - NAMES))


def draw(info: MediaInfo, span: Span, lanes: Sequence[Lane], events: Sequence[Event], title: str) -> Image.Image:
    """Ruler, frames, events and one mel-spectrogram a lane; an event is a thin line through all of them."""
    axis = Axis(span)
    height = RULER + STRIP + GAP + EVENTS + len(lanes) * (LANE + GAP) + RULER
    image = Image.new("RGB", (WIDTH, height), BACK)
    pen = ImageDraw.Draw(image)
    _ruler(pen, axis)
    _strip(image, pen, info, axis)
    top = RULER + STRIP + GAP
    _events(pen, axis, events, top)
    for i, lane in enumerate(lanes):
        _lane(image, pen, lane, top + EVENTS + i * (LANE + GAP))
    for event in events:
        for y in range(top + EVENTS, height - RULER, 8):
            pen.line([(axis.x(event.at), y), (axis.x(event.at), y + 3)], fill=ACCENT)
    _write(pen, (12, height - 21), f"{Path(info.path).name} · {title}", QUIET)
    return image


def _ruler(pen: ImageDraw.ImageDraw, axis: Axis) -> None:
    step = next(s for s in (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1e9) if axis.span.seconds / s <= 16)
    first = int(np.ceil(axis.span.start / SAMPLE_RATE / step))
    for i in range(first, int(axis.span.end / SAMPLE_RATE / step) + 1):
        x = axis.x(round(i * step * SAMPLE_RATE))
        pen.line([(x, RULER - 8), (x, RULER)], fill=QUIET)
        if x < WIDTH - 50:
            _write(pen, (x + 4, 6), f"{i * step:.2f} s" if step < 1 else f"{i * step:g} s", QUIET)


def _strip(image: Image.Image, pen: ImageDraw.ImageDraw, info: MediaInfo, axis: Axis) -> None:
    """Frames side by side; each is the one shown at its own left edge."""
    _write(pen, (12, RULER + 8), "Picture", TEXT)
    _write(pen, (12, RULER + 28), f"{info.width} x {info.height} · {float(info.rate):.3g} fps", QUIET)
    shown = max(8, round(STRIP * info.width / max(1, info.height)))
    lefts = range(NAMES, WIDTH, shown)
    per_pixel = axis.span.length / (WIDTH - NAMES)
    times = [axis.span.start + int((left - NAMES) * per_pixel) for left in lefts]
    for left, frame in zip(lefts, thumbnails(info.path, times, STRIP), strict=True):
        image.paste(Image.fromarray(frame), (left, RULER))


def _events(pen: ImageDraw.ImageDraw, axis: Axis, events: Sequence[Event], top: int) -> None:
    _write(pen, (12, top + 12), f"{len(events)} events" if len(events) != 1 else "1 event", TEXT)
    pen.line([(NAMES, top + EVENTS - 2), (WIDTH, top + EVENTS - 2)], fill=QUIET)
    for event in events:
        x, high = axis.x(event.at), round(event.strength * (EVENTS - 6))
        base = top + EVENTS - 2
        pen.polygon([(x - 6, base), (x, base - high), (x + 6, base)], fill=ACCENT)


def _lane(image: Image.Image, pen: ImageDraw.ImageDraw, lane: Lane, top: int) -> None:
    pen.rectangle([(0, top), (NAMES - 1, top + LANE - 1)], fill=RAISED)
    _write(pen, (12, top + 8), lane.name, TEXT)
    pen.rectangle([(12, top + 34), (NAMES - 14, top + 38)], fill=BACK)
    pen.rectangle([(12, top + 34), (12 + round(lane.total * (NAMES - 26)), top + 38)], fill=ACCENT)
    _write(pen, (12, top + 46), _wrapped(lane.says, NAMES - 20), QUIET)
    image.paste(spectrogram(lane.wav, WIDTH - NAMES, LANE), (NAMES, top))


def spectrogram(wav: str | Path, width: int, height: int) -> Image.Image:
    """The mel-spectrogram of a file, loud as bright, low at the bottom, its whole length across the width."""
    wave = read_audio(wav, mono=True)[:, 0]
    levels = mel_levels(wave)
    columns = np.linspace(0, max(0, len(wave) / HOP - 1), width)
    shade = np.clip((levels[::-1, columns.round().astype(int)].astype(np.float32) - FLOOR) / (CEILING - FLOOR), 0, 1)
    return Image.fromarray(_fire()[(shade * 255).astype(np.uint8)]).resize((width, height))


def _fire() -> np.ndarray:
    """uint8 (256, 3): the colours between those of FIRE."""
    at, colours = zip(*FIRE, strict=True)
    shades = np.linspace(0, 1, 256)
    return np.stack([np.interp(shades, at, channel) for channel in zip(*colours, strict=True)], 1).astype(np.uint8)


def _wrapped(text: str, width: int) -> str:
    font, lines = _font(), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines[:5])


def _write(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, colour: str) -> None:
    pen.text(at, text, fill=colour, font=_font())


def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=13)

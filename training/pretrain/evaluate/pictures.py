"""Spectrograms to look at, small enough to lie beside a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import zoom

from training.pretrain.evaluate.spectral import mel_decibels

STOPS = np.array([[0, 0, 4], [87, 16, 110], [188, 55, 84], [249, 142, 9], [252, 255, 164]], float)
"""Black, violet, red, orange, light."""
WIDE, HIGH, GAP, TEXT, TICK = 720, 90, 8, 16, 7
RANGE_DB = 60.0
KEPT, CHANGED = "#808080", "#0060d0"


def heat(share: np.ndarray, height: int, width: int) -> Image.Image:
    """Levels (bands, frames) from 0 to 1 in colours, low bands at the bottom."""
    levels = np.asarray(share, np.float32)
    sized = zoom(levels, (height / levels.shape[0], width / levels.shape[1]), order=1)
    place = np.clip(sized[::-1], 0, 1) * (len(STOPS) - 1)
    low = np.minimum(place.astype(int), len(STOPS) - 2)
    part = (place - low)[..., None]
    return Image.fromarray((STOPS[low] * (1 - part) + STOPS[low + 1] * part).astype(np.uint8))


def strips(rows: Sequence[tuple[str, np.ndarray, Sequence[float], Sequence[float]]], path: Path) -> None:
    """One spectrogram below the other: (title, sound at 48 kHz, times kept (s), times changed (s)) each."""
    sheet = Image.new("RGB", (WIDE + 2 * GAP, len(rows) * (HIGH + TEXT + TICK + GAP) + GAP), "white")
    pen = ImageDraw.Draw(sheet)
    for i, (title, wave, kept, changed) in enumerate(rows):
        top, seconds = GAP + i * (HIGH + TEXT + TICK + GAP), len(wave) / 48_000
        pen.text((GAP, top), title, fill="black")
        sheet.paste(heat(mel_decibels(wave) / RANGE_DB + 1, HIGH, WIDE), (GAP, top + TEXT + TICK))
        for times, colour in ((kept, KEPT), (changed, CHANGED)):
            for at in times:
                x = GAP + round(at / seconds * WIDE)
                pen.rectangle((x - 1, top + TEXT - 2, x + 1, top + TEXT + TICK - 2), fill=colour)
    sheet.quantize(160).save(path, optimize=True)

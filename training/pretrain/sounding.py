"""Give a scene its sound: each event plays a sound of one thing, at its strength, over a bed or silence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from training.pretrain.bank import RATE, Recording
from training.pretrain.motions import Motion
from training.pretrain.synthesis import SYNTHETIC

FITS = {
    "strike": ("hit", "chop", "thud", "dig", "break", "door"),
    "bounce": ("bounce", "bounce", "thud", "hit"),
    "step": ("steps",),
    "drop": ("hit", "thud", "break", "splash"),
    "shake": ("rattle", "rustle", "whoosh"),
    "pour": ("bed",),
    "swing": ("bed",),
    "drift": ("bed",),
}
"""Which families of things may sound a motion; one is drawn."""
TAKES = 24
"""Variants synthesised of each synthetic thing."""


@dataclass(frozen=True)
class Sound:
    """wave: (samples,) float32 at 44.1 kHz; what it is of, and in words."""

    wave: np.ndarray
    thing: str
    caption: str


class Shelf:
    """Every sound there is, by thing: recordings and synthesised takes, split by recording for testing."""

    def __init__(self, bank: list[Recording], held_out: bool = False) -> None:
        self.takes: dict[str, list[np.ndarray]] = defaultdict(list)
        self.captions: dict[str, list[str]] = defaultdict(list)
        kept: dict[str, list[Recording]] = defaultdict(list)
        for recording in bank:
            kept[recording.thing].append(recording)
        for thing, recordings in kept.items():
            test = recordings[::6] if len(recordings) >= 6 else []
            chosen = test if held_out and test else [r for r in recordings if not any(r is x for x in test)]
            self.takes[thing] += [r.wave for r in chosen]
            self.captions[thing] += sorted({c for r in recordings for c in r.captions})
        for i, (thing, (captions, make)) in enumerate(SYNTHETIC.items()):
            rng = np.random.default_rng(9_000 + i + 500 * held_out)
            self.takes[thing] += [make(rng) for _ in range(TAKES if thing != "bed/stream" else 4)]
            self.captions[thing] += captions

    def things(self, family: str) -> list[str]:
        return [thing for thing in sorted(self.takes) if thing.split("/")[0] == family]

    def thing_for(self, rng: np.random.Generator, motion: str) -> str:
        families = [family for family in FITS[motion] if self.things(family)]
        return str(rng.choice(self.things(str(rng.choice(families)))))


def varied(rng: np.random.Generator, wave: np.ndarray) -> np.ndarray:
    """The same blow once more: a little higher or lower, longer or shorter."""
    rate = 2 ** rng.uniform(-1 / 6, 1 / 6)
    places = np.arange(0, len(wave) - 1, rate)
    return np.interp(places, np.arange(len(wave)), wave).astype(np.float32)


def sound(rng: np.random.Generator, shelf: Shelf, motion: Motion, seconds: float) -> Sound:
    """One thing for the whole scene; softer events are quieter and duller."""
    n = int(round(seconds * RATE))
    out = np.zeros(n + 2 * RATE, np.float32)
    thing = shelf.thing_for(rng, motion.kind)
    takes = shelf.takes[thing]
    few = [takes[i] for i in rng.integers(0, len(takes), 3)]
    if thing.startswith("bed/"):
        spans = motion.spans or ((0.0, seconds),)
        for start, end in spans:
            lay(out, rng, few[0], start, end)
    else:
        tuned = 2 ** rng.uniform(-0.25, 0.25)
        for at, strength in motion.events:
            blow = varied(rng, few[rng.integers(len(few))])
            pitched = np.interp(np.arange(0, len(blow) - 1, tuned), np.arange(len(blow)), blow)
            begin = int(at * RATE)
            piece = pitched[: len(out) - begin]
            out[begin : begin + len(piece)] += strength**1.3 * piece
    peak = float(np.abs(out[:n]).max())
    loud = out[:n] * (0.7 / peak if peak > 1e-3 else 1.0)
    hissing = loud + rng.normal(0, 10 ** rng.uniform(-5, -3.7), n)
    return Sound(hissing.astype(np.float32), thing, str(rng.choice(shelf.captions[thing])))


def lay(out: np.ndarray, rng: np.random.Generator, bed: np.ndarray, start: float, end: float) -> None:
    """Loop a bed between two times, with soft edges."""
    n = int((end - start) * RATE)
    looped = np.resize(np.roll(bed, int(rng.integers(len(bed)))), n)
    edge = min(n // 2, int(0.06 * RATE))
    if edge:
        looped[:edge] *= np.linspace(0, 1, edge)
        looped[-edge:] *= np.linspace(1, 0, edge)
    begin = int(start * RATE)
    out[begin : begin + n] += looped[: len(out) - begin]

"""Give a scene its sound: each event plays a sound of one thing, at its strength, in a room or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from training.pretrain.bank import RATE, SYNTHESIS, Part, Recording, split
from training.pretrain.motions import Motion
from training.pretrain.synthesis import SYNTHETIC
from training.pretrain.things import THINGS

FITS = {
    "strike": (*("hit",) * 4, "drum", "chop", "thud", "dig", "break", "bounce", "bow", "shot", "explosion",
               "thunder"),
    "chop": ("chop", "chop", "chop", "hit", "saw", "dig"),
    "tap": ("tap", "tap", "drum", "drum", "hit"),
    "bounce": ("bounce", "bounce", "bounce", "thud", "hit"),
    "step": ("steps",),
    "drop": ("hit", "hit", "thud", "break", "splash", "splash", "rattle", "bounce"),
    "shake": ("rattle", "rattle", "rustle", "rustle", "whoosh", "saw", "whip"),
    "door": ("door",),
    "call": (*("animal",) * 9, "horn"),
    "roll": ("roll", "roll", "scrape", "skid", "engine"),
    "spin": ("engine",),
    "pour": ("bed",),
    "swing": ("bed",),
    "drift": ("bed", "bed", "engine"),
}
"""Which families of things may sound a motion; one is drawn."""
FLUID = ("bed/pour", "bed/stream", "bed/waterfall", "bed/bubbles", "bed/rain", "bed/waves", "bed/steam")
"""What runs when something pours."""
IN_A_ROOM = 0.3
WITH_AMBIENCE = 0.15
"""Share of scenes that sound in a room, and of those with blows over a far, quiet bed that no caption names."""
RECORDED = 5.0
"""How much oftener a recording sounds than a take made by formula. Of many things there are a few recordings and two
dozen formulas, and the recordings are what a thing sounds like. A guess, not a measured best."""
AMBIENCE = ("bed/wind", "bed/birds", "bed/stream", "engine/hum", "bed/waves", "bed/rain")


@dataclass(frozen=True)
class Sound:
    """wave: (samples,) float32 at 44.1 kHz; what it is of, and in words."""

    wave: np.ndarray
    thing: str
    caption: str


class Takes(Mapping[str, list[np.ndarray]]):
    """Waves by thing. What can be synthesised and has no wave yet is made when it is first asked for."""

    SPARE = 3

    def __init__(self, waves: Mapping[str, list[np.ndarray]], seed: int) -> None:
        self.waves, self.seed = dict(waves), seed
        self.names = sorted({*self.waves, *SYNTHETIC})

    def __getitem__(self, thing: str) -> list[np.ndarray]:
        if thing not in self.waves:
            rng = np.random.default_rng([self.seed, len(thing), *thing.encode()])
            self.waves[thing] = [SYNTHETIC[thing](rng) for _ in range(self.SPARE)]
        return self.waves[thing]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


class Shelf:
    """The sounds of one part of the bank, by thing. All pieces of one recording file are in the same part."""

    def __init__(self, bank: list[Recording], part: Part = "train") -> None:
        parts = split((r.thing, r.origin) for r in bank)
        waves: dict[str, list[np.ndarray]] = defaultdict(list)
        files: dict[str, list[str]] = defaultdict(list)
        captions: dict[str, tuple[str, ...]] = {}
        for recording in bank:
            if parts[recording.origin] == part:
                waves[recording.thing].append(recording.wave)
                files[recording.thing].append(recording.origin)
                captions[recording.thing] = recording.captions
        self.part = part
        self.takes: Mapping[str, list[np.ndarray]] = Takes(waves, 1 + ("train", "validation", "test").index(part))
        self.files = files
        self.captions: dict[str, list[str]] = {
            thing: list(captions[thing] if thing in captions else THINGS[thing].captions) for thing in self.takes}

    def things(self, family: str) -> list[str]:
        return [thing for thing in sorted(self.takes) if thing.split("/")[0] == family]

    def thing_for(self, rng: np.random.Generator, motion: str) -> str:
        """A thing that may sound this kind of motion: a family first, then one of its things, all alike often."""
        if motion == "pour":
            fluid = [thing for thing in FLUID if thing in self.takes]
            return str(rng.choice(fluid))
        families = [family for family in FITS[motion] if self.things(family)]
        return str(rng.choice(self.things(str(rng.choice(families)))))

    def draw(self, rng: np.random.Generator, thing: str, count: int = 1) -> list[np.ndarray]:
        """`count` takes of a thing, perhaps one several times: all of them recordings, or all of them formulas."""
        takes, files = self.takes[thing], self.files.get(thing, [])
        made = np.array([file.startswith(SYNTHESIS) for file in files] or [True] * len(takes))
        recorded, formulas = np.flatnonzero(~made), np.flatnonzero(made)
        share = RECORDED * len(recorded) / (RECORDED * len(recorded) + len(formulas))
        among = recorded if rng.random() < share else formulas
        return [takes[i] for i in rng.choice(among, count)]

    def reference(self, rng: np.random.Generator, thing: str, seconds: float = 3.0) -> np.ndarray:
        """(samples,) float32, at most `seconds`: one take of the thing, drawn anew and varied; a bed from anywhere."""
        take = self.draw(rng, thing)[0]
        n = int(seconds * RATE)
        if sounds_on(thing):
            take = np.roll(take, int(rng.integers(len(take))))
        return varied(rng, take)[:n]


def sounds_on(thing: str) -> bool:
    return thing in THINGS and THINGS[thing].kind == "bed"


def varied(rng: np.random.Generator, wave: np.ndarray, widest: float = 1 / 6) -> np.ndarray:
    """The same once more: a little higher or lower, longer or shorter, by at most `widest` octaves."""
    return pitched(wave, 2 ** rng.uniform(-widest, widest))


def pitched(wave: np.ndarray, rate: float) -> np.ndarray:
    """Played at another speed: faster is higher and shorter."""
    places = np.arange(0, len(wave) - 1, rate, dtype=np.float32)
    return np.interp(places, np.arange(len(wave), dtype=np.float32), wave).astype(np.float32)


def one_pole(wave: np.ndarray, share: float) -> np.ndarray:
    """A first-order low pass: this share of each new sample, the rest of what was."""
    return np.asarray(lfilter([share], [1.0, share - 1.0], wave), np.float32)


def sound(rng: np.random.Generator, shelf: Shelf, motion: Motion, seconds: float) -> Sound:
    """One thing that fits the motion, for the whole scene."""
    return sound_of(rng, shelf, shelf.thing_for(rng, motion.kind), motion, seconds)


def sound_of(rng: np.random.Generator, shelf: Shelf, thing: str, motion: Motion, seconds: float) -> Sound:
    """A thing in a scene: a bed along the motion's stretches, everything else at its events."""
    n = int(round(seconds * RATE))
    goes_on = sounds_on(thing)
    out = bedded(rng, shelf, thing, motion, seconds) if goes_on else struck(rng, shelf, thing, motion, n)
    if rng.random() < IN_A_ROOM:
        out = in_room(rng, out)
    peak = float(np.abs(out[:n]).max())
    loud = out[:n] * (0.7 / peak if peak > 1e-3 else 1.0)
    if not goes_on and rng.random() < WITH_AMBIENCE:
        loud = loud + far_bed(rng, shelf, n)
    hissing = loud + 10 ** rng.uniform(-5, -3.7) * rng.standard_normal(n, dtype=np.float32)
    return Sound(hissing.astype(np.float32), thing, str(rng.choice(shelf.captions[thing])))


def struck(rng: np.random.Generator, shelf: Shelf, thing: str, motion: Motion, n: int) -> np.ndarray:
    """Takes of a thing at a motion's events: up to three of them, all tuned alike, each a little varied.

    A weaker event is quieter and duller: of the take's bright part, what is above 2.5 kHz, less is left.
    """
    out = np.zeros(n + 2 * RATE, np.float32)
    tuned = rng.uniform(-0.2, 0.2)
    few = [pitched(take, 2 ** (tuned + rng.uniform(-0.08, 0.08)))
           for take in shelf.draw(rng, thing, min(3, len(motion.events)))]
    dull = [one_pole(take, 0.3) for take in few]
    for at, strength in motion.events:
        which, begin = rng.integers(len(few)), int(at * RATE)
        level, bright = np.float32(strength**1.2), np.float32(min(1.0, 0.2 + strength))
        m = min(len(few[which]), len(out) - begin)
        out[begin : begin + m] += level * (bright * few[which][:m] + (1 - bright) * dull[which][:m])
    return out


def bedded(rng: np.random.Generator, shelf: Shelf, thing: str, motion: Motion, seconds: float) -> np.ndarray:
    """A bed of a thing along a motion's stretches, or all the time."""
    out = np.zeros(int(round(seconds * RATE)) + 2 * RATE, np.float32)
    take = shelf.draw(rng, thing)[0]
    for start, end in motion.spans or ((0.0, seconds),):
        lay(out, rng, take, start, end)
    return out


def far_bed(rng: np.random.Generator, shelf: Shelf, n: int) -> np.ndarray:
    """(n,) ambience 30 to 45 dB below full scale."""
    take = shelf.draw(rng, str(rng.choice([thing for thing in AMBIENCE if thing in shelf.takes])))[0]
    looped = np.resize(np.roll(take, int(rng.integers(len(take)))), n)
    return one_pole(looped, 0.3) * np.float32(10 ** (rng.uniform(-45, -30) / 20))


def in_room(rng: np.random.Generator, wave: np.ndarray) -> np.ndarray:
    """The wave with a small room's answer: noise that dies within 0.1 to 0.6 s, duller than the wave, 10 to 24 dB
    below it. Made at a quarter of the rate, where it takes a quarter of the time."""
    few = wave[: len(wave) // 4 * 4].reshape(-1, 4).mean(axis=1)
    m = int(rng.uniform(0.1, 0.6) * RATE / 4)
    answer = rng.standard_normal(m, dtype=np.float32) * np.exp(-6.9 * np.arange(m, dtype=np.float32) / m)
    answer[: int(rng.uniform(0.002, 0.015) * RATE / 4)] = 0
    size = 1 << (len(few) + m).bit_length()
    wet = np.fft.irfft(np.fft.rfft(few, size) * np.fft.rfft(answer, size), size)[: len(few)]
    wet = np.interp(np.arange(len(wave)) / 4, np.arange(len(few)), wet)
    loudest = float(np.abs(wet).max()) + 1e-9
    return (wave + 10 ** (rng.uniform(-24, -10) / 20) * float(np.abs(wave).max()) / loudest * wet).astype(np.float32)


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

"""The sound bank: recordings of licence-clean packages, cut, judged, split by file, and kept with their credits.

Packages are given as unpacked folders: `dpkg -x FILE.deb FOLDER`, or an unzipped wheel.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import soundfile
import soxr

from training.pretrain.judging import Verdict, table, verdicts
from training.pretrain.licences import licence_of, may_train, rules_of, upstream_path
from training.pretrain.sources import source_of
from training.pretrain.synthesis import SYNTHETIC
from training.pretrain.things import THINGS, Kind

RATE = 44_100
LONGEST_HIT_S = 4.0
"""Long enough for metal to ring out; a blow is cut short where the next one begins."""
LONGEST_BED_S = 10.0
BEDS_OF_ONE_FILE = 4
MOST_OF_A_THING, MOST_OF_A_BED = 80, 20
"""Pieces: a thing with more keeps pieces of as many files as it can."""
SYNTHETIC_BLOWS, SYNTHETIC_BEDS = 24, 6
"""Takes of each thing that is made by formula."""
SYNTHESIS, OWN = "synthesis", "own work"
"""What stands for package and licence of such a take."""
SOUND_FILES = (".ogg", ".wav", ".flac", ".mp3")

Part = Literal["train", "validation", "test"]


@dataclass(frozen=True)
class Recording:
    """One sound of the bank. `wave`: (samples,) float32 at 44.1 kHz, peak 1; a hit begins at its attack.

    `origin`: package and file; `authors`: as the package names them; `heard`: what the tagger made of the file.
    """

    wave: np.ndarray
    thing: str
    captions: tuple[str, ...]
    bed: bool
    origin: str
    licence: str
    authors: str = ""
    heard: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class File:
    """A sound file that a source knows and its licence allows. wave: (samples,) float32 at 44.1 kHz."""

    package: str
    path: str
    source: str
    thing: str
    licence: str
    authors: str
    wave: np.ndarray

    @property
    def origin(self) -> str:
        return f"{self.package}: {self.path}"


def sound_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Path within the package and content of every sound file, those inside zip files too."""
    for path in sorted(folder.rglob("*")):
        inside = str(path.relative_to(folder))
        if path.suffix in SOUND_FILES and path.is_file():
            yield inside, path.read_bytes()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in sorted(archive.namelist()):
                    if name.endswith(SOUND_FILES):
                        yield f"{inside}/{name}", archive.read(name)


def read_mono(content: bytes) -> np.ndarray:
    """(samples,) float32 at 44.1 kHz, without its mean."""
    samples, rate = soundfile.read(io.BytesIO(untagged(content)), dtype="float32", always_2d=True)
    mono = soxr.resample(samples.mean(axis=1), rate, RATE)
    return (mono - mono.mean()).astype(np.float32)


def untagged(content: bytes) -> bytes:
    """An MP3 from its first frame on: a tag and padding at the front can hide what it is. Others as they are."""
    return content[max(0, content.find(b"\xff\xfb")) :] if content[:3] == b"ID3" else content


def files(package: str, folder: Path, seen: set[str]) -> Iterator[File]:
    """The files of an unpacked package that a source knows and its licence allows; the same content only once."""
    rules = rules_of(package, folder)
    for path, content in sound_files(folder):
        source, rule = source_of(package, path), licence_of(upstream_path(package, path), rules)
        digest = hashlib.sha1(content).hexdigest()
        if source is None or rule is None or not may_train(rule.licence) or digest in seen:
            continue
        seen.add(digest)
        wave = read_mono(content)
        if np.abs(wave).max(initial=0) > 1e-3:
            name = f"{package}: {source.pattern}"
            yield File(package, path, name, source.thing, rule.licence, rule.holders, wave)


def loudness_track(wave: np.ndarray, hop: int = 221) -> np.ndarray:
    """Root mean square of each 5 ms."""
    whole = len(wave) // hop * hop
    return np.sqrt(np.mean(wave[:whole].reshape(-1, hop) ** 2, axis=1) + 1e-12)


def faded(piece: np.ndarray, fade_s: float = 0.08) -> np.ndarray:
    """Peak 1, without the silence at its end, faded out."""
    level = loudness_track(piece)
    last = int(np.flatnonzero(level > 2e-3 * level.max())[-1] + 2) * 221
    piece = piece[:last].copy()
    fade = min(len(piece) // 4, int(fade_s * RATE))
    piece[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return piece / (np.abs(piece).max() + 1e-9)


def hits(wave: np.ndarray, hop: int = 221) -> list[np.ndarray]:
    """The separate blows in a recording, each from its attack, at most 4 s, faded where the next one begins."""
    level = loudness_track(wave, hop)
    if len(level) < 8:
        return []
    sums = np.cumsum(np.concatenate([[0.0], level]))
    first = np.maximum(np.arange(len(level)) - 10, 0)
    past = (sums[: len(level)] - sums[first]) / np.maximum(np.arange(len(level)) - first, 1)
    rises = np.flatnonzero((level > 0.25 * level.max()) & (level > 3.0 * past + 1e-4))
    starts: list[int] = []
    for rise in rises:
        if not starts or (rise - starts[-1]) * hop > 0.25 * RATE:
            starts.append(int(rise))
    starts = starts or [int(np.argmax(level > 0.2 * level.max()))]
    pieces = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        begin = max(0, (start - 1) * hop)
        end = min(len(wave), begin + int(LONGEST_HIT_S * RATE))
        piece = wave[begin : end if following is None else min(end, (following - 2) * hop)]
        if len(piece) > 2000:
            pieces.append(faded(piece))
    return pieces


def calls(wave: np.ndarray, hop: int = 221, gap_s: float = 0.3) -> list[np.ndarray]:
    """The separate utterances in a recording: what lies between silences, each at most 4 s."""
    level = loudness_track(wave, hop)
    if len(level) < 8:
        return []
    loud = np.flatnonzero(level > 0.04 * level.max())
    groups = np.split(loud, np.flatnonzero(np.diff(loud) * hop > gap_s * RATE) + 1)
    pieces = []
    for group in groups:
        begin = max(0, (group[0] - 1) * hop)
        end = min((group[-1] + 8) * hop, begin + int(LONGEST_HIT_S * RATE))
        if end - begin > 3000 and level[group].max() > 0.2 * level.max():
            pieces.append(faded(wave[begin:end]))
    return pieces


def beds(wave: np.ndarray) -> list[np.ndarray]:
    """Stretches of at most 10 s, from places spread over the recording; nothing that is nearly silent."""
    n = int(LONGEST_BED_S * RATE)
    count = min(BEDS_OF_ONE_FILE, max(1, len(wave) // n))
    starts = np.linspace(0, max(0, len(wave) - n), count).astype(int) if len(wave) > n else [0]
    pieces = [wave[start : start + n] for start in starts]
    return [p / np.abs(p).max() for p in pieces if len(p) > RATE // 2 and np.abs(p).max() > 0.05 * np.abs(wave).max()]


CUTTERS = {"blow": hits, "call": calls, "bed": beds}


def cut(file: File, verdict: Verdict) -> list[Recording]:
    """The sounds in a file."""
    thing = THINGS[file.thing]
    kind: Kind = thing.kind
    return [Recording(piece.astype(np.float32), file.thing, thing.captions, kind == "bed", file.origin, file.licence,
                      file.authors, verdict.heard) for piece in CUTTERS[kind](file.wave)]


def synthesised(blows: int = SYNTHETIC_BLOWS, sounding_on: int = SYNTHETIC_BEDS) -> Iterator[Recording]:
    """Every take that is made by formula, each by a seed of its own."""
    for thing, make in SYNTHETIC.items():
        known = THINGS[thing]
        for take in range(sounding_on if known.kind == "bed" else blows):
            wave = make(np.random.default_rng([zlib.crc32(thing.encode()), take]))
            yield Recording(wave, thing, known.captions, known.kind == "bed", f"{SYNTHESIS}: {thing} {take}", OWN)


def capped(found: Iterable[Recording]) -> list[Recording]:
    """As many pieces of each thing as it may have: the first piece of every file, then the second of every file, …"""
    by: dict[str, list[tuple[int, str, Recording]]] = defaultdict(list)
    turn: Counter[str] = Counter()
    for recording in found:
        digest = hashlib.sha1(recording.origin.encode()).hexdigest()
        by[recording.thing].append((turn[recording.origin], digest, recording))
        turn[recording.origin] += 1
    most = {thing: MOST_OF_A_BED if rows[0][2].bed else MOST_OF_A_THING for thing, rows in by.items()}
    return [r for thing in sorted(by) for *_, r in sorted(by[thing], key=lambda row: row[:2])[: most[thing]]]


def split(origins: Iterable[tuple[str, str]]) -> dict[str, Part]:
    """The part of each file, given (thing, origin): by the hash of its name, about 80 / 8 / 12 in a hundred.

    All pieces of a file are in one part. A thing of five files or more has at least one file to test on; one of eight
    or more also one to validate on; of fewer than five files all are trained on. Takes made by formula count apart.
    """
    by: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for thing, origin in origins:
        by[thing, origin.startswith(SYNTHESIS)].add(origin)
    parts: dict[str, Part] = {}
    for names in by.values():
        order = sorted(names, key=lambda name: hashlib.sha1(name.encode()).hexdigest())
        test = max(1, round(0.12 * len(order))) if len(order) >= 5 else 0
        validation = max(1, round(0.08 * len(order))) if len(order) >= 8 else 0
        for i, name in enumerate(order):
            parts[name] = "test" if i < test else "validation" if i < test + validation else "train"
    return parts


def build(packages: dict[str, Path], out: Path) -> list[Recording]:
    """Write `bank.npz`, `bank.json` and `judged.tsv` into `out` and return what is in the bank.

    RuntimeError when the audio tagger, which judges every file, is not installed.
    """
    seen: set[str] = set()
    listed = [file for package, folder in packages.items() for file in files(package, folder, seen)]
    judged = verdicts([(file.source, file.thing, file.wave) for file in listed])
    print(table([file.source for file in listed], judged))
    found = capped(r for file, verdict in zip(listed, judged, strict=True) if verdict.keep for r in cut(file, verdict))
    found += synthesised()
    out.mkdir(parents=True, exist_ok=True)
    waves: dict[str, Any] = {str(i): r.wave.astype(np.float16) for i, r in enumerate(found)}
    with open(out / "bank.npz.part", "wb") as file:
        np.savez(file, **waves)
    rows = [{k: v for k, v in asdict(r).items() if k != "wave"} for r in found]
    (out / "bank.json.part").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    for name in ("bank.npz", "bank.json"):
        os.replace(out / f"{name}.part", out / name)
    lines = [f"{file.thing}\t{file.origin}\t{'kept' if v.keep else v.why}\t{v.agreement:.2f}\t{v.heard}"
             for file, v in zip(listed, judged, strict=True)]
    (out / "judged.tsv").write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
    return found


def read(folder: Path) -> list[Recording]:
    """The bank that `build` wrote."""
    rows = json.loads((folder / "bank.json").read_text(encoding="utf-8"))
    with np.load(folder / "bank.npz") as waves:
        return [
            Recording(waves[str(i)].astype(np.float32), row["thing"], tuple(row["captions"]), row["bed"], row["origin"],
                      row["licence"], row.get("authors", ""), tuple((c, p) for c, p in row.get("heard", ())))
            for i, row in enumerate(rows)
        ]

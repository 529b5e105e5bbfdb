"""The sound bank: recorded one-shots and beds from licence-clean packages, with captions.

Packages are given as unpacked folders (`dpkg -x FILE.deb FOLDER`). Which file says what stands in `SOURCES`.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr

from training.pretrain.licences import licence_of, may_train, stanzas

RATE = 44_100
LONGEST_HIT_S = 1.6
LONGEST_BED_S = 10.0


@dataclass(frozen=True)
class Source:
    """Files of a package that sound alike: a pattern on the path, what acts on what, hit or bed."""

    package: str
    pattern: str
    thing: str
    captions: tuple[str, ...]
    bed: bool = False


SOURCES = (
    Source("minetest-data", r"default_wood_footstep", "steps/wood", ("footsteps on wood", "shoes on a wooden floor")),
    Source("minetest-data", r"default_gravel_footstep", "steps/gravel", ("footsteps on gravel", "boots on gravel")),
    Source("minetest-data", r"default_grass_footstep", "steps/grass", ("footsteps on grass", "walking on grass")),
    Source("minetest-data", r"default_snow_footstep", "steps/snow", ("footsteps in snow", "boots in snow")),
    Source("minetest-data", r"default_sand_footstep", "steps/sand", ("footsteps on sand", "walking on sand")),
    Source("minetest-data", r"default_dirt_footstep", "steps/dirt", ("footsteps on dirt", "walking on dirt")),
    Source("minetest-data", r"default_metal_footstep", "steps/metal", ("footsteps on metal", "boots on a metal plate")),
    Source("minetest-data", r"default_hard_footstep", "steps/stone", ("footsteps on concrete", "shoes on stone")),
    Source("minetest-data", r"default_water_footstep", "steps/water", ("footsteps in water", "splashing steps")),
    Source("minetest-data", r"default_dig_choppy", "chop/wood", ("chopping wood", "an axe hitting wood")),
    Source("minetest-data", r"default_dig_cracky", "hit/stone", ("a pickaxe hitting stone", "knocking on rock")),
    Source("minetest-data", r"default_(dug|dig|place_node)_metal", "hit/metal", ("hitting metal", "metal clank")),
    Source("minetest-data", r"default_break_glass", "break/glass", ("breaking glass", "glass shattering")),
    Source("minetest-data", r"default_gravel_(dig|dug)", "dig/gravel", ("digging gravel", "shovel in gravel")),
    Source("minetest-data", r"doors_door_(open|close)", "door/wood", ("a wooden door", "door closing")),
    Source("minetest-data", r"doors_steel_door", "door/metal", ("a steel door", "metal door closing")),
    Source("minetest-data", r"default_chest_(open|close)", "door/chest", ("a wooden chest", "chest lid closing")),
    Source("minetest-data", r"env_sounds_water", "bed/stream", ("a stream of water", "running water"), bed=True),
    Source("minetest-data", r"fire_fire", "bed/fire", ("a crackling fire", "fire burning"), bed=True),
    Source("0ad-data", r"resource/lumbering/lumber_tree_?\d", "chop/wood", ("chopping wood", "an axe hitting a tree")),
    Source("0ad-data", r"resource/mining/mine_stone", "hit/stone", ("a pickaxe hitting stone", "chiselling rock")),
    Source("0ad-data", r"resource/mining/mine_metal", "hit/metal", ("hammering metal", "hitting metal")),
    Source("0ad-data", r"resource/construction/con_wood", "hit/wood", ("hammering wood", "knocking on wood")),
    Source("0ad-data", r"resource/farming/hoe", "dig/dirt", ("digging in dirt", "a hoe in soil")),
    Source("0ad-data", r"resource/foraging/leaves", "rustle/leaves", ("rustling leaves", "a bush shaking")),
    Source("0ad-data", r"attack/impact/shield_wood", "hit/wood", ("a blow on a wooden shield", "hitting wood")),
    Source("0ad-data", r"attack/impact/shield_metal", "hit/metal", ("a blow on a metal shield", "hitting metal")),
    Source("0ad-data", r"attack/impact/arrow_wood", "thud/wood", ("an arrow hitting wood", "a thud on wood")),
    Source("0ad-data", r"attack/impact/sling_(wood|stone)", "hit/stone", ("a stone hitting a wall", "stone impact")),
    Source("0ad-data", r"attack/weapon/swordhit", "hit/sword", ("sword on sword", "swords clashing")),
    Source("0ad-data", r"attack/weapon/sword_attack", "whoosh/air", ("a whoosh", "a sword swing through air")),
    Source("0ad-data", r"actor/singlesteps/fs_snow", "steps/snow", ("footsteps in snow", "boots in snow")),
    Source("0ad-data", r"actor/singlesteps/fs_sand", "steps/sand", ("footsteps on sand", "walking on sand")),
    Source("0ad-data", r"actor/singlesteps/fs_rock", "steps/stone", ("footsteps on stone", "boots on concrete")),
    Source("0ad-data", r"actor/singlesteps/fs_gravel", "steps/gravel", ("footsteps on gravel", "boots on gravel")),
    Source("0ad-data", r"actor/singlesteps/fs_grass", "steps/grass", ("footsteps on grass", "walking on grass")),
    Source("0ad-data", r"actor/singlesteps/fs_wood", "steps/wood", ("footsteps on wood", "shoes on a wooden floor")),
    Source("0ad-data", r"actor/gate/stonegate", "door/stone", ("a stone gate", "a heavy gate closing")),
    Source("0ad-data", r"ambient/weather/rain", "bed/rain", ("rain", "rain falling"), bed=True),
    Source("0ad-data", r"ambient/weather/wind", "bed/wind", ("wind", "wind blowing"), bed=True),
    Source("0ad-data", r"ambient/water/(wave|waterfall|river)", "bed/water", ("water flowing", "waves"), bed=True),
    Source("0ad-data", r"attack/fire/", "bed/fire", ("a crackling fire", "flames"), bed=True),
)


@dataclass(frozen=True)
class Recording:
    """One sound of the bank. `wave`: (samples,) float32 at 44.1 kHz, peak 1; a hit begins at its attack."""

    wave: np.ndarray
    thing: str
    captions: tuple[str, ...]
    bed: bool
    origin: str
    licence: str


def sound_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Path within the package and content of every .ogg and .wav, those inside zip files too."""
    for path in sorted(folder.rglob("*")):
        inside = str(path.relative_to(folder))
        if path.suffix in (".ogg", ".wav") and path.is_file():
            yield inside, path.read_bytes()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in sorted(archive.namelist()):
                    if name.endswith((".ogg", ".wav")):
                        yield f"{inside}/{name}", archive.read(name)


def read_mono(content: bytes) -> np.ndarray:
    """(samples,) float32 at 44.1 kHz, without its mean."""
    samples, rate = soundfile.read(io.BytesIO(content), dtype="float32", always_2d=True)
    mono = soxr.resample(samples.mean(axis=1), rate, RATE)
    return (mono - mono.mean()).astype(np.float32)


def loudness_track(wave: np.ndarray, hop: int = 221) -> np.ndarray:
    """Root mean square of each 5 ms."""
    whole = len(wave) // hop * hop
    return np.sqrt(np.mean(wave[:whole].reshape(-1, hop) ** 2, axis=1) + 1e-12)


def hits(wave: np.ndarray, hop: int = 221) -> list[np.ndarray]:
    """The separate blows in a recording, each from its attack, at most 1.6 s, faded where the next one begins."""
    level = loudness_track(wave, hop)
    if len(level) < 8:
        return []
    past = np.array([level[max(0, i - 10) : i].mean() if i else 1e-6 for i in range(len(level))])
    rises = np.flatnonzero((level > 0.25 * level.max()) & (level > 3.0 * past + 1e-4))
    starts: list[int] = []
    for rise in rises:
        if not starts or (rise - starts[-1]) * hop > 0.25 * RATE:
            starts.append(int(rise))
    starts = starts or [int(np.argmax(level > 0.2 * level.max()))]
    pieces = []
    for i, start in enumerate(starts):
        begin = max(0, (start - 1) * hop)
        end = min(len(wave), begin + int(LONGEST_HIT_S * RATE))
        if i + 1 < len(starts):
            end = min(end, (starts[i + 1] - 2) * hop)
        piece = wave[begin:end].copy()
        if len(piece) > 2000:
            fade = min(len(piece) // 4, int(0.08 * RATE))
            piece[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
            pieces.append(piece / (np.abs(piece).max() + 1e-9))
    return pieces


def recordings(package: str, folder: Path) -> Iterator[Recording]:
    """Every recording of an unpacked package that `SOURCES` knows and its licence allows."""
    rules = stanzas((folder / f"usr/share/doc/{package}/copyright").read_text(encoding="utf-8", errors="replace"))
    wanted = [source for source in SOURCES if source.package == package]
    for path, content in sound_files(folder):
        source = next((s for s in wanted if re.search(s.pattern, path)), None)
        if source is None or re.search(r"/(deprecated|music|voice)/", path):
            continue
        rule = licence_of(upstream_path(package, path), rules)
        if rule is None or not may_train(rule.licence):
            continue
        wave = read_mono(content)
        pieces = [wave[: int(LONGEST_BED_S * RATE)] / (np.abs(wave).max() + 1e-9)] if source.bed else hits(wave)
        for piece in pieces:
            yield Recording(piece, source.thing, source.captions, source.bed, f"{package}: {path}", rule.licence)


def upstream_path(package: str, path: str) -> str:
    """The path as the package's copyright file spells it."""
    if package == "minetest-data":
        return path.replace("usr/share/games/minetest/games/minetest_game/", "mtg/")
    if package == "0ad-data":
        return "binaries/data/mods/public/" + path.split(".zip/")[-1]
    return path


def build(packages: dict[str, Path], out: Path) -> list[Recording]:
    """Write `bank.npz` and `bank.json` into `out` and return what is in them."""
    found = [recording for package, folder in packages.items() for recording in recordings(package, folder)]
    out.mkdir(parents=True, exist_ok=True)
    waves: dict[str, Any] = {str(i): r.wave.astype(np.float16) for i, r in enumerate(found)}
    np.savez(out / "bank.npz", **waves)
    rows = [{k: v for k, v in asdict(r).items() if k != "wave"} for r in found]
    (out / "bank.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return found


def read(folder: Path) -> list[Recording]:
    """The bank that `build` wrote."""
    rows = json.loads((folder / "bank.json").read_text(encoding="utf-8"))
    with np.load(folder / "bank.npz") as waves:
        return [
            Recording(waves[str(i)].astype(np.float32), row["thing"], tuple(row["captions"]), row["bed"], row["origin"],
                      row["licence"])
            for i, row in enumerate(rows)
        ]

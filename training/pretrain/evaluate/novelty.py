"""Does the model make sounds, or play its recordings back? Generated blows beside the nearest ones it learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from engine.audio.mel import HOP, SAMPLE_RATE
from engine.audio.resample import resample
from engine.backbones.base import Backbone
from engine.ranking.onsets import onsets
from engine.spec import SAMPLE_RATE as FILE_RATE
from training.pretrain.evaluate import timing
from training.pretrain.evaluate.bench import Bench, watched, wave
from training.pretrain.evaluate.codec import spread
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.evaluate.pictures import heat
from training.pretrain.evaluate.spectral import mel_decibels
from training.pretrain.held_out import HeldOut, held_out
from training.pretrain.sounding import Shelf

SHOWN = 12
BLOW_S = 0.6
FRAMES = round(BLOW_S * SAMPLE_RATE / HOP)
LEAD = 2
"""Mel frames before the attack that a blow is compared from."""
SECOND_S = 0.1
"""An attack so soon after the first belongs to it."""
SHIFTS = (-2, -1, 0, 1, 2)
"""Mel frames (12 ms) that two blows may be moved against each other."""
TUNINGS = tuple(2 ** (semitones / 12) for semitones in (-4, -2, 0, 2, 4))
"""A recording played higher or lower is still played back: scenes for training do so."""
RANGE_DB = 45.0
"""What lies further below the loudest moment is hiss of the file or of the codec, and not compared."""
CHUNK = 2000
"""Learned sounds compared at once: bounds memory."""
LEAST_RATIO = 0.8
PICTURE = "novelty.png"


@dataclass(frozen=True)
class Blow:
    """levels: (128, frames), 45 dB at the loudest and 0 where nothing is heard; an attack at frame `LEAD`."""

    name: str
    levels: np.ndarray


@dataclass(frozen=True)
class Nearest:
    """A blow with the learned one most like it; distance: root mean square difference in dB over the bands and frames
    in which either of them sounds."""

    blow: Blow
    learned: Blow
    distance: float


def blow(samples: np.ndarray, attack_s: float, name: str = "", rate: int = FILE_RATE) -> Blow:
    """0.6 s of a sound around an attack; silence where the sound ends or the next attack comes before."""
    begin = round((attack_s - (LEAD + 0.5) * HOP / SAMPLE_RATE) * rate)
    piece = np.pad(samples, (max(0, -begin), 0))[max(0, begin) :][: round((BLOW_S + 0.1) * rate)]
    padded = np.pad(piece, (0, max(0, round((BLOW_S + 0.1) * rate) - len(piece))))
    levels = mel_decibels(alone(padded, rate), rate)
    return Blow(name, np.maximum(levels[:, :FRAMES] + RANGE_DB, 0).astype(np.float16))


def alone(samples: np.ndarray, rate: int) -> np.ndarray:
    """Faded out in 10 ms before the second attack, if there is one."""
    later = [onset.at for onset in onsets(resample(samples, rate, FILE_RATE)) if onset.at > SECOND_S]
    if not later:
        return samples
    end, fade = round((later[0] - 0.01) * rate), round(0.01 * rate)
    shape = np.zeros(len(samples), np.float32)
    shape[:end] = 1
    shape[end - fade : end] = np.linspace(1, 0, fade)
    return samples * shape


def strongest(samples: np.ndarray) -> float:
    """Time in seconds of the loudest attack that has room behind it; 0 where none is heard."""
    heard = [onset for onset in onsets(samples) if onset.at < len(samples) / FILE_RATE - BLOW_S]
    return max(heard, key=lambda onset: onset.strength).at if heard else 0.0


def tuned(samples: np.ndarray, ratio: float) -> np.ndarray:
    """The recording played faster and higher by `ratio`."""
    return np.interp(np.arange(0, len(samples) - 1, ratio), np.arange(len(samples)), samples).astype(np.float32)


def learned_blows(shelf: Shelf) -> list[Blow]:
    """Every sound of the bank that was learned from, recorded or made by formula, at every tuning."""
    found = []
    for thing in watched(sorted(shelf.files), "novelty, learned sounds"):
        for i, take in enumerate(shelf.takes[thing]):
            first = take[: round(2 * BLOW_S * SAMPLE_RATE)]
            found += [blow(tuned(first, ratio), 0.0, f"{thing} {i}", SAMPLE_RATE) for ratio in TUNINGS]
    return found


def shifted(levels: np.ndarray) -> np.ndarray:
    """(shifts, 128 · inner frames) of the parts that all shifts have."""
    reach = max(SHIFTS)
    return np.stack([levels[:, reach + s : levels.shape[1] - reach + s].ravel() for s in SHIFTS])


def nearest(blows: Sequence[Blow], learned: Sequence[Blow]) -> list[Nearest]:
    """For each blow the learned one at the least distance over all shifts."""
    moved = [shifted(one.levels).astype(np.float32) for one in blows]
    apart = np.concatenate([distances(moved, learned[i : i + CHUNK]) for i in range(0, len(learned), CHUNK)], axis=1)
    best = apart.argmin(axis=1)
    return [Nearest(one, learned[k], float(row[k])) for one, row, k in zip(blows, apart, best, strict=True)]


def distances(moved: Sequence[np.ndarray], learned: Sequence[Blow]) -> np.ndarray:
    """(blows, learned): the least over the shifts of each blow, each of `moved` (shifts, values)."""
    reach = max(SHIFTS)
    table = np.stack([one.levels[:, reach:-reach].ravel() for one in learned]).astype(np.float32)
    squares, sounding = (table**2).sum(axis=1), (table > 0).astype(np.float32)
    cells, found = sounding.sum(axis=1), []
    for one in moved:
        heard = (one > 0).astype(np.float32)
        apart = (one**2).sum(axis=1)[:, None] + squares - 2 * one @ table.T
        either = heard.sum(axis=1)[:, None] + cells - heard @ sounding.T
        found.append((np.maximum(apart, 0) / np.maximum(either, 1)).min(axis=0))
    return np.sqrt(np.stack(found))


def played_back(backbone: Backbone, shelf: Shelf, count: int) -> list[Blow]:
    """What mere playback would give: learned recordings sent through the codec."""
    found = []
    for thing, take in spread(shelf, count):
        padded = np.pad(take, (0, max(0, SAMPLE_RATE - len(take))))[None].astype(np.float32)
        with torch.inference_mode():
            out = backbone.decode(backbone.encode(torch.from_numpy(padded))).cpu().numpy()[0]
        found.append(blow(out, 0.0, thing, SAMPLE_RATE))
    return found


def typical(found: Sequence[Nearest]) -> float:
    return float(np.median([one.distance for one in found]))


def measure(bench: Bench) -> Figure:
    """Distances to the nearest learned recording: of generated blows, of unheard recordings, and of playback."""
    scenes = held_out(bench.setting.scenes, bench.setting.work / "held-out")
    made = [blow(samples, strongest(samples), scene.prompt) for scene, samples in generated(bench, scenes)]
    library = learned_blows(bench.learned)
    ours = nearest(made, library)
    unheard = nearest([blow(take, 0.0, thing, SAMPLE_RATE)
                       for thing, take in spread(bench.unheard, bench.setting.recordings)], library)
    backbone = bench.engine.backbone(bench.setting.model)
    played = nearest(played_back(backbone, bench.learned, bench.setting.recordings), library)
    draw(chosen(ours), bench.pictures / PICTURE)
    return Figure(
        "novelty", "does it make sounds, or play its recordings back?",
        f"{len(ours)} generated blows of {BLOW_S:g} s against {len(library) // len(TUNINGS)} learned sounds, each "
        f"at {len(TUNINGS)} tunings; root mean square difference of log-mel in dB; medians; {bench.how}",
        (
            Row("generated, to the nearest learned recording", typical(ours), "dB"),
            Row("unheard recordings, to the nearest learned one", typical(unheard), "dB"),
            Row("learned recordings played back through the codec, to themselves", typical(played), "dB"),
            Row("generated over unheard recordings", typical(ours) / typical(unheard), least=LEAST_RATIO),
            Row("generated blows no further off than nine tenths of what is played back", share_within(ours, played)),
        ),
    )


def share_within(ours: Sequence[Nearest], played: Sequence[Nearest]) -> float:
    """How many of ours are as near to a learned recording as nine tenths of the played-back ones."""
    bound = np.percentile([one.distance for one in played], 90)
    return float(np.mean([one.distance <= bound for one in ours]))


def generated(bench: Bench, scenes: Sequence[HeldOut]) -> list[tuple[HeldOut, np.ndarray]]:
    """The sounds of the figure "timing"."""
    return [(scene, wave(made.wav)) for scene, made in zip(scenes, timing.generated(bench, scenes), strict=True)]


def chosen(found: Sequence[Nearest]) -> list[Nearest]:
    """Twelve to be looked at: of different prompts first, the nearest of each, so that the worst can be seen."""
    ranked = sorted(found, key=lambda one: one.distance)
    seen: dict[str, int] = {}
    order: list[tuple[int, int, Nearest]] = []
    for one in ranked:
        order.append((seen.get(one.blow.name, 0), len(order), one))
        seen[one.blow.name] = seen.get(one.blow.name, 0) + 1
    return [one for _, _, one in sorted(order, key=lambda row: row[:2])[:SHOWN]]


def draw(found: Sequence[Nearest], path: Path, columns: int = 3) -> None:
    """Pairs of spectrograms, generated on the left, the nearest learned recording on the right."""
    wide, high, gap, text = 150, 96, 8, 26
    cell_w, cell_h = 2 * wide + 3 * gap, high + text + gap
    rows = -(-len(found) // columns)
    sheet = Image.new("RGB", (columns * cell_w + gap, rows * cell_h + gap), "white")
    pen = ImageDraw.Draw(sheet)
    for i, one in enumerate(found):
        left, top = gap + i % columns * cell_w, gap + i // columns * cell_h
        pen.text((left, top), f"{one.blow.name}: generated", fill="black")
        pen.text((left, top + 12), f"nearest: {one.learned.name}, {one.distance:.1f} dB apart", fill="black")
        sheet.paste(heat(one.blow.levels / RANGE_DB, high, wide), (left, top + text))
        sheet.paste(heat(one.learned.levels / RANGE_DB, high, wide), (left + wide + gap, top + text))
    sheet.quantize(96).save(path, optimize=True)

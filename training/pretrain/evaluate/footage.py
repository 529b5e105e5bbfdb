"""Does what was learned on drawn scenes carry over to filmed ones? Measured on a folder of clips with their sound.

The clips are measured on and never trained on; none of them ships.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.media.probe import probe
from engine.spec import SAMPLE_RATE
from training.metrics.onset import onset_scores
from training.pretrain.evaluate.bench import Bench, heard, watched
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.real_footage import TOLERANCE_S, slid_f1, true_onsets

HITS = {
    "condfoley_hitting_metal": "drumstick hitting a metal bar",
    "condfoley_chopping": "knife chopping vegetables on a board",
    "foleycrafter_avsync_0": "dog barking",
    "foleycrafter_avsync_2": "hammering on an anvil",
    "difffoley_drum": "playing a drum kit",
}
"""Clips in which what sounds is seen, and what is asked for of each."""
SEED = 21
ASKS = "is filmed footage sounded in time?"


@dataclass(frozen=True)
class Clip:
    """A filmed clip with the onsets of its own sound, in seconds."""

    path: Path
    seconds: float
    onsets: tuple[float, ...]


@dataclass(frozen=True)
class InTime:
    """Mean F1 within 0.15 s of a clip's own onsets: as they are, and slid round the clip by random offsets."""

    f1: float
    slid: float


def clip_of(path: Path) -> Clip | None:
    """None for a file without both picture and sound."""
    media = probe(path)
    if not (media.has_picture and media.has_audio):
        return None
    return Clip(path, media.length / SAMPLE_RATE, tuple(true_onsets(path)))


def in_time(clip: Clip, found: Sequence[Sequence[float]]) -> InTime:
    """Of several lists of onsets (s) for one clip, on average."""
    f1 = [onset_scores(clip.onsets, one, TOLERANCE_S).f1 for one in found]
    slid = [slid_f1(clip.onsets, one, clip.seconds) for one in found]
    return InTime(float(np.mean(f1)), float(np.mean(slid)))


def mean(found: Sequence[InTime]) -> InTime:
    """Every clip counts the same."""
    return InTime(float(np.mean([one.f1 for one in found])), float(np.mean([one.slid for one in found])))


def spotted(bench: Bench, clip: Clip) -> InTime:
    events = bench.engine.spot(clip.path, model=bench.setting.model).events
    return in_time(clip, [[event.at / SAMPLE_RATE for event in events]])


def measure(bench: Bench) -> Figure:
    """The spotter's events and the onsets of generated sound against those of the clips' own sound."""
    folder = bench.setting.clips
    if folder is None:
        return Figure("footage", ASKS, "", missing="no folder of filmed clips was given (--clips FOLDER)")
    paths = [folder / f"{name}.mp4" for name in HITS]
    absent = [path.name for path in paths if not path.exists()]
    if absent:
        return Figure("footage", ASKS, "", missing=f"{folder} lacks {', '.join(absent)}")
    hits = [clip for path in paths if (clip := clip_of(path))]
    mixed = [clip for path in sorted(folder.glob("*.mp4")) if path not in paths and (clip := clip_of(path))]
    seen = mean([spotted(bench, clip) for clip in hits])
    own, shared = sounded(bench, hits)
    made, alike = mean(list(own.values())), mean(list(shared.values()))
    return Figure(
        "footage", ASKS,
        f"onset F1 within {TOLERANCE_S:g} s of the clips' own sound, mean over {len(hits)} clips with visible hits; "
        f"{bench.setting.seeds} seeds, {bench.how}",
        (
            Row("spotter", seen.f1, least=0.75),
            Row("spotter, events slid in time", seen.slid),
            Row("generated", made.f1, least=0.65),
            Row("generated, sounds slid in time", made.slid),
            Row("generated over slid", made.f1 / max(made.slid, 1e-9), "×", least=1.6),
            Row("generated, by the onset finder that ranks candidates", alike.f1),
            *(Row(f"generated for “{HITS[path.stem]}”", one.f1, note=f"slid {one.slid:.2f}")
              for path, one in own.items()),
            *mixed_rows(bench, mixed),
        ),
    )


def sounded(bench: Bench, clips: Sequence[Clip]) -> tuple[dict[Path, InTime], dict[Path, InTime]]:
    """Of each clip's generated sounds, by the finder that also heard the clip, and by the engine's own."""
    same, engines = {}, {}
    for clip in watched(clips, "footage"):
        recipe = bench.setting.recipe(clip.path, HITS[clip.path.stem], SEED)
        wavs = [Path(candidate.wav) for candidate in bench.sounds(recipe, bench.setting.seeds)]
        same[clip.path] = in_time(clip, [true_onsets(wav) for wav in wavs])
        engines[clip.path] = in_time(clip, [heard(wav) for wav in wavs])
    return same, engines


def mixed_rows(bench: Bench, clips: Sequence[Clip]) -> list[Row]:
    """For information: clips whose sound need not be seen (music, animals, a train)."""
    if not clips:
        return []
    found = mean([spotted(bench, clip) for clip in clips])
    return [Row(f"spotter, {len(clips)} mixed clips", found.f1, note=f"slid {found.slid:.2f}")]

"""Are the sounds clean, whatever their length?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.audio.loudness import true_peak
from engine.backbones.base import Backbone
from engine.ranking.perceptual import clipping
from engine.sampling.windows import places
from engine.spec import SAMPLE_RATE, Recipe, Span
from training.pretrain.evaluate.bench import Bench, watched, wave
from training.pretrain.evaluate.faults import clicks, hum, offset
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.held_out import held_out

SHORTEST_S, LONGEST_S = 0.5, 30.0
SCENES, FIRST_SCENE = 10, 48_000_000
SEED = 51_000_000
NEAR_SEAM_S = 0.15
"""A crossfade between two windows reaches this far."""
MOST_OFFSET = 0.005
PEAK_DBTP = -1.0


@dataclass(frozen=True)
class Faults:
    """What is wrong with one sound. `near`, `elsewhere`: clicks near window seams and away from them, with the time in
    seconds that each had; `peak` in dBTP."""

    clipped: bool
    offset: float
    hums: bool
    near: int
    near_s: float
    elsewhere: int
    elsewhere_s: float
    peak: float


def seams(backbone: Backbone, seconds: float) -> list[float]:
    """Times at which one window's sound gives way to the next, in seconds; none in what one window holds."""
    frames = backbone.latent_shape(seconds)[0]
    where = places(frames, backbone.latent_shape(backbone.card.longest_s)[0])
    middle = [(one.stop + other.start) / 2 for one, other in zip(where, where[1:], strict=False)]
    return [at * seconds / frames for at in middle]


def examined(samples: np.ndarray, joins: Sequence[float] = ()) -> Faults:
    """One sound at 48 kHz."""
    seconds, at = len(samples) / SAMPLE_RATE, clicks(samples)
    near = sum(any(abs(click - join) <= NEAR_SEAM_S for join in joins) for click in at)
    near_s = min(seconds, 2 * NEAR_SEAM_S * len(joins))
    return Faults(
        clipped=clipping(samples) is not None,
        offset=offset(samples),
        hums=hum(samples, 50.0) or hum(samples, 60.0),
        near=near, near_s=near_s, elsewhere=len(at) - near, elsewhere_s=seconds - near_s,
        peak=20 * math.log10(max(true_peak(samples), 1e-9)),
    )


def extra(found: Sequence[Faults]) -> float:
    """Clicks near seams beyond as many as there are in the same time elsewhere."""
    rate = sum(f.elsewhere for f in found) / max(sum(f.elsewhere_s for f in found), 1e-9)
    return sum(f.near for f in found) - rate * sum(f.near_s for f in found)


def requests(bench: Bench, count: int) -> list[Recipe]:
    """Parts of long scenes: lengths of 0.5 to 30 s, each doubling as likely as the next."""
    scenes = held_out(SCENES, bench.setting.work / "held-out-long", LONGEST_S, FIRST_SCENE)
    rng, made = np.random.default_rng(SEED), []
    for i in range(count):
        scene = scenes[i % len(scenes)]
        whole = bench.setting.recipe(scene.video, scene.prompt, SEED + 10 * i)
        length = round(SHORTEST_S * (LONGEST_S / SHORTEST_S) ** rng.random() * SAMPLE_RATE)
        start = round(rng.random() * max(0, whole.span.length - length))
        made.append(replace(whole, span=Span(start, min(start + length, whole.span.length))))
    return made


def measure(bench: Bench) -> Figure:
    """Faults counted over many lengths."""
    backbone, found = bench.engine.backbone(bench.setting.model, bench.setting.adapter), []
    for recipe in watched(requests(bench, bench.setting.sounds), "clean"):
        samples = wave(bench.sounds(recipe)[0].wav)
        found.append(examined(samples, seams(backbone, recipe.span.seconds)))
    joins = round(sum(f.near_s for f in found) / (2 * NEAR_SEAM_S))
    return Figure(
        "clean", "are the sounds clean, whatever their length?",
        f"{len(found)} sounds of {SHORTEST_S:g} to {LONGEST_S:g} s; {bench.how}",
        (
            Row("clipped", sum(f.clipped for f in found), most=0),
            Row("largest offset from zero", max(f.offset for f in found), "of full scale", most=MOST_OFFSET),
            Row("with mains hum (50 or 60 Hz and harmonics)", sum(f.hums for f in found), most=0),
            Row(f"clicks at {joins} window seams beyond as many as elsewhere", extra(found), most=max(1.0, joins / 50),
                note=f"{sum(f.near for f in found)} there, {sum(f.elsewhere for f in found)} elsewhere"),
            Row("highest true peak", max(f.peak for f in found), "dBTP", most=PEAK_DBTP),
        ),
    )

"""Does a sound become what its words ask for? Judged by a published tagger that no network learned from.

It did help to clean the recordings: it threw out files with voices and music.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.audio.resample import resample
from engine.spec import SAMPLE_RATE, Candidate, Event
from training.pretrain.evaluate.bench import Bench, watched, wave
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.groups import group_of
from training.pretrain.held_out import of_motion
from training.pretrain.prompts import PROMPTS, Prompt
from training.pretrain.tagger import RATE, scores, tagger

SEED = 71
AMONG = 3
SAYS_NOTHING = ("Silence",)
"""Between hits there is silence; that it is heard says nothing against the hits."""


def first_classes(samples: np.ndarray, rate: int = SAMPLE_RATE, count: int = AMONG) -> tuple[str, ...]:
    """What the tagger hears most, on average over the sound's patches, silence left out."""
    heard = scores(resample(samples, rate, RATE))
    ranked = [tagger().names[i] for i in np.argsort(heard)[::-1]]
    return tuple(name for name in ranked if name not in SAYS_NOTHING)[:count]


def recognised(heard: Sequence[tuple[str, ...]], thing: str) -> list[bool]:
    """Whether any of the classes heard in each sound is one that counts as right for the thing."""
    right = set(group_of(thing))
    return [bool(right & set(classes)) for classes in heard]


def share(heard: Sequence[Sequence[tuple[str, ...]]], things: Sequence[str]) -> float:
    """Of all sounds, those that are recognised as their request's thing."""
    found = [yes for classes, thing in zip(heard, things, strict=True) for yes in recognised(classes, thing)]
    return float(np.mean(found)) if found else float("nan")


def by_chance(heard: Sequence[Sequence[tuple[str, ...]]], things: Sequence[str]) -> float:
    """The same against the thing of every other request: how often the groups, which overlap, would agree anyway."""
    return float(np.mean([share(heard, [*things[i:], *things[:i]]) for i in range(1, len(things))]))


def asked(bench: Bench) -> list[tuple[Prompt, list[Candidate]]]:
    """Each prompt's sounds, on a scene of a motion that fits; its true events are given where it has any."""
    made = []
    for i, prompt in enumerate(watched(PROMPTS, "prompts")):
        scene = of_motion(prompt.motion, bench.setting.work / "held-out")
        recipe = bench.setting.recipe(scene.video, prompt.text, SEED + 100 * i)
        if scene.events:
            drawn = tuple(Event(round(at * SAMPLE_RATE), round(strength, 4)) for at, strength in scene.events)
            recipe = replace(recipe, events=drawn)
        made.append((prompt, bench.sounds(recipe, bench.setting.seeds)))
    return made


def laid(takes: Sequence[np.ndarray], events: Sequence[tuple[float, float]], seconds: float,
         rng: np.random.Generator) -> np.ndarray:
    """(samples,) at 44.1 kHz: one of the takes, by chance, at each event (s, strength); without events, one over and
    over."""
    out = np.zeros(round(seconds * RATE), np.float32)
    if not events:
        return np.resize(takes[int(rng.integers(len(takes)))], len(out))
    for at, strength in events:
        piece = takes[int(rng.integers(len(takes)))][: len(out) - round(at * RATE)]
        out[round(at * RATE) :][: len(piece)] += strength * piece
    return out


def recordings(bench: Bench) -> list[list[tuple[str, ...]]]:
    """What the tagger hears where unheard sounds are laid at the scenes' events: recordings, or takes of other seeds
    where a thing is only made by formula; nothing where no recording could be spared."""
    found = []
    for i, prompt in enumerate(watched(PROMPTS, "prompts, recordings")):
        scene, takes = of_motion(prompt.motion, bench.setting.work / "held-out"), bench.unheard.takes.get(prompt.thing)
        rngs = [np.random.default_rng(SEED + 100 * i + k) for k in range(bench.setting.seeds if takes else 0)]
        found.append([first_classes(laid(takes or (), scene.events, scene.seconds, rng), RATE) for rng in rngs])
    return found


def measure(bench: Bench) -> Figure:
    """Whether the thing asked for is among the tagger's first three classes; recordings as the ceiling."""
    made = asked(bench)
    things = [prompt.thing for prompt, _ in made]
    heard = [[first_classes(wave(one.wav)) for one in sounds] for _, sounds in watched(made, "prompts, tagger")]
    real = recordings(bench)
    weakest = sorted(((np.mean(recognised(one, thing)), prompt.text)
                      for one, thing, (prompt, _) in zip(heard, things, made, strict=True)))[:5]
    return Figure(
        "prompts", "does a sound become what its words ask for?",
        f"{len(made)} prompts × {bench.setting.seeds} seeds, {bench.how}; YAMNet, which hears metal and short clicks "
        f"badly; first {AMONG} of 521 classes, silence left out",
        (
            Row("the thing asked for is among the first three classes", share(heard, things), least=0.7,
                note="weakest: " + ", ".join(f"“{text}” {rate:.2f}" for rate, text in weakest)),
            Row("the same against the other prompts' things", by_chance(heard, things)),
            Row("recordings kept out of training, laid at the same events: a ceiling", share(real, things),
                note=f"{sum(map(bool, real))} of the things have any"),
            Row("recordings against the other prompts' things", by_chance(real, things)),
        ),
    )

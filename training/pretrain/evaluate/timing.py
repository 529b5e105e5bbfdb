"""Does the generated sound happen when something is seen to happen, and when the designer says so?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.spec import SAMPLE_RATE, Candidate, Event
from training.metrics.onset import OnsetScores, onset_scores, pooled
from training.pretrain.evaluate.bench import Bench, heard, watched, wave
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.evaluate.pictures import strips
from training.pretrain.held_out import HeldOut, held_out

SHIFTS = (1, 7, 13)
"""A scene's sound is held against the events of the scenes so many places on."""
SEED, EDIT_SEED = 11, 46_000_000
MOVE_SHARE, MOVE_S = 0.3, (0.3, 1.0)
REMOVE_SHARE = 0.15
MOST_ADDED = 2
PICTURE = "edited.png"
APART_S = 0.25
"""An event is moved or added only where none is nearer than this, so that hits can be told apart."""


@dataclass(frozen=True)
class Edited:
    """An event curve after a designer's hand. changed: times (s) of what was moved and added; removed: times where
    nothing is left, nor anything near enough to be mistaken for it."""

    events: tuple[Event, ...]
    changed: tuple[float, ...]
    removed: tuple[float, ...]


def scored(true: Sequence[Sequence[float]], found: Sequence[Sequence[float]], shift: int = 0) -> OnsetScores:
    """Onsets (s) of each sound against the times of the scene `shift` places on, pooled; within 0.1 s."""
    return pooled([onset_scores(true[(i + shift) % len(true)], found[i]) for i in range(len(found))])


def shuffled(true: Sequence[Sequence[float]], found: Sequence[Sequence[float]]) -> OnsetScores:
    """The same against other scenes' times."""
    return pooled([scored(true, found, shift) for shift in SHIFTS])


def edited(events: Sequence[Event], seconds: float, rng: np.random.Generator) -> Edited:
    """Some events moved by 0.3 to 1 s, some removed, one or two added: what a hand does to a spotted curve."""
    kept: list[Event] = []
    changed: list[float] = []
    removed: list[float] = []
    todo: list[Event] = []
    for event in events:
        fate = rng.random()
        if fate < MOVE_SHARE:
            todo.append(event)
        elif fate < MOVE_SHARE + REMOVE_SHARE:
            removed.append(event.at / SAMPLE_RATE)
        else:
            kept.append(event)
    taken = [event.at / SAMPLE_RATE for event in events]
    for event in todo:
        old = event.at / SAMPLE_RATE
        at = _free(rng, taken, seconds, [old + way * rng.uniform(*MOVE_S) for way in rng.permutation([-1, 1, -1, 1])])
        if at is None:
            kept.append(event)
            continue
        removed.append(old)
        changed.append(at)
        taken.append(at)
        kept.append(replace(event, at=round(at * SAMPLE_RATE)))
    for _ in range(int(rng.integers(1, MOST_ADDED + 1))):
        at = _free(rng, taken, seconds, list(rng.uniform(0, seconds, 8)))
        if at is not None:
            changed.append(at)
            taken.append(at)
            kept.append(Event(round(at * SAMPLE_RATE), round(float(rng.uniform(0.6, 1.0)), 3)))
    left = [event.at / SAMPLE_RATE for event in kept]
    empty = tuple(at for at in removed if all(abs(at - other) >= APART_S for other in left))
    return Edited(tuple(sorted(kept, key=lambda e: e.at)), tuple(changed), empty)


def _free(rng: np.random.Generator, taken: Sequence[float], seconds: float, tries: Sequence[float]) -> float | None:
    """The first of the tried times that lies well inside the scene and away from every other."""
    for at in tries:
        if 0.1 <= at <= seconds - 0.3 and all(abs(at - other) >= APART_S for other in taken):
            return float(at)
    return None


def sounding(times: Sequence[float], found: Sequence[float], tolerance_s: float = 0.1) -> int:
    """How many of the times have an onset near them."""
    return sum(any(abs(at - onset) <= tolerance_s for onset in found) for at in times)


def generated(bench: Bench, scenes: Sequence[HeldOut], reference: Sequence[str | None] = ()) -> list[Candidate]:
    """One candidate a scene, from its picture and its prompt."""
    made = []
    for i, scene in enumerate(watched(scenes, "timing")):
        recipe = bench.setting.recipe(scene.video, scene.prompt, SEED + 100 * i)
        if reference and reference[i]:
            recipe = replace(recipe, reference=reference[i])
        made += bench.sounds(recipe)
    return made


def measure(bench: Bench) -> Figure:
    """Onset F1 of generated sound and of the spotter, true and shuffled; and after edits by hand."""
    scenes = held_out(bench.setting.scenes, bench.setting.work / "held-out")
    true = [[at for at, _ in scene.events] for scene in scenes]
    found = [heard(candidate.wav) for candidate in generated(bench, scenes)]
    curves = [bench.engine.spot(scene.video, model=bench.setting.model).events for scene in scenes]
    spotted = [[event.at / SAMPLE_RATE for event in events] for events in curves]
    return Figure(
        "timing", "does the sound happen when it is seen, and when the designer says so?",
        f"onset F1 within 0.1 s, pooled over {len(scenes)} held-out scenes of 8 s; {bench.how}",
        (
            Row("generated from the picture, against the true events", scored(true, found).f1, least=0.75),
            Row("the same against other scenes' events", shuffled(true, found).f1, most=0.35),
            Row("spotter, against the true events", scored(true, spotted).f1),
            Row("the same against other scenes' events", shuffled(true, spotted).f1),
            *by_hand(bench, scenes, curves),
        ),
    )


def show(bench: Bench, scenes: Sequence[HeldOut], curves: Sequence[Sequence[Event]], edits: Sequence[Edited]) -> None:
    """Two scenes sounded from the picture and after the edit, with their events."""
    rows: list[tuple[str, np.ndarray, list[float], list[float]]] = []
    for i in [i for i, edit in enumerate(edits) if 5 <= len(edit.events) <= 12 and len(edit.changed) >= 2][:2]:
        plain = bench.setting.recipe(scenes[i].video, scenes[i].prompt, SEED + 100 * i)
        after = replace(plain, events=edits[i].events)
        spotted, left = ([event.at / SAMPLE_RATE for event in events] for events in (curves[i], edits[i].events))
        rows += [(f"{scenes[i].prompt}: from the picture", wave(bench.sounds(plain)[0].wav), spotted, []),
                 ("the same, after events were moved, added and removed", wave(bench.sounds(after)[0].wav), left,
                  list(edits[i].changed))]
    if rows:
        strips(rows, bench.pictures / PICTURE)


def by_hand(bench: Bench, scenes: Sequence[HeldOut], curves: Sequence[Sequence[Event]]) -> list[Row]:
    """Each spotted curve is edited; the sounds are held against the edited one."""
    edits, found = [], []
    for i, scene in enumerate(watched(scenes, "timing, edited by hand")):
        edit = edited(curves[i], scene.seconds, np.random.default_rng(EDIT_SEED + i))
        recipe = bench.setting.recipe(scene.video, scene.prompt, SEED + 100 * i)
        edits.append(edit)
        found.append(heard(bench.sounds(replace(recipe, events=edit.events))[0].wav))
    show(bench, scenes, curves, edits)
    wanted = [[event.at / SAMPLE_RATE for event in edit.events] for edit in edits]
    changed, removed = sum(len(e.changed) for e in edits), sum(len(e.removed) for e in edits)
    heard_there = sum(sounding(edit.changed, onsets) for edit, onsets in zip(edits, found, strict=True))
    still = sum(sounding(edit.removed, onsets) for edit, onsets in zip(edits, found, strict=True))
    return [
        Row("edited by hand, against the edited curve", scored(wanted, found).f1, least=0.8),
        Row("moved and added events that sound", heard_there / max(1, changed), note=f"{heard_there} of {changed}"),
        Row("places that events were taken from that still sound", still / max(1, removed),
            note=f"{still} of {removed}"),
    ]

"""When: do the sound's onsets fall on the visible events? Torch-free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.ranking.base import Asked, Sound, rounded
from engine.ranking.onsets import Onset, onsets
from engine.spec import SAMPLE_RATE, Direction, Score

TOLERANCE_S = 0.1
"""An onset this near counts as the event's: the window of CondFoleyGen's onset accuracy."""

REACH_S = 0.25
"""An onset this near still belongs to the event, late or early."""

UNHEARD_S = 0.045
"""Less than this is in time for the eye (ITU-R BT.1359: sound 45 ms early is where one begins to notice)."""

FALSE_HIT = 0.35
"""Onsets weaker than this are texture, not hits that the picture would have to show."""

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class Match:
    """Event `event` (its index) sounds at onset `onset`, `late` seconds after it is seen (negative: before)."""

    event: int
    onset: int
    late: float


class Temporal:
    """F1 of onsets against events, weighted by strength and by how near each match is."""

    def score(self, asked: Asked, sounds: Sequence[Sound]) -> list[tuple[Score, ...]]:
        if not asked.events:
            return [()] * len(sounds)
        times = [(event.at - asked.span.start) / SAMPLE_RATE for event in asked.events]
        strengths = [max(event.strength, 0.05) for event in asked.events]
        return [judge(times, strengths, onsets(sound.samples)) for sound in sounds]


def match(times: Sequence[float], heard: Sequence[float], reach: float = REACH_S) -> list[Match]:
    """Pairs of events and onsets, one to one, nearest first, none further apart than `reach` seconds."""
    near = sorted(
        (abs(onset - event), e, o)
        for e, event in enumerate(times)
        for o, onset in enumerate(heard)
        if abs(onset - event) <= reach
    )
    events: set[int] = set()
    used: set[int] = set()
    found = []
    for _, e, o in near:
        if e not in events and o not in used:
            events.add(e)
            used.add(o)
            found.append(Match(e, o, heard[o] - times[e]))
    return sorted(found, key=lambda m: m.event)


def judge(times: Sequence[float], strengths: Sequence[float], heard: Sequence[Onset]) -> tuple[Score, ...]:
    """The scores "temporal", "onset F1" and, where anything matched, "offset"."""
    matches = match(times, [onset.at for onset in heard])
    credit = {m.event: _credit(m.late) for m in matches}
    matched = {m.onset for m in matches}
    right = sum(strengths[e] * share for e, share in credit.items())
    spare = sum(onset.strength for i, onset in enumerate(heard) if i not in matched and onset.strength >= FALSE_HIT)
    value = 2 * right / (sum(strengths) + sum(strengths[e] for e in credit) + spare)
    says = _says(times, strengths, heard, matches)
    scores = [
        Score("temporal", rounded(value), "", Direction.HIGHER, rounded(value), says, "temporal"),
        _f1(times, heard),
    ]
    if matches:
        late = sum(m.late for m in matches) / len(matches)
        level = rounded(max(0.0, 1 - abs(late) / REACH_S))
        scores.append(Score("offset", rounded(late), "s", Direction.LOWER, level, _lateness(late), "temporal"))
    return tuple(scores)


def _credit(late: float) -> float:
    """1 while nobody notices, down to 0 at REACH_S."""
    return min(1.0, max(0.0, (REACH_S - abs(late)) / (REACH_S - UNHEARD_S)))


def _f1(times: Sequence[float], heard: Sequence[Onset]) -> Score:
    """Plain F1 at TOLERANCE_S over hits, each event and each onset counting the same."""
    hits = [onset.at for onset in heard if onset.strength >= FALSE_HIT]
    right = len(match(times, hits, TOLERANCE_S))
    value = rounded(2 * right / (len(times) + len(hits)))
    says = f"{right} of {len(times)} events sound within {TOLERANCE_S * 1000:.0f} ms"
    return Score("onset F1", value, "", Direction.HIGHER, value, says, "temporal")


def _says(
    times: Sequence[float], strengths: Sequence[float], heard: Sequence[Onset], matches: Sequence[Match]
) -> str:
    """The fault that most hits share, else the one that costs most, or that there is none."""
    return _shared_fault(len(times), matches) or _worst_fault(times, strengths, heard, matches)


def _shared_fault(events: int, matches: Sequence[Match]) -> str | None:
    """What goes for at least half of three events or more."""
    silent = events - len(matches)
    if events < 3:
        return None
    if silent == events:
        return f"all {events} hits silent"
    if silent > 1 and silent >= events / 2:
        return f"{silent} of {events} hits silent"
    lates = sorted(m.late for m in matches)
    middle = lates[len(lates) // 2]
    if len(lates) >= 3 and abs(middle) > UNHEARD_S and lates[-1] - lates[0] < 2 * UNHEARD_S:
        return f"every hit about {_lateness(middle)}"
    return None


def _worst_fault(
    times: Sequence[float], strengths: Sequence[float], heard: Sequence[Onset], matches: Sequence[Match]
) -> str:
    matched = {m.event: m for m in matches}
    faults = []
    for e, strength in enumerate(strengths):
        if e not in matched:
            faults.append((strength, f"{_nth(e, len(times))} silent"))
        elif abs(matched[e].late) > UNHEARD_S:
            cost = strength * (1 - _credit(matched[e].late))
            faults.append((cost, f"{_nth(e, len(times))} {_lateness(matched[e].late)}"))
    used = {m.onset for m in matches}
    for i, onset in enumerate(heard):
        if i not in used and onset.strength >= FALSE_HIT:
            faults.append((onset.strength / 2, f"extra hit at {onset.at:.1f} s"))
    if faults:
        return max(faults, key=lambda fault: fault[0])[1]
    return {1: "the hit is in time", 2: "both hits in time"}.get(len(times), f"all {len(times)} hits in time")


def _nth(index: int, count: int) -> str:
    if count == 1:
        return "the hit is"
    return f"{ORDINALS[index]} hit" if index < len(ORDINALS) else f"hit {index + 1}"


def _lateness(late: float) -> str:
    if abs(late) < 0.0005:
        return "in time"
    return f"{abs(late) * 1000:.0f} ms {'late' if late > 0 else 'early'}"

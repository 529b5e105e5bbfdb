"""Is a recording what its file name says? Held against what the audio tagger hears.

Two reasons to drop a file. A voice or music is heard clearly: the thresholds lie above what the tagger says of files
that cannot hold either (`KNOWN_GOOD`), because it takes a ringing blow for music and a scrape for a groan now and then.
Or something else is heard clearly while the tagger mostly agrees about the other files of the same source; where it
does not agree in general, as with short clicks on metal, its opinion of the one file is worth nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.pretrain.groups import group_of, tolerated
from training.pretrain.tagger import MUSIC, SINGING, SPEECH, scores, tagger

VOICE_ABOVE = 0.15
MUSIC_ABOVE = 0.60
"""Of 245 known-good files, 99 in 100 lie below 0.08 in voice and 0.28 in music, and all below 0.09 and 0.59."""
AGREES = 0.10
"""The best class of the group has at least this probability: the tagger agrees."""
ABLE = 0.60
"""A source of whose files so many agree is one that the tagger is able to judge."""
OTHER_ABOVE = 0.50
"""Another class with more than this, where a source is judged well and the file has no agreement, is a mistake."""
NEUTRAL = frozenset((
    "Silence", "Sound effect", "Inside, small room", "Inside, large room or hall", "Inside, public space",
    "Outside, urban or manmade", "Outside, rural or natural", "Reverberation", "Echo", "Noise",
    "Environmental noise", "Field recording", "White noise", "Pink noise", "Distortion", "Cacophony", "Music",
))
"""Classes that say nothing against a recording."""

KNOWN_GOOD = ("steps", "dig", "chop", "thud", "break", "saw")
"""Families whose packages hold neither voice nor music under these names."""


@dataclass(frozen=True)
class Verdict:
    """agreement: probability of the best class of the thing's group; heard: the five classes heard most."""

    keep: bool
    why: str
    agreement: float
    heard: tuple[tuple[str, float], ...]


def level(heard: np.ndarray, classes: Sequence[str]) -> float:
    """The best probability among some classes. heard: (521,)."""
    names = tagger().names
    return float(max((heard[names.index(c)] for c in classes if c in names), default=0.0))


def agreement(wave: np.ndarray, thing: str) -> float:
    """How far the tagger hears the thing in a wave at 44.1 kHz: the probability of the best class of its group."""
    return level(scores(wave), group_of(thing))


def verdicts(files: Sequence[tuple[str, str, np.ndarray]]) -> list[Verdict]:
    """One for each (source, thing, wave at 44.1 kHz), each file held against the other files of its source."""
    heard = [scores(wave[: 12 * 44_100]) for _, _, wave in files]
    agreements = [level(h, group_of(thing)) for h, (_, thing, _) in zip(heard, files, strict=True)]
    of: dict[str, list[bool]] = defaultdict(list)
    for (source, _, _), agreed in zip(files, agreements, strict=True):
        of[source].append(agreed >= AGREES)
    able = {source: bool(np.mean(own) >= ABLE) for source, own in of.items()}
    return [judge(h, thing, a, able[source]) for h, a, (source, thing, _) in zip(heard, agreements, files, strict=True)]


def judge(heard: np.ndarray, thing: str, agreed: float, able: bool) -> Verdict:
    """Keep a file or not, and why not."""
    names, right = tagger().names, tolerated(thing)
    best = tuple((names[i], round(float(heard[i]), 3)) for i in np.argsort(heard)[::-1][:5])
    near = level(heard, right)
    voice = level(heard, [c for c in (*SPEECH, *SINGING) if c not in right])
    music = level(heard, [] if "Music" in right else MUSIC)
    other = level(heard, [c for c in names if c not in right and c not in NEUTRAL])
    if voice > max(VOICE_ABOVE, near):
        return Verdict(False, "voice", agreed, best)
    if music > max(MUSIC_ABOVE, near):
        return Verdict(False, "music", agreed, best)
    if able and near < AGREES and other > OTHER_ABOVE:
        return Verdict(False, "something else", agreed, best)
    return Verdict(True, "", agreed, best)


def known_good_levels(files: Sequence[tuple[str, str, np.ndarray]]) -> dict[str, float]:
    """The 99th percentile of voice and of music among files that hold neither: what the thresholds stand on."""
    heard = [scores(wave) for _, thing, wave in files if thing.split("/")[0] in KNOWN_GOOD]
    return {"voice": float(np.percentile([level(h, (*SPEECH, *SINGING)) for h in heard], 99)),
            "music": float(np.percentile([level(h, MUSIC) for h in heard], 99))}


def table(sources: Sequence[str], judged: Sequence[Verdict]) -> str:
    """One line a source: files kept and dropped, why, and the share of files that the tagger agrees on."""
    lines = [f"{'source':74} kept dropped agreement"]
    for source in sorted(set(sources)):
        own = [v for s, v in zip(sources, judged, strict=True) if s == source]
        kept, agreed = sum(v.keep for v in own), np.mean([v.agreement >= AGREES for v in own])
        why = ", ".join(sorted({v.why for v in own if v.why}))
        lines.append(f"{source:74} {kept:4} {len(own) - kept:7} {agreed:9.2f}  {why}")
    return "\n".join(lines)

"""From picks to pairs: the winner over each loser that was heard."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.media.atomic import replacing
from engine.spec import Candidate, Recipe, Refused, from_json, to_json
from training.preferences.events import PickEvent
from training.preferences.store import PickStore

HUMAN = "human"


@dataclass(frozen=True)
class Pair:
    """What a trainer reads. `recipe` holds the conditions, which both sides share; its seed is 0."""

    id: str
    recipe: Recipe
    winner_wav: str
    loser_wav: str
    winner_seed: int
    loser_seed: int
    weight: float
    source: str
    """"human", or the name of what made it."""
    event_id: str
    model: str


def pairs(store: PickStore, folder: Path) -> list[Pair]:
    """The pairs that a project's picks give. `folder`: the project's, which is where its sounds are looked for.

    The winner stands over each loser that was heard, was asked for in the same words and comes from the same model;
    the weights of one pick add up to 1. Ties, none good and retracted picks give none. Of two picks between the same
    two sounds the later one counts. Sounds that are gone give no pair.
    """
    known = store.candidates()
    found: dict[frozenset[str], Pair] = {}
    for event in store.events():
        for loser, pair in _pairs_of(event, known, Path(folder)):
            sides = frozenset((str(event.winner), loser))
            found.pop(sides, None)
            found[sides] = pair
    return list(found.values())


def export_pairs(found: Iterable[Pair], path: Path) -> None:
    """One JSON object a line. Raises Refused, with no file left half written."""
    with replacing(path) as part:
        part.write_text("".join(json.dumps(to_json(pair)) + "\n" for pair in found), encoding="utf-8")


def read_pairs(path: Path) -> list[Pair]:
    """What `export_pairs` wrote. Raises Refused."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [from_json(Pair, json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise Refused(f"The pairs in {path} cannot be read ({error}); export them again.") from error


def held_out(found: Sequence[Pair], share: float) -> tuple[list[Pair], list[Pair]]:
    """(to learn from, to keep aside): `share` of the cues, whole cues, the same ones every time.

    A cue here is a stretch of one medium: what was picked for spans that overlap stays together. Something is left
    to learn from always; with one cue, nothing is kept aside.
    """
    cues = _cues(found)
    names = sorted({cues[pair.id] for pair in found}, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    count = 0
    if share > 0 and len(names) > 1:
        count = min(max(1, round(share * len(names))), len(names) - 1)
    aside = set(names[:count])
    return [pair for pair in found if cues[pair.id] not in aside], [pair for pair in found if cues[pair.id] in aside]


def _cues(found: Sequence[Pair]) -> dict[str, str]:
    """Pair to cue: overlapping spans of one medium share the name of the first."""
    names: dict[str, str] = {}
    name, media, end = "", "", 0
    for pair in sorted(found, key=lambda pair: (pair.recipe.media_hash, pair.recipe.span.start)):
        span = pair.recipe.span
        if pair.recipe.media_hash != media or span.start >= end or not name:
            name, media, end = f"{pair.recipe.media_hash} {span.start}", pair.recipe.media_hash, span.end
        end = max(end, span.end)
        names[pair.id] = name
    return names


def _pairs_of(event: PickEvent, known: dict[str, Candidate], folder: Path) -> list[tuple[str, Pair]]:
    """(loser, pair) of each."""
    winner = known.get(event.winner or "")
    if event.action != "pick" or winner is None or not _wav(winner, folder).is_file():
        return []
    losers = [known[name] for name in event.shown if name in known and name != winner.id]
    losers = [
        loser for loser in losers
        if event.heard_ms.get(loser.id, 0) > 0 and _asked(loser) == _asked(winner) and _wav(loser, folder).is_file()
    ]  # fmt: skip
    return [(loser.id, _pair(event, winner, loser, 1 / len(losers), folder)) for loser in losers]


def _pair(event: PickEvent, winner: Candidate, loser: Candidate, weight: float, folder: Path) -> Pair:
    return Pair(
        id=hashlib.sha256(f"{event.id} {winner.id} {loser.id}".encode()).hexdigest()[:16],
        recipe=replace(winner.recipe, seed=0),
        winner_wav=str(_wav(winner, folder)),
        loser_wav=str(_wav(loser, folder)),
        winner_seed=winner.recipe.seed,
        loser_seed=loser.recipe.seed,
        weight=weight,
        source=HUMAN,
        event_id=event.id,
        model=winner.recipe.model,
    )


def _asked(candidate: Candidate) -> tuple[object, ...]:
    """What both sides of a pair have in common; seed, adapter, steps and guidance may differ."""
    recipe = candidate.recipe
    return (
        recipe.media_hash, recipe.span, recipe.prompt, recipe.negative, recipe.reference, recipe.events, recipe.model,
    )  # fmt: skip


def _wav(candidate: Candidate, folder: Path) -> Path:
    return folder / candidate.wav

"""Where a position that is dragged comes to rest: on the nearest thing within reach, or else on a frame."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum

from foleydesk.document.ids import ClipId
from foleydesk.document.project import Project
from foleydesk.document.timebase import Rate


class Kind(IntEnum):
    """What can be snapped to. Of two things equally near the one that stands first here is taken."""

    MARKER = 1
    PLAYHEAD = 2
    EVENT = 3
    ONSET = 4
    CUE_EDGE = 5
    CLIP_EDGE = 6
    FRAME = 7


ALL = frozenset(Kind)


@dataclass(frozen=True)
class Target:
    """A thing at a position (samples)."""

    at: int
    kind: Kind
    name: str = ""


@dataclass(frozen=True)
class Snap:
    """Where the position is now, and what it rests on; None where nothing was in reach."""

    at: int
    to: Target | None = None


def targets(
    project: Project,
    kinds: Collection[Kind] = ALL,
    playhead: int | None = None,
    events: Iterable[int] = (),
    onsets: Iterable[int] = (),
    ignore: Collection[ClipId] = (),
) -> tuple[Target, ...]:
    """What lies in the project; frames are not listed, `snapped` knows them by the rate.

    `events`, `onsets`: those that were found and that the project does not hold. `ignore`: clips that are dragged.
    """
    found = [Target(marker.at, Kind.MARKER, marker.name) for marker in project.markers]
    found += [Target(playhead, Kind.PLAYHEAD)] if playhead is not None else []
    found += [Target(event.at, Kind.EVENT) for cue in project.cues for event in cue.events or ()]
    found += [Target(at, Kind.EVENT) for at in events]
    found += [Target(at, Kind.ONSET) for at in onsets]
    found += [Target(at, Kind.CUE_EDGE, cue.name or cue.prompt) for cue in project.cues for at in (cue.start, cue.end)]
    for clip in project.clips:
        if clip.id not in ignore:
            found += [Target(clip.start, Kind.CLIP_EDGE), Target(clip.end, Kind.CLIP_EDGE)]
    return tuple(target for target in found if target.kind in kinds)


def snapped(position: int, targets: Iterable[Target], reach: int, rate: Rate | None = None) -> Snap:
    """The nearest target no farther than `reach` samples.

    `rate`: frames count too, but only where no thing is in reach: a frame always is, when one looks from far away.
    """
    best = min(targets, key=lambda target: _order(position, target), default=None)
    if (best is None or abs(best.at - position) > reach) and rate is not None:
        best = _frame(position, rate)
    if best is None or abs(best.at - position) > reach:
        return Snap(position)
    return Snap(best.at, best)


def snapped_span(
    start: int,
    length: int,
    targets: Collection[Target],
    reach: int,
    rate: Rate | None = None,
    anchors: Iterable[int] = (),
) -> Snap:
    """Where a thing that is moved starts: with its start, its end or one of its `anchors` on the nearest target.

    `anchors`: positions within it that matter, from its start, such as its loudest moment. The start goes first among
    those equally near, and only it comes to rest on frames.
    """
    best: tuple[int, Snap] | None = None
    for anchor in (0, length, *anchors):
        snap = snapped(start + anchor, targets, reach)
        if snap.to is not None:
            far = abs(snap.at - anchor - start)
            if best is None or far < best[0]:
                best = (far, Snap(snap.at - anchor, snap.to))
    return best[1] if best is not None else snapped(start, (), reach, rate)


def _order(position: int, target: Target) -> tuple[int, int, int]:
    return abs(target.at - position), target.kind, target.at


def _frame(position: int, rate: Rate) -> Target:
    frame = rate.frame_at(max(0, position))
    near = min((rate.samples_at(frame), rate.samples_at(frame + 1)), key=lambda at: abs(at - position))
    return Target(near, Kind.FRAME, str(rate.frame_at(near)))

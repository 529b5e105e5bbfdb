"""Comping: pieces of several takes of a cue, one after the other, crossing over for a moment where they adjoin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from engine.spec import Refused, Span
from foleydesk.document.edit import Edit
from foleydesk.document.ids import CueId, TakeId, TrackId, id_from, new_id
from foleydesk.document.project import Clip, Project, Status, Take
from foleydesk.document.rules import check_clips

CROSS = 480
"""10 ms: how long two pieces cross over."""


@dataclass(frozen=True)
class CompRange(Edit):
    """From `start` to `end` (samples on the timeline) hear this take of the cue, and around it what was heard before.

    The take lies as the cue's other pieces on the track do: moved where they were moved, and as loud. It crosses over
    with those that it adjoins around the joint, for `cross` samples or half of a piece that is shorter than two such;
    where one has no more sound it crosses with what there is. `fresh`: from which new ids are made.
    """

    cue: CueId
    take: TakeId
    start: int
    end: int
    track: TrackId
    cross: int = CROSS
    fresh: str = field(default_factory=new_id)
    text = "Comp"

    def apply(self, project: Project) -> Project:
        cue, take, track = project.cue(self.cue), project.take(self.take), project.track(self.track)
        if take.cue != cue.id:
            raise Refused("This take was made for another cue.")
        if self.end <= self.start or self.cross < 0:
            raise Refused("A piece of a take must end after it starts; choose a longer part.")
        if any(clip.id == self.fresh for clip in project.clips):
            raise Refused("This clip is in the project already.")
        pieces = [clip for clip in project.clips_of(cue.id) if clip.track == track.id]
        order = _joined(self._order(project, take, pieces))
        project = project.without_clips(clip.id for clip in pieces)
        project = replace(project, clips=project.clips + tuple(order)).with_cue(replace(cue, status=Status.PICKED))
        check_clips(project.clips, project)
        return project

    def _order(self, project: Project, take: Take, pieces: list[Clip]) -> list[Clip]:
        """The new piece, and what it leaves of the others, by time."""
        like = max(pieces, key=lambda clip: min(clip.end, self.end) - max(clip.start, self.start), default=None)
        zero = take.candidate.recipe.span.start
        if like is not None:
            zero += like.zero - project.take(like.take).candidate.recipe.span.start
        there = Span(max(0, zero), zero + take.candidate.length)
        start, end = max(self.start, there.start), min(self.end, there.end)
        if end <= start:
            raise Refused("This take has no sound there; choose a part that it covers.")
        half = min(self.cross, (end - start) // 2) // 2
        if any(clip.start < start <= clip.end for clip in pieces):
            start = max(there.start, start - half)
        if any(clip.start <= end < clip.end for clip in pieces):
            end = min(there.end, end + half)
        laid = Clip(self.fresh, self.track, take.id, start, start - zero, end - start, like.gain_db if like else 0.0)
        kept = [part for clip in pieces for part in self._around(project, clip, laid, half)]
        return sorted(_meeting(laid, kept, half), key=lambda clip: (clip.start, clip.end))

    def _around(self, project: Project, clip: Clip, laid: Clip, half: int) -> Iterator[Clip]:
        """What is left of a piece before and after the new one; it reaches a crossing into it where it can."""
        if clip.end < laid.start or clip.start > laid.end:
            yield clip
            return
        before, after = clip.start < laid.start, clip.end > laid.end
        if before:
            reach = min(laid.start + 2 * half, clip.zero + project.source_length(clip))
            yield _cut(clip, clip.start, reach if clip.end >= laid.start + half else clip.end)
        if after:
            reach = max(laid.end - 2 * half, clip.zero)
            right = _cut(clip, reach if clip.start <= laid.end - half else clip.start, clip.end)
            yield replace(right, id=id_from(self.fresh, clip.id)) if before else right


@dataclass(frozen=True)
class Piece:
    """The take that is heard in a span of the timeline."""

    take: TakeId
    span: Span


def comp_of(project: Project, cue: CueId) -> tuple[Piece, ...]:
    """Which take of the cue is heard when, by time; where two cross over, each up to the middle."""
    clips = sorted(project.clips_of(cue), key=lambda clip: (clip.start, clip.end))
    found: list[Piece] = []
    for clip in clips:
        start = clip.start
        if found and found[-1].span.start < start < found[-1].span.end:
            last = found.pop()
            start = (start + min(clip.end, last.span.end)) // 2
            found.append(replace(last, span=Span(last.span.start, start)))
        if clip.end > start:
            found.append(Piece(clip.take, Span(start, clip.end)))
    return tuple(found)


def _meeting(laid: Clip, kept: list[Clip], half: int) -> list[Clip]:
    """All of them, with fades as long as they cross with the new one, and short ones at its own bare edges."""
    into = out = 0
    met = []
    for clip in kept:
        if clip.start < laid.start < clip.end < laid.end:
            into = max(into, clip.end - laid.start)
            clip = _fading(clip, out=clip.end - laid.start)
        elif laid.start < clip.start < laid.end < clip.end:
            out = max(out, laid.end - clip.start)
            clip = _fading(clip, into=laid.end - clip.start)
        met.append(clip)
    into = into or (half if laid.offset > 0 else 0)
    return [*met, replace(laid, fade_in=into, fade_out=min(out or half, laid.length - into))]


def _fading(clip: Clip, into: int = 0, out: int = 0) -> Clip:
    """The clip with a fade of this length at one end; the other one gives way."""
    if into:
        into = min(into, clip.length)
        return replace(clip, fade_in=into, fade_out=min(clip.fade_out, clip.length - into))
    out = min(out, clip.length)
    return replace(clip, fade_in=min(clip.fade_in, clip.length - out), fade_out=out)


def _cut(clip: Clip, start: int, end: int) -> Clip:
    """The clip from `start` to `end`, its sound where it was; its fades give way."""
    length = end - start
    fade_in = min(clip.fade_in, length) if start == clip.start else 0
    fade_out = min(clip.fade_out, length - fade_in) if end == clip.end else 0
    return replace(
        clip, start=start, offset=clip.offset + start - clip.start, length=length, fade_in=fade_in, fade_out=fade_out
    )


def _joined(order: list[Clip]) -> list[Clip]:
    """Neighbours that play the same take at the same place, one going on in the other, as one."""
    found: list[Clip] = []
    for clip in order:
        last = found[-1] if found else None
        same = last is not None and (last.take, last.zero, last.gain_db) == (clip.take, clip.zero, clip.gain_db)
        if last is not None and same and clip.start <= last.end and clip.end >= last.end:
            length = clip.end - last.start
            fade_out = min(clip.fade_out, length - min(last.fade_in, length))
            found[-1] = replace(last, length=length, fade_out=fade_out)
        else:
            found.append(clip)
    return found

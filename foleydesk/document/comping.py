"""Comping: pieces of several takes of a cue, one after the other, crossing over for a moment where they adjoin.

A comp is nothing but clips: the cue's clips on one track, read as pieces that follow each other. Where two clips cross,
the joint is in the middle. An edit lays one more piece over them, and lays anew what it touches.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from engine.spec import Refused, Span
from foleydesk.document.edit import Edit
from foleydesk.document.ids import CueId, TakeId, TrackId, id_from, new_id
from foleydesk.document.project import Clip, Project, Status, Take
from foleydesk.document.rules import check_clips

CROSS = 480
"""10 ms: how long two pieces cross over."""


@dataclass(frozen=True)
class Piece:
    """What is heard in `span`: the sound of `clip`, maybe cut shorter or longer. `cross`: with the one before."""

    clip: Clip
    span: Span
    cross: int = 0

    @property
    def take(self) -> TakeId:
        return self.clip.take


@dataclass(frozen=True)
class CompRange(Edit):
    """From `start` to `end` (samples on the timeline) hear this take of the cue, and around it what was heard before.

    The take lies as the cue's other pieces on the track do: moved where they were moved, and as loud. It crosses over
    with those that it adjoins around the joint, for `cross` samples, or as long as the shorter piece; where one has no
    more sound it crosses with what there is. `fresh`: from which new ids are made.
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
        lying = [clip for clip in project.clips_of(cue.id) if clip.track == track.id]
        chain, layers = _chain(lying)
        new = self._piece(project, take, chain)
        pieces = _joined(self._over(chain, new))
        clips = [*_laid(project, pieces, self.fresh), *(part for one in layers for part in self._beside(one, new.span))]
        project = project.without_clips(clip.id for clip in lying)
        project = replace(project, clips=project.clips + tuple(clips)).with_cue(replace(cue, status=Status.PICKED))
        check_clips(project.clips, project)
        return project

    def _piece(self, project: Project, take: Take, chain: list[Piece]) -> Piece:
        """Of what was asked for, as much as the take covers."""

        def under(piece: Piece) -> int:
            return min(piece.span.end, self.end) - max(piece.span.start, self.start)

        like = max(chain, key=under).clip if chain else None
        zero = take.candidate.recipe.span.start
        if like is not None:
            zero += like.zero - project.take(like.take).candidate.recipe.span.start
        start, end = max(self.start, zero, 0), min(self.end, zero + take.candidate.length)
        if end <= start:
            raise Refused("This take has no sound there; choose a part that it covers.")
        fade = min(self.cross // 2, (end - start) // 2)
        gain = like.gain_db if like is not None else 0.0
        into = fade if start > zero else 0
        clip = Clip(self.fresh, self.track, take.id, start, start - zero, end - start, gain, into, fade)
        return Piece(clip, Span(start, end), self.cross)

    def _over(self, chain: list[Piece], new: Piece) -> list[Piece]:
        """The pieces by time, the new one in place of what it covers."""
        before, after = [], []
        for piece in chain:
            left = Span(piece.span.start, min(piece.span.end, new.span.start))
            right = Span(max(piece.span.start, new.span.end), piece.span.end)
            if left.length > 0:
                before.append(replace(piece, span=left))
            if right.length > 0:
                cross = self.cross if right.start == new.span.end else piece.cross
                clip = replace(piece.clip, id=id_from(self.fresh, piece.clip.id)) if left.length > 0 else piece.clip
                after.append(Piece(clip, right, cross))
        return [*before, new, *after]

    def _beside(self, clip: Clip, gone: Span) -> list[Clip]:
        """What is left of a clip that lies within others: it ends where the new piece begins."""
        spans = (Span(clip.start, min(clip.end, gone.start)), Span(max(clip.start, gone.end), clip.end))
        left = [_cut(clip, span) for span in spans if span.length > 0]
        return [left[0], replace(left[1], id=id_from(self.fresh, clip.id))] if len(left) == 2 else left


def comp_of(project: Project, cue: CueId, track: TrackId | None = None) -> tuple[Piece, ...]:
    """Which take of the cue is heard when, by time, on one track or on all; where two cross, each up to the middle."""
    clips = [clip for clip in project.clips_of(cue) if track in (None, clip.track)]
    return tuple(_chain(clips)[0])


def _chain(clips: list[Clip]) -> tuple[list[Piece], list[Clip]]:
    """The clips as pieces that follow each other, and those that lie within others."""
    chain: list[Piece] = []
    layers = []
    for clip in sorted(clips, key=lambda clip: (clip.start, -clip.end)):
        last = chain[-1] if chain else None
        if last is not None and clip.end <= last.clip.end:
            layers.append(clip)
        elif last is not None and clip.start < last.clip.end:
            joint = max((clip.start + last.clip.end) // 2, last.span.start + 1)
            chain[-1] = replace(last, span=Span(last.span.start, joint))
            chain.append(Piece(clip, Span(joint, clip.end), last.clip.end - clip.start))
        else:
            chain.append(Piece(clip, clip.span))
    return chain, layers


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours that play the same take at the same place, one going on in the other, as one."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is None or last.span.end != piece.span.start or _lies(last.clip) != _lies(piece.clip):
            found.append(piece)
            continue
        reach = max(last.clip.end, piece.clip.end) - last.clip.start
        into = min(last.clip.fade_in, reach)
        clip = replace(last.clip, length=reach, fade_in=into, fade_out=min(piece.clip.fade_out, reach - into))
        found[-1] = replace(last, clip=clip, span=Span(last.span.start, piece.span.end))
    return found


def _lies(clip: Clip) -> tuple[str, int, float]:
    return clip.take, clip.zero, clip.gain_db


def _laid(project: Project, pieces: list[Piece], fresh: str) -> list[Clip]:
    """Clips that reach over their pieces' joints as far as these cross."""
    starts = [piece.span.start for piece in pieces]
    ends = [piece.span.end for piece in pieces]
    for i, (left, right) in enumerate(pairwise(pieces)):
        if left.span.end == right.span.start:
            cross = max(0, min(right.cross, left.span.length - 1, right.span.length - 1))
            sound_end = left.clip.zero + project.source_length(left.clip)
            ends[i] = min(ends[i] + cross - cross // 2, sound_end)
            starts[i + 1] = max(starts[i + 1] - cross // 2, right.clip.zero)
    found = []
    for i, piece in enumerate(pieces):
        clip = _cut(piece.clip, Span(starts[i], ends[i]))
        if i > 0 and (starts[i] != piece.clip.start or piece.clip.id == fresh):
            clip = _fading(clip, into=max(0, ends[i - 1] - starts[i]))
        if i + 1 < len(pieces) and (ends[i] != piece.clip.end or piece.clip.id == fresh):
            clip = _fading(clip, out=max(0, ends[i] - starts[i + 1]))
        found.append(clip)
    return found


def _cut(clip: Clip, span: Span) -> Clip:
    """The clip from `start` to `end`, shorter or longer, its sound where it was; its fades give way."""
    length = span.length
    fade_in = min(clip.fade_in, length) if span.start == clip.start else 0
    fade_out = min(clip.fade_out, length - fade_in) if span.end == clip.end else 0
    offset = clip.offset + span.start - clip.start
    return replace(clip, start=span.start, offset=offset, length=length, fade_in=fade_in, fade_out=fade_out)


def _fading(clip: Clip, into: int = 0, out: int = 0) -> Clip:
    """The clip with a fade of this length at one end; the other one gives way."""
    if into:
        into = min(into, clip.length)
        return replace(clip, fade_in=into, fade_out=min(clip.fade_out, clip.length - into))
    if out:
        out = min(out, clip.length)
        return replace(clip, fade_in=min(clip.fade_in, clip.length - out), fade_out=out)
    return clip

"""Every clip that can be heard as a file of its own, gain and fades inside, with handles: what editors are given.

A file begins and ends on a picture's frames and keeps the clip's place within them, so that a programme that counts in
frames plays it to the sample. Files are mono; a sound in stereo becomes two, on two lanes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from engine.spec import Span
from foleydesk.export.clock import Clock
from foleydesk.export.render import BLOCK, RenderPlan, alone, heard_tracks, lying

if TYPE_CHECKING:
    from foleydesk.document.project import Clip, Cue, Project, Track

LEFT, RIGHT = "L", "R"


@dataclass(frozen=True)
class Piece:
    """One channel of one clip. `frames` are those it covers on the timeline, `file_frames` those of its file."""

    clip: Clip
    cue: Cue | None
    title: str
    channel: str
    """Empty for mono, else L or R."""
    frames: Span
    file_frames: Span
    file: Span
    """The file's first and last sample on the timeline."""

    @property
    def name(self) -> str:
        return f"{self.title} {self.channel}".strip()


@dataclass(frozen=True)
class Lane:
    """What lies one after the other: a track, or one of several when clips overlap or are in stereo."""

    name: str
    track: Track
    pieces: tuple[Piece, ...]


def lanes(plan: RenderPlan, clock: Clock, handle_frames: int = 0) -> tuple[Lane, ...]:
    """The heard tracks' clips, laid so that on no lane two share a frame."""
    return tuple(lane for track in heard_tracks(plan) for lane in _lanes_of(track, plan, clock, handle_frames))


def sound_of(plan: RenderPlan, piece: Piece, gain: float = 1.0) -> Iterator[np.ndarray]:
    """A piece's file, float32 (n, 1), block by block.

    The handle beyond an edge holds what the take goes on with, at the clip's gain; beyond an edge that fades, silence.
    """
    longer, side = _with_handles(plan, piece), 1 if piece.channel == RIGHT else 0
    for start in range(piece.file.start, piece.file.end, BLOCK):
        block = alone(plan, longer, start, min(BLOCK, piece.file.end - start))
        yield block[:, side : side + 1] * np.float32(gain)


def cue_of(project: Project, clip: Clip) -> Cue | None:
    """The cue whose take the clip plays."""
    cues = {cue.id: cue for cue in project.cues}
    return next((cues.get(take.cue) for take in project.takes if take.id == clip.take), None)


def title_of(project: Project, clip: Clip) -> str:
    """What a clip is called elsewhere: the cue's name, its prompt, or the sound's name."""
    cue = cue_of(project, clip)
    if cue is not None:
        return cue_title(project, cue)
    sound = next((sound for sound in project.sounds if sound.id == clip.sound), None)
    return " ".join((sound.name if sound else "").split()) or clip.source


def cue_title(project: Project, cue: Cue) -> str:
    """A cue's name, or its prompt, or its number."""
    number = sorted(project.cues, key=lambda one: (one.start, one.end)).index(cue) + 1
    return " ".join((cue.name or cue.prompt).split()) or f"Cue {number}"


def _lanes_of(track: Track, plan: RenderPlan, clock: Clock, handle_frames: int) -> list[Lane]:
    clips = sorted((clip for clip in lying(plan.project) if clip.track == track.id), key=lambda clip: clip.start)
    in_stereo = {clip.id for clip in clips if _in_stereo(plan, clip)}
    rows = _rows([clip for clip in clips if clip.id not in in_stereo], clock)
    rows += _rows([clip for clip in clips if clip.id in in_stereo], clock)
    found: list[Lane] = []
    for i, row in enumerate(rows):
        name = f"{track.name} {i + 1}" if i else track.name
        for channel in (LEFT, RIGHT) if row[0].id in in_stereo else ("",):
            pieces = tuple(_piece(plan.project, clip, channel, clock, handle_frames) for clip in row)
            found.append(Lane(f"{name} {channel}".strip(), track, pieces))
    return found


def _rows(clips: list[Clip], clock: Clock) -> list[list[Clip]]:
    """The clips, in order of time, on as few rows as keep them apart."""
    rows: list[list[Clip]] = []
    for clip in clips:
        free = next((row for row in rows if clock.frame_after(row[-1].end) <= clock.frame(clip.start)), None)
        if free is None:
            rows.append([clip])
        else:
            free.append(clip)
    return rows


def _piece(project: Project, clip: Clip, channel: str, clock: Clock, handle_frames: int) -> Piece:
    frames = Span(clock.frame(clip.start), clock.frame_after(clip.end))
    wide = Span(max(0, frames.start - handle_frames), frames.end + handle_frames)
    file = Span(clock.samples(wide.start), clock.samples(wide.end))
    return Piece(clip, cue_of(project, clip), title_of(project, clip), channel, frames, wide, file)


def _with_handles(plan: RenderPlan, piece: Piece) -> Clip:
    """The clip, reaching into the file's handles where it does not fade and its sound goes on."""
    clip = piece.clip
    before = 0 if clip.fade_in else max(0, min(clip.offset, clip.start - piece.file.start))
    rest = plan.project.source_length(clip) - clip.offset - clip.length
    after = 0 if clip.fade_out else max(0, min(rest, piece.file.end - clip.end))
    return replace(
        clip, start=clip.start - before, offset=clip.offset - before, length=clip.length + before + after
    )


def _in_stereo(plan: RenderPlan, clip: Clip) -> bool:
    sound = plan.read_take(clip.source)
    return sound.ndim > 1 and sound.shape[1] > 1

"""From a hand on a clip to an edit: body, edges, fades, gain, and the sound within."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from engine.spec import SAMPLE_RATE
from foleydesk.document.edits import (
    Edit,
    LouderClips,
    MoveClip,
    MoveClips,
    PasteClips,
    SetClip,
    SlipClip,
    TrimClip,
)
from foleydesk.document.group_edits import chosen
from foleydesk.document.ids import new_id
from foleydesk.document.project import Clip, Project
from foleydesk.document.ripple import Ripple
from foleydesk.workers.wave_thread import Wave

DB_A_PIXEL = 0.1
SOFTEST_DB, LOUDEST_DB = -60.0, 24.0


@dataclass(frozen=True)
class Lying:
    """A clip with what is painted of it: its name, and its sound's wave when it has been read."""

    clip: Clip
    name: str
    wave: Wave | None
    take_length: int


class Hold(Enum):
    """Where a clip is held."""

    BODY = auto()
    LEFT = auto()
    RIGHT = auto()
    FADE_IN = auto()
    FADE_OUT = auto()
    GAIN = auto()
    SLIP = auto()
    """The body, with the sound moving in it."""


@dataclass(frozen=True)
class ClipDrag:
    """One drag. `ids`: the clips that move along with `item`, itself among them."""

    item: Lying
    hold: Hold
    ids: tuple[str, ...]
    copies: bool = False
    fresh: str = field(default_factory=new_id)

    @property
    def lone(self) -> bool:
        return len(self.ids) < 2

    def edit(self, project: Project, by: int, rows: int, louder_db: float, ripple: Ripple) -> Edit:
        """What it comes to after `by` samples and `rows` tracks, within what can be."""
        clip = self.item.clip
        if self.hold is Hold.BODY:
            return self._moved(project, by, rows, ripple)
        if self.hold is Hold.GAIN:
            group = chosen(project, self.ids)
            least, most = min(one.gain_db for one in group), max(one.gain_db for one in group)
            louder_db = round(min(LOUDEST_DB - most, max(SOFTEST_DB - least, louder_db)), 1)
            if self.lone:
                return SetClip(clip.id, gain_db=round(clip.gain_db + louder_db, 1))
            return LouderClips(self.ids, louder_db)
        now = dragged(self.item, self.hold, by, clip.track)
        if self.hold in (Hold.LEFT, Hold.RIGHT):
            return TrimClip(clip.id, now.start, now.end, ripple)
        if self.hold is Hold.SLIP:
            return SlipClip(clip.id, now.offset)
        return SetClip(clip.id, fade_in=now.fade_in) if self.hold is Hold.FADE_IN else SetClip(
            clip.id, fade_out=now.fade_out
        )

    def _moved(self, project: Project, by: int, rows: int, ripple: Ripple) -> Edit:
        group = chosen(project, self.ids)
        first = min(clip.start for clip in group)
        by = max(-first, by)
        if project.media is not None:
            by = min(by, project.media.length - 1 - max(clip.start for clip in group))
        places = {track.id: row for row, track in enumerate(project.tracks)}
        lying = [places[clip.track] for clip in group]
        rows = min(len(project.tracks) - 1 - max(lying), max(-min(lying), rows))
        if self.copies:
            track = project.tracks[min(lying) + rows].id
            return PasteClips(group, first + by, track, ripple, self.fresh)
        if self.lone and ripple is Ripple.OFF:
            (clip,) = group
            return MoveClip(clip.id, project.tracks[lying[0] + rows].id, clip.start + by)
        return MoveClips(self.ids, by, rows, ripple)


def dragged(item: Lying, hold: Hold, by: int, track: str) -> Clip:
    """The clip as it would be when held there and moved by so many samples."""
    clip = item.clip
    if hold is Hold.BODY:
        return replace(clip, start=max(0, clip.start + by), track=track)
    if hold is Hold.LEFT:
        by = min(max(by, -clip.offset, -clip.start), clip.length - 1)
        return replace(clip, start=clip.start + by, offset=clip.offset + by, length=clip.length - by)
    if hold is Hold.RIGHT:
        return replace(clip, length=min(max(1, clip.length + by), max(clip.length, item.take_length - clip.offset)))
    if hold is Hold.FADE_IN:
        return replace(clip, fade_in=min(max(0, clip.fade_in + by), clip.length - clip.fade_out))
    if hold is Hold.FADE_OUT:
        return replace(clip, fade_out=min(max(0, clip.fade_out - by), clip.length - clip.fade_in))
    if hold is Hold.SLIP:
        return replace(clip, offset=min(max(0, clip.offset - by), max(0, item.take_length - clip.length)))
    return clip


def in_words(drag: ClipDrag, before: Sequence[Clip], after: Sequence[Clip]) -> str:
    """What the drag does to the clip under the hand, for a readout beside the pointer."""
    clip = drag.item.clip
    now = next((one for one in after if one.id == clip.id), None)
    if drag.hold is Hold.GAIN and now is not None:
        return f"{now.gain_db:+.1f} dB"
    if drag.hold is Hold.BODY:
        known = {one.id for one in before}
        new = [one for one in after if one.id not in known] if drag.copies else [now]
        first = next((one for one in new if one is not None and one.source == clip.source), None)
        return f"{'+ ' if drag.copies else ''}{signed(first.start - clip.start)}" if first else ""
    if now is None:
        return ""
    if drag.hold is Hold.FADE_IN:
        return length(now.fade_in)
    if drag.hold is Hold.FADE_OUT:
        return length(now.fade_out)
    if drag.hold is Hold.SLIP:
        return signed(clip.offset - now.offset)
    return f"{length(now.length)} ({signed(now.length - clip.length)})"


def length(samples: int) -> str:
    ms = samples * 1000 / SAMPLE_RATE
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.2f} s"


def signed(samples: int) -> str:
    ms = samples * 1000 / SAMPLE_RATE
    return f"{ms:+.0f} ms" if abs(ms) < 1000 else f"{ms / 1000:+.2f} s"

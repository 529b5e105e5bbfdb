"""What is done to the chosen clips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spec import SAMPLE_RATE, Span
from foleydesk.document.edits import (
    DuplicateClips,
    Edit,
    LouderClips,
    MoveClip,
    MoveClips,
    PasteClips,
    RemoveClip,
    RemoveClips,
    SetClip,
    SplitClip,
    Together,
    TrimClip,
)
from foleydesk.document.group_edits import chosen
from foleydesk.document.project import Clip
from foleydesk.document.ripple import Ripple

if TYPE_CHECKING:
    from foleydesk.studio.studio import Studio
    from foleydesk.views.main_window import MainWindow

GAIN_STEP_DB = 1.0
MS = SAMPLE_RATE // 1000
NEED_CLIPS = (
    "split", "duplicate", "cut", "copy", "louder", "softer", "later", "earlier", "later_ms", "earlier_ms", "trim_start",
    "trim_end", "fade_in_to", "fade_out_from", "gain_reset", "zoom_selection",
)  # fmt: skip
NEED_SOME = ("select_all", "next_clip", "previous_clip")


class ClipHandling:
    """Every action works on all clips that are chosen, as one step to undo."""

    window: MainWindow
    studio: Studio
    copied: tuple[Clip, ...] = ()

    def can_clips(self, action_id: str) -> bool | None:
        """None for what is not about clips."""
        if action_id in NEED_CLIPS:
            return bool(self._clips())
        if action_id in NEED_SOME:
            return bool(self.studio.project and self.studio.project.clips)
        if action_id == "paste":
            return bool(self.copied) and self.studio.project is not None
        return None

    def _clips(self) -> tuple[Clip, ...]:
        """The chosen clips, in the project's order."""
        project, wanted = self.studio.project, set(self.window.timeline.tracks.selected)
        return tuple(clip for clip in project.clips if clip.id in wanted) if project else ()

    @property
    def _ripple(self) -> Ripple:
        return self.window.timeline.tracks.ripple

    def _do(self, edit: Edit, choosing: bool = True) -> bool:
        """One step of its own; what it makes is chosen then, unless what was chosen stays."""
        project, desk = self.studio.project, self.studio.desk
        if project is None or desk is None:
            return False
        known = {clip.id for clip in project.clips}
        desk.seal()
        done = bool(self.studio.do(edit))
        desk.seal()
        new = [clip.id for clip in self.studio.project.clips if clip.id not in known] if self.studio.project else []
        if new and choosing:
            self._choose(new)
        return done

    def _choose(self, clips: list[str]) -> None:
        self.window.timeline.tracks.choose(clips)
        self.window.timeline.canvas.update()
        self.window.timeline.wishes.chosen.emit()

    def remove_clips(self) -> None:
        clips = self._clips()
        if len(clips) == 1:
            self._do(RemoveClip(clips[0].id, self._ripple))
        elif clips:
            self._do(RemoveClips(tuple(clip.id for clip in clips), self._ripple))

    def louder(self, by: float = GAIN_STEP_DB) -> None:
        clips = self._clips()
        if len(clips) == 1:
            self.studio.do(SetClip(clips[0].id, gain_db=clips[0].gain_db + by))
        elif clips:
            self.studio.do(LouderClips(tuple(clip.id for clip in clips), by))

    def softer(self) -> None:
        self.louder(-GAIN_STEP_DB)

    def gain_reset(self) -> None:
        self._do(Together(tuple(SetClip(clip.id, gain_db=0.0) for clip in self._clips()), "Reset Gain"))

    def _nudge(self, by: int) -> None:
        clips = self._clips()
        by = max(by, -min((clip.start for clip in clips), default=0))
        if len(clips) == 1 and self._ripple is Ripple.OFF:
            self.studio.do(MoveClip(clips[0].id, clips[0].track, clips[0].start + by))
        elif clips and by:
            self.studio.do(MoveClips(tuple(clip.id for clip in clips), by, 0, self._ripple))

    def later(self, frames: int = 1) -> None:
        clips, rate = self._clips(), self.studio.rate
        if clips and rate is not None:
            first = min(clip.start for clip in clips)
            self._nudge(rate.nudged(first, frames) - first)

    def earlier(self) -> None:
        self.later(-1)

    def later_ms(self) -> None:
        self._nudge(MS)

    def earlier_ms(self) -> None:
        self._nudge(-MS)

    def split(self) -> None:
        """Those that the playhead stands in; a lone one beside it says why not."""
        clips, at = self._clips(), self.studio.listening.position()
        inside = [clip for clip in clips if clip.start < at < clip.end] or list(clips[:1])
        if len(inside) == 1:
            self._do(SplitClip(inside[0].id, at), choosing=False)
        elif inside:
            self._do(Together(tuple(SplitClip(clip.id, at) for clip in inside), "Split Clips"), choosing=False)

    def duplicate(self) -> None:
        clips = self._clips()
        if clips:
            self._do(DuplicateClips(tuple(clip.id for clip in clips), self._ripple))

    def copy(self) -> None:
        self.copied = self._clips()

    def cut(self) -> None:
        self.copy()
        self.remove_clips()

    def paste(self) -> None:
        """At the playhead, on the tracks they came from, or from the track that is meant on."""
        project = self.studio.project
        if project is not None and self.copied:
            pointed = self.window.timeline.tracks.pointed
            track = pointed if pointed in {track.id for track in project.tracks} else None
            self.window.timeline.tracks.pointed = None
            self._do(PasteClips(self.copied, self.studio.listening.position(), track, self._ripple))

    def select_all(self) -> None:
        if self.studio.project is not None:
            self._choose([clip.id for clip in self.studio.project.clips])

    def trim_start(self) -> None:
        at = self.studio.listening.position()
        self._each([TrimClip(clip.id, at, clip.end, self._ripple) for clip in self._standing(at)], "Trim Clips")

    def trim_end(self) -> None:
        at = self.studio.listening.position()
        self._each([TrimClip(clip.id, clip.start, at, self._ripple) for clip in self._standing(at)], "Trim Clips")

    def fade_in_to(self) -> None:
        at = self.studio.listening.position()
        edits = [
            SetClip(clip.id, fade_in=min(at - clip.start, clip.length - clip.fade_out)) for clip in self._standing(at)
        ]
        self._each(edits, "Fade In")

    def fade_out_from(self) -> None:
        at = self.studio.listening.position()
        edits = [
            SetClip(clip.id, fade_out=min(clip.end - at, clip.length - clip.fade_in)) for clip in self._standing(at)
        ]
        self._each(edits, "Fade Out")

    def _standing(self, at: int) -> list[Clip]:
        """The chosen clips that the playhead stands in."""
        return [clip for clip in self._clips() if clip.start < at < clip.end]

    def _each(self, edits: list[Edit], says: str) -> None:
        if not edits:
            self.window.message.refuse("The playhead is not within a chosen clip; move it there.")
        elif len(edits) == 1:
            self._do(edits[0])
        else:
            self._do(Together(tuple(edits), says))

    def next_clip(self, by: int = 1) -> None:
        """Choose clips one after the other, by time and track, and look there."""
        project = self.studio.project
        if project is None or not project.clips:
            return
        rows = {track.id: row for row, track in enumerate(project.tracks)}
        clips = sorted(project.clips, key=lambda clip: (clip.start, rows[clip.track]))
        ids, now = [clip.id for clip in clips], self.window.timeline.tracks.chosen
        place = ids.index(now) + by if now in ids else 0 if by > 0 else -1
        clip = clips[place % len(clips)]
        self._choose([clip.id])
        self.window.timeline.axis.reveal(clip.start)

    def previous_clip(self) -> None:
        self.next_clip(-1)

    def zoom_selection(self) -> None:
        project = self.studio.project
        clips = chosen(project, (clip.id for clip in self._clips())) if project else ()
        if clips:
            self.window.timeline.axis.fit(Span(min(clip.start for clip in clips), max(clip.end for clip in clips)))

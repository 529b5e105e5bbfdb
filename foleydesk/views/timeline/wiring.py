"""The timeline joined to the project: what the project says is shown, what the hand does is asked as an edit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QMenu

from engine.audio.pyramid import PEAK_BLOCK
from engine.spec import Candidate
from foleydesk.document.comping import comp_of
from foleydesk.document.edit import Edit
from foleydesk.document.edits import MoveTrack, SetMarker, SetTake, SetTrack
from foleydesk.document.project import Cue, Project
from foleydesk.document.ripple import Ripple
from foleydesk.settings import Switches
from foleydesk.studio.tracks import track_for
from foleydesk.studio.waves import Waves
from foleydesk.views import showing
from foleydesk.views.timeline.clip_drag import Lying, length
from foleydesk.views.timeline.ruler import CueSpan
from foleydesk.views.timeline.takes import TakeRow
from foleydesk.views.timeline.timeline import Follow
from foleydesk.workers.import_thread import SourceSound
from foleydesk.workers.wave_thread import Wave

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow

NAME_CHARS = 40
MENUS = {
    "clip": (
        "split", "duplicate", "cut", "copy", "", "trim_start", "trim_end", "fade_in_to", "fade_out_from", "gain_reset",
        "", "remove",
    ),
    "marker": ("rename_marker", "remove"),
    "event": ("remove",),
    "ruler": ("marker", "add_cue", "", "fit_cue", "fit_all"),
    "cue": ("fit_cue", "find_events", "generate", "", "remove_cue"),
    "track": ("paste", "", "add_track", "rename_track", "track_up", "track_down", "track_height", "", "remove_track"),
    "take": ("use_take", "keep_take_here", "trash_take_here"),
}  # fmt: skip
"""Actions of the menu that the right button opens, by what it was pressed on; "" draws a line."""


class TimelineWiring(QObject):
    """Owns the waves that are drawn, and ends their thread when the window closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.studio = window.studio
        self.timeline = window.timeline
        self.waves = Waves(self)
        self._own_sound: tuple[str, Wave] | None = None
        """The film's own sound: its path and its wave."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._waves_came)
        self.waves.found.connect(self._soon.start)
        window.closing.connect(self.waves.shutdown)
        self.studio.pictures.sound.connect(self._sound_came)
        self.timeline.magnet.onsets = self._onsets
        self._join()

    def _join(self) -> None:
        wishes, heads = self.timeline.wishes, self.timeline.heads
        wishes.edit.connect(self.edit)
        wishes.cue.connect(self.studio.choose_cue)
        wishes.cue_fitted.connect(lambda cue: self.window.handlers.fit_cue())
        wishes.menu.connect(self.open_menu)
        wishes.rename.connect(self._rename)
        wishes.chosen.connect(self.say)
        heads.track_changed.connect(self.window.handlers.set_track)
        heads.track_renamed.connect(lambda track, name: self.edit(SetTrack(track, name=name)))
        heads.track_moved.connect(lambda track, place: self.edit(MoveTrack(track, place)))
        heads.track_menu.connect(self._track_menu)
        heads.track_added.connect(lambda: self.window.handlers.do("add_track"))
        heads.take_kept.connect(lambda take, kept: self.edit(SetTake(take, kept=kept)))
        heads.switches.asked.connect(self.window.handlers.do)
        for name in heads.switches.buttons:
            action = self.window.menus.actions[name]
            heads.switches.name(name, action.text())
        self._use(self.window.kept.timeline)

    def _use(self, kept: Switches) -> None:
        """As they were left the last time."""
        timeline = self.timeline
        timeline.magnet.on, timeline.sound.waves = kept.snap, kept.wave
        timeline.following = Follow(kept.follow) if kept.follow in {one.value for one in Follow} else Follow.PAGE
        timeline.grow_tracks(kept.tall)
        self.show_switches()

    def edit(self, edit: Edit) -> None:
        """A gesture that has ended: one step to undo, whatever came before."""
        if self.studio.desk is None:
            return
        self.studio.desk.seal()
        self.studio.do(edit)
        self.studio.desk.seal()

    # What is shown

    def show_all(self) -> None:
        self.show_words()
        self.show_tracks()
        self.show_cues()

    def show_words(self) -> None:
        """How positions are written."""
        project = self.studio.project
        if project is None:
            self.timeline.show_words(None)
            return
        rate, unit, start = project.rate, project.unit, project.start
        self.timeline.show_words(lambda at: rate.say(at, unit, start))

    def show_tracks(self) -> None:
        project = self.studio.project
        self.timeline.show_tracks(project, self.lying(project) if project else ())
        self.show_takes()
        self.say()

    def changed(self, project: Project, earlier: Project) -> None:
        """Show what is different."""
        if (project.unit, project.start, project.drop, project.media) != (
            earlier.unit, earlier.start, earlier.drop, earlier.media,
        ):  # fmt: skip
            self.show_words()
        things = ("tracks", "clips", "sounds", "takes", "crosses", "markers", "cues")
        if any(getattr(project, one) is not getattr(earlier, one) for one in things):
            self.show_tracks()

    def show_cues(self) -> None:
        project = self.studio.project
        cues = showing.in_order(project) if project else []
        spans = tuple(
            CueSpan(cue.id, cue.span, f"{i:02d}", cue.name or cue.prompt) for i, cue in enumerate(cues, 1)
        )
        self.timeline.show_cues(spans, self.studio.cue_id)
        self.show_takes()

    def show_takes(self) -> None:
        project, cue = self.studio.project, self.studio.cue
        if project is None or cue is None:
            self.timeline.show_takes("", "", 0, ())
            return
        lying = project.clips_of(cue.id)
        track = project.track(lying[0].track if lying else track_for(project, cue))
        self.timeline.show_takes(cue.id, track.id, track.colour, self._rows(project, cue, track.id))

    def _rows(self, project: Project, cue: Cue, track: str) -> tuple[TakeRow, ...]:
        pieces = comp_of(project, cue.id, track)
        moved = 0
        if pieces:
            like = pieces[0].clip
            moved = like.zero - project.take(like.take).candidate.recipe.span.start
        rows = []
        for i, take in enumerate(project.takes_of(cue.id), 1):
            used = tuple(piece.span for piece in pieces if piece.take == take.id)
            wave = None if self.timeline.takes.hidden else self.wave_of(take.candidate)
            zero = take.candidate.recipe.span.start + moved
            name = self.tr("Take {}").format(i)
            rows.append(TakeRow(take.id, name, take.kept, wave, zero, take.candidate.length, used))
        return tuple(rows)

    def lying(self, project: Project) -> tuple[Lying, ...]:
        """Every clip with its name and the wave of what it plays, where that has been read."""
        cues = {cue.id: cue for cue in project.cues}
        takes = {take.id: take for take in project.takes}
        sounds = {sound.id: sound for sound in project.sounds}
        numbers = {take.id: i for cue in cues for i, take in enumerate(project.takes_of(cue), 1)}
        found = []
        for clip in project.clips:
            take, sound = takes.get(clip.take), sounds.get(clip.sound)
            if take is not None:
                cue = cues.get(take.cue)
                said = (cue.name or cue.prompt if cue else "")[:NAME_CHARS] or self.tr("Sound")
                name = f"{said} · {self.tr('take {}').format(numbers.get(take.id, 1))}"
                found.append(Lying(clip, name, self.wave_of(take.candidate), take.candidate.length))
            elif sound is not None:
                name = sound.name or PurePath(sound.path).stem
                found.append(Lying(clip, name[:NAME_CHARS], self._wave(sound.path), sound.length))
        return tuple(found)

    def wave_of(self, candidate: Candidate) -> Wave | None:
        return self._wave(candidate.wav)

    def _wave(self, path: str) -> Wave | None:
        folder = self.studio.folder
        return self.waves.of(folder.path / path) if folder is not None else None

    def _sound_came(self, sound: SourceSound) -> None:
        self._own_sound = (sound.media, wave_of_peaks(sound.peaks))
        self.waves.onsets(*self._own_sound)

    def _onsets(self, clips: Collection[str]) -> Iterator[int]:
        """Of clips that are seen, and of the film's own sound."""
        yield from self.timeline.tracks.onsets(clips)
        media = self.studio.project.media if self.studio.project else None
        if self._own_sound is not None and media is not None and self._own_sound[0] == media.path:
            shown = self.timeline.axis.shown
            for at in self.waves.onsets(*self._own_sound):
                if shown.start <= at <= shown.end:
                    yield at

    def _waves_came(self) -> None:
        self.show_tracks()
        if self.timeline.sound.waves:
            self.window.sounding.show_sound()

    # What the hand asks for

    def open_menu(self, kind: str, where: QPoint) -> None:
        """The same actions as in the menus, for what the menu was opened on."""
        menu = QMenu(self.window)
        self.window.menus.refresh()
        for name in MENUS.get(kind, ()):
            if name:
                menu.addAction(self.window.menus.actions[name])
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _track_menu(self, track: str, where: QPoint) -> None:
        self.timeline.tracks.pointed = track
        self.open_menu("track", where)

    def _rename(self, kind: str, name: str, where: QRect, now: str) -> None:
        if kind == "marker":
            self.timeline.canvas.edit_name(where, now, lambda said: self.edit(SetMarker(name, name=said)))

    def show_switches(self) -> None:
        """The switches and the menus' ticks as things are."""
        timeline = self.timeline
        on = {
            "snap": timeline.magnet.on,
            "ripple": timeline.tracks.ripple is not Ripple.OFF,
            "follow": timeline.following.value != "off",
            "take_lanes": not timeline.takes.hidden,
            "wave": timeline.sound.waves,
            "track_height": timeline.tracks.tall,
        }
        for name, checked in on.items():
            timeline.heads.switches.check(name, checked)
            self.window.menus.check(name, checked)
        kept = Switches(on["snap"], timeline.following.value, on["wave"], on["track_height"])
        self.window.kept = replace(self.window.kept, timeline=kept)
        self.window.menus.check("follow_centre", timeline.following.value == "centre")
        self.window.menus.check("ripple_all", timeline.tracks.ripple is Ripple.ALL)

    # What is said of what was chosen

    def say(self) -> None:
        """Its values in the status row, while nothing is worked on."""
        if self.studio.going() is None:
            self.window.show_work()

    def words(self) -> str:
        """What was chosen, with its values; nothing when nothing was."""
        project, chosen = self.studio.project, self.timeline.tracks.selected
        if project is None or not chosen:
            return ""
        clips = [clip for clip in project.clips if clip.id in set(chosen)]
        if not clips:
            return ""
        say = self.timeline.ruler.say
        since, until = min(clip.start for clip in clips), max(clip.end for clip in clips)
        span = f"{say(since)} – {say(until)} · {length(until - since)}"
        if len(clips) > 1:
            return f"{self.tr('{} clips').format(len(clips))} · {span}"
        (clip,) = clips
        name = next((item.name for item in self.timeline.tracks.lying if item.clip.id == clip.id), "")
        parts = [name, project.track(clip.track).name, span, f"{clip.gain_db:+.1f} dB"]
        if clip.fade_in or clip.fade_out:
            parts.append(self.tr("fades {} / {}").format(length(clip.fade_in), length(clip.fade_out)))
        return " · ".join(parts)


def wave_of_peaks(peaks: Iterable[np.ndarray]) -> Wave:
    """The peaks of engine.audio.pyramid as a wave to draw."""
    return Wave(tuple(peaks), PEAK_BLOCK, 2)

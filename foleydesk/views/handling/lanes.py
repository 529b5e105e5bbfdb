"""What is done to markers, tracks and takes, and how the timeline is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from foleydesk.document.edits import (
    AddMarker,
    AddTrack,
    Edit,
    MoveTrack,
    RemoveMarker,
    RemoveTrack,
    SetTake,
)
from foleydesk.document.ids import new_id
from foleydesk.document.marker_edits import markers_in_order
from foleydesk.document.project import Kept, Marker, Track
from foleydesk.document.ripple import Ripple
from foleydesk.document.track_edits import next_colour
from foleydesk.views.timeline.heads import TrackHead
from foleydesk.views.timeline.timeline import Follow

if TYPE_CHECKING:
    from foleydesk.studio.studio import Studio
    from foleydesk.views.main_window import MainWindow

NEED_PROJECT = (
    "marker", "add_track", "rename_track", "remove_track", "track_up", "track_down", "snap", "ripple", "ripple_all",
    "follow", "follow_centre", "take_lanes", "wave", "track_height",
)  # fmt: skip
NEED_MARKERS = ("next_marker", "previous_marker")
NEED_TAKE = ("use_take", "keep_take_here", "trash_take_here")


class LaneHandling:
    """Switches turn what they are named for."""

    window: MainWindow
    studio: Studio

    def can_lanes(self, action_id: str) -> bool | None:
        """None for what is not about lanes."""
        project = self.studio.project
        if action_id in NEED_PROJECT:
            return project is not None
        if action_id in NEED_MARKERS:
            return bool(project and project.markers)
        if action_id == "rename_marker":
            return self.window.timeline.ruler.chosen is not None
        if action_id in NEED_TAKE:
            return self.window.timeline.takes.chosen is not None
        return None

    def _step(self, edit: Edit) -> bool:
        desk = self.studio.desk
        if desk is None:
            return False
        desk.seal()
        done = bool(self.studio.do(edit))
        desk.seal()
        return done

    # Markers

    def marker(self) -> None:
        """At the playhead, while it plays too; not twice at one moment."""
        at, project = self.studio.listening.position(), self.studio.project
        if project is not None and all(marker.at != at for marker in project.markers):
            self._step(AddMarker(Marker(new_id(), at)))

    def rename_marker(self) -> None:
        self.window.timeline.ruler.rename()

    def remove_marker(self) -> None:
        chosen = self.window.timeline.ruler.chosen
        if chosen is not None:
            self._step(RemoveMarker(chosen))

    def next_marker(self, on: bool = True) -> None:
        """To the marker behind the playhead, and choose it."""
        project, here = self.studio.project, self.studio.listening.position()
        if project is None:
            return
        markers = markers_in_order(project)
        beyond = [one for one in markers if one.at > here] if on else [one for one in markers if one.at < here][::-1]
        if beyond:
            self.window.timeline.ruler.chosen = beyond[0].id
            self.studio.listening.seek(beyond[0].at)
            self.window.timeline.axis.reveal(beyond[0].at)
            self.window.timeline.canvas.update()

    def previous_marker(self) -> None:
        self.next_marker(on=False)

    # Tracks

    def _track(self) -> Track | None:
        """The track that is meant: whose head has the keys, that a menu was opened on, of the chosen clip, the last."""
        project, lane = self.studio.project, self.window.timeline.tracks
        if project is None:
            return None
        focused = QApplication.focusWidget()
        head = focused if isinstance(focused, TrackHead) else None
        clip = next((clip for clip in project.clips if clip.id == lane.chosen), None)
        wanted = (head.track.id if head else None, lane.pointed, clip.track if clip else None)
        known = {track.id: track for track in project.tracks}
        return next((known[name] for name in wanted if name in known), project.tracks[-1])

    def add_track(self) -> None:
        """Below the track that is meant, and its name may be written at once."""
        project = self.studio.project
        if project is None:
            return
        names = {track.name for track in project.tracks}
        number = next(i for i in range(len(names) + 1, 2 * len(names) + 3) if f"Track {i}" not in names)
        track = Track(new_id(), f"Track {number}", colour=next_colour(project))
        self.window.timeline.tracks.pointed = None
        if self._step(AddTrack(track)):
            lane = self.window.timeline.tracks
            lane.scroll(lane.content(lane.rect.height()))
            self.window.timeline.canvas.lay_out()
            self._rename(track.id)

    def rename_track(self) -> None:
        track = self._track()
        if track is not None:
            self._rename(track.id)

    def _rename(self, track: str) -> None:
        head = self.window.timeline.heads.head(track)
        if head is not None:
            head.rename()

    def remove_track(self) -> None:
        track = self._track()
        if track is not None:
            self._step(RemoveTrack(track.id))

    def track_up(self, by: int = -1) -> None:
        track, project = self._track(), self.studio.project
        if track is not None and project is not None:
            place = project.tracks.index(track) + by
            if 0 <= place < len(project.tracks):
                self._step(MoveTrack(track.id, place))

    def track_down(self) -> None:
        self.track_up(1)

    def track_height(self) -> None:
        self.window.timeline.grow_tracks(not self.window.timeline.tracks.tall)
        self._switched()

    # Takes

    def take_lanes(self) -> None:
        self.window.timeline.open_takes(self.window.timeline.takes.hidden)
        self.window.lanes.show_takes()
        self._switched()

    def use_take(self) -> None:
        self.window.timeline.takes.use_all()

    def keep_take_here(self) -> None:
        self._keep(Kept.KEPT)

    def trash_take_here(self) -> None:
        self._keep(Kept.TRASHED)

    def _keep(self, kept: Kept) -> None:
        """Said a second time, it is taken back."""
        project, chosen = self.studio.project, self.window.timeline.takes.chosen
        if project is not None and chosen is not None:
            was = project.take(chosen).kept
            self._step(SetTake(chosen, kept=Kept.OPEN if was is kept else kept))

    # How things are looked at

    def snap(self) -> None:
        magnet = self.window.timeline.magnet
        magnet.on = not magnet.on
        self._switched("Snapping is on." if magnet.on else "Snapping is off.")

    def ripple(self) -> None:
        lane = self.window.timeline.tracks
        lane.ripple = Ripple.OFF if lane.ripple is not Ripple.OFF else Ripple.TRACK
        self._switched("Ripple is off." if lane.ripple is Ripple.OFF else "Later clips of the track move along.")

    def ripple_all(self) -> None:
        lane = self.window.timeline.tracks
        lane.ripple = Ripple.OFF if lane.ripple is Ripple.ALL else Ripple.ALL
        self._switched("Ripple is off." if lane.ripple is Ripple.OFF else "Later clips of all tracks move along.")

    def follow(self) -> None:
        timeline = self.window.timeline
        timeline.following = Follow.OFF if timeline.following is not Follow.OFF else Follow.PAGE
        self._switched()

    def follow_centre(self) -> None:
        timeline = self.window.timeline
        timeline.following = Follow.PAGE if timeline.following is Follow.CENTRE else Follow.CENTRE
        self._switched()

    def wave(self) -> None:
        sound = self.window.timeline.sound
        sound.waves = not sound.waves
        self.window.timeline.canvas.again(sound)
        self._switched()

    def _switched(self, words: str = "") -> None:
        self.window.lanes.show_switches()
        if words and self.studio.going() is None:
            self.window.status.rest(words)

"""The pick, kept for training and laid under the picture; and the way back and on through the history with it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from engine.spec import Candidate, Refused
from foleydesk.document.edits import PlaceTake
from foleydesk.document.ids import new_id
from foleydesk.studio.comparing import Comparing
from foleydesk.studio.studio import Studio
from foleydesk.studio.tracks import track_for
from training.preferences.events import PickEvent, now


class Picking(Comparing):
    """Every verdict is in the store of picks when it is answered; one that is taken back is retracted there."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._placed: dict[str, PickEvent] = {}
        """Clip to the pick that laid it down."""
        self._taken_back: dict[str, PickEvent] = {}

    def _opened(self) -> None:
        self._placed.clear()
        self._taken_back.clear()
        super()._opened()

    def pick(self, letter: str | None = None) -> None:
        """Keep the pick for training, and lay the candidate under the picture."""
        try:
            self._pick(letter or self.studio.listening.letter)
        except Refused as refusal:
            self.studio.refused.emit(str(refusal))

    def _pick(self, letter: str | None) -> None:
        listening, cue, project = self.studio.listening, self.studio.cue, self.studio.project
        if cue is None or project is None or letter is None or listening.comparison is None:
            raise Refused("There is nothing to pick; choose a cue with candidates and press 1 to hear one.")
        candidate = listening.comparison.candidate(letter)
        take = next(take for take in project.takes_of(cue.id) if take.candidate.id == candidate.id)
        listening.note_heard()
        event = self._keep(listening.comparison.pick(letter))
        clip = new_id()
        if self.studio.do(PlaceTake(cue.id, take.id, track_for(project, cue), clip)):
            self._placed[clip] = event
            listening.hear_mix()
        else:
            self._retract(event)
        self.changed.emit()

    def tie(self) -> None:
        """Two or more are equally good."""
        self._say_of_all("tie", "Kept as a tie: nothing is learned from it, and nothing is lost.")

    def none_good(self) -> None:
        """Not one will do."""
        self._say_of_all("none_good", "Kept as none good; say it in other words, or press G for others.")

    def _say_of_all(self, verdict: str, words: str) -> None:
        comparison = self.studio.listening.comparison
        if comparison is None:
            return
        self.studio.listening.note_heard()
        try:
            self._keep(getattr(comparison, verdict)())
        except Refused as refusal:
            self.studio.refused.emit(str(refusal))
            return
        self.changed.emit()
        self.studio.said.emit(words)

    def undo(self) -> None:
        """One step back."""
        desk = self.studio.desk
        if desk is not None and desk.can_undo:
            self.go_to(desk.place - 1)

    def redo(self) -> None:
        """One step on."""
        desk = self.studio.desk
        if desk is not None and desk.can_redo:
            self.go_to(desk.place + 1)

    def go_to(self, place: int) -> None:
        """To a place in the history. Picks that are passed on the way back are retracted, those on the way on kept."""
        desk = self.studio.desk
        if desk is None:
            return
        try:
            way = desk.way_to(place)
            desk.go_to(place)
        except Refused as refusal:
            self.studio.refused.emit(str(refusal))
            return
        for before, after in pairwise(way):
            self._passed({clip.id for clip in before.clips}, {clip.id for clip in after.clips})

    def _passed(self, before: set[str], after: set[str]) -> None:
        """A pick that is taken back is retracted: nothing is learned from it. One that comes back is kept anew."""
        for clip in before - after:
            event = self._placed.pop(clip, None)
            if event is not None:
                self._taken_back[clip] = event
                self._retract(event)
        for clip in after - before:
            event = self._taken_back.pop(clip, None)
            if event is not None:
                try:
                    self._placed[clip] = self._keep(replace(event, id=new_id(), at=now()))
                except Refused as refusal:
                    self.studio.refused.emit(str(refusal))

    def _keep(self, event: PickEvent) -> PickEvent:
        """On the disk when this returns. Raises Refused."""
        assert self.studio.folder is not None
        self.studio.folder.picks.add(event, self._shown(event))
        self.picked.emit()
        return event

    def _shown(self, event: PickEvent) -> tuple[Candidate, ...]:
        takes = self.studio.project.takes if self.studio.project else ()
        return tuple(take.candidate for take in takes if take.candidate.id in event.shown)

    def _retract(self, event: PickEvent) -> None:
        if self.studio.folder is not None:
            try:
                self.studio.folder.picks.retract(event.id)
            except Refused as refusal:
                self.studio.refused.emit(str(refusal))
            self.picked.emit()

"""Asking for candidates and choosing among them: takes, comparisons and picks."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from engine.spec import SAMPLE_RATE, Candidate, Refused, Span
from foleydesk.document.comparison import Comparison
from foleydesk.document.edits import AddTakes, PlaceTake, SetMarks
from foleydesk.document.ids import new_id
from foleydesk.document.project import Take
from foleydesk.studio.recipes import Settings, newest_batch, recipe_for
from foleydesk.studio.studio import Studio
from foleydesk.studio.tracks import track_for
from training.preferences.events import PickEvent, now

WHOLE_S = 30.0
"""A picture no longer than this is scored as a whole when nothing is marked."""


class Choosing(QObject):
    """What happens between G and Enter."""

    changed = Signal()
    """Other candidates, or the same in another light."""
    picked = Signal()
    """The store of picks has changed."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.studio = studio
        self.settings = Settings()
        self.blind = False
        self._comparisons: dict[tuple[str, ...], Comparison] = {}
        self._placed: dict[str, PickEvent] = {}
        """Clip to the pick that laid it down."""
        self._taken_back: dict[str, PickEvent] = {}
        studio.making.made.connect(self._made)
        studio.cue_changed.connect(self.show)
        studio.opened.connect(self._opened)

    def candidates(self) -> tuple[Candidate, ...]:
        """The newest batch of the chosen cue."""
        project, cue = self.studio.project, self.studio.cue
        return newest_batch(project.takes_of(cue.id)) if project and cue else ()

    def generate(self) -> None:
        """Make candidates for the chosen cue, for the marks, or for the whole of a short picture."""
        try:
            self._generate()
        except Refused as refusal:
            self.studio.refused.emit(str(refusal))

    def _generate(self) -> None:
        studio, project = self.studio, self.studio.project
        if project is None or project.media is None:
            raise Refused("There is no picture yet; open or drop a video first.")
        if studio.learning.running:
            raise Refused("Training has the device; wait for it to end, or cancel it.")
        if studio.cue is None and project.marks is None and project.media.length <= WHOLE_S * SAMPLE_RATE:
            studio.do(SetMarks(Span(0, project.media.length)))
        cue = studio.cue or studio.add_cue()
        if cue is not None and studio.project is not None:
            recipe = recipe_for(studio.project, cue, self.settings)
            title = f"Generating cue {studio.number(cue.id)}"
            studio.making.generate(recipe, self.settings.candidates, cue.id, title)

    def _made(self, cue_id: str, candidates: tuple[Candidate, ...]) -> None:
        project = self.studio.project
        cue = next((cue for cue in project.cues if cue.id == cue_id), None) if project else None
        if cue is None or project is None or project.media is None:
            return
        known = {take.candidate.id for take in project.takes_of(cue_id)}
        takes = tuple(Take(new_id(), cue_id, one) for one in candidates if one.id not in known)
        if takes:
            self.studio.do(AddTakes(takes))
        if cue_id not in self.studio.curves:
            self.studio.making.spot(project.media.path, cue.span, cue_id)
        if self.studio.cue_id != cue_id:
            self.studio.said.emit(f"Cue {self.studio.number(cue_id)} has {len(candidates)} candidates.")
        self.show()

    def _opened(self) -> None:
        self._comparisons.clear()
        self._placed.clear()
        self._taken_back.clear()
        self.show()

    def _comparison(self) -> Comparison | None:
        """Of the newest batch; the same object as long as the batch and the blindness are the same."""
        batch = self.candidates()
        if not batch:
            return None
        key = (str(self.blind), *(one.id for one in batch))
        if key not in self._comparisons:
            seed = int(batch[0].id[:8], 16) if self.blind else None
            folder, cue = self.studio.folder, self.studio.cue_id
            project = folder.path.name if folder else ""
            self._comparisons[key] = Comparison(batch, seed, self.blind, project, cue or "")
        return self._comparisons[key]

    @property
    def hidden(self) -> bool:
        """Whether bars and sentences say nothing yet."""
        comparison = self.studio.listening.comparison
        return comparison is not None and comparison.hidden

    def show(self) -> None:
        """Lay the chosen cue's candidates out to be heard."""
        studio, cue = self.studio, self.studio.cue
        if studio.folder is None:
            return
        comparison = self._comparison()
        span = comparison.candidates[0].recipe.span if comparison else cue.span if cue else None
        studio.listening.compare(cue.id if cue else "", span, comparison, studio.folder.path)
        self.changed.emit()

    def set_blind(self, blind: bool) -> None:
        if blind != self.blind:
            self.blind = blind
            self.show()

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
        """One step back. A pick that is taken back is retracted, so that nothing is learned from it."""
        before = self._clips()
        self.studio.undo()
        for clip in before - self._clips():
            event = self._placed.pop(clip, None)
            if event is not None:
                self._taken_back[clip] = event
                self._retract(event)

    def redo(self) -> None:
        """One step on. A pick that comes back is kept anew."""
        before = self._clips()
        self.studio.redo()
        for clip in self._clips() - before:
            event = self._taken_back.pop(clip, None)
            if event is not None:
                try:
                    self._placed[clip] = self._keep(replace(event, id=new_id(), at=now()))
                except Refused as refusal:
                    self.studio.refused.emit(str(refusal))

    def _clips(self) -> set[str]:
        return {clip.id for clip in self.studio.project.clips} if self.studio.project else set()

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

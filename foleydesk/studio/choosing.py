"""Asking for candidates and choosing among them: takes, comparisons and picks."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QObject, Signal

from engine.media.probe import content_hash
from engine.spec import Candidate, Recipe, Refused, Span
from foleydesk.document.comparison import Comparison
from foleydesk.document.edits import AddTakes, PlaceTake, SetMarks, SetTake
from foleydesk.document.ids import new_id
from foleydesk.document.project import Clip, Cue, Kept, Project, Take
from foleydesk.studio.abilities import abilities_of
from foleydesk.studio.origins import origin_in_words
from foleydesk.studio.recipes import Base, Batch, Settings, anew, batches, recipe_for, variation_of
from foleydesk.studio.referring import reference_of
from foleydesk.studio.studio import Studio
from foleydesk.studio.tracks import track_for
from training.preferences.events import PickEvent, now


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
        self._said_blind: set[str] = set()
        """Candidates that something was said of in this blind comparison; what was said before stays hidden in it."""
        self._taken_back: dict[str, PickEvent] = {}
        self._turned_to: dict[str, int] = {}
        """Cue to the batch that is looked at; the newest where it says nothing."""
        studio.making.made.connect(self._made)
        studio.cue_changed.connect(self.show)
        studio.opened.connect(self._opened)

    def batches(self) -> list[Batch]:
        """Everything that was made for the chosen cue, the newest last."""
        project, cue = self.studio.project, self.studio.cue
        return batches(project.takes_of(cue.id)) if project and cue else []

    @property
    def place(self) -> tuple[int, int]:
        """Which batch of how many is looked at, counted from 1; (0, 0) where there is none."""
        count = len(self.batches())
        turned = self._turned_to.get(self.studio.cue_id or "", count)
        return min(turned, count), count

    def candidates(self) -> Batch:
        """The batch of the chosen cue that is looked at."""
        place = self.place[0]
        return self.batches()[place - 1] if place else ()

    def turn(self, by: int) -> None:
        """To an earlier batch, or a later one."""
        place, count = self.place
        if self.studio.cue_id is not None and 1 <= place + by <= count:
            self._turned_to[self.studio.cue_id] = place + by
            self.show()

    def origin(self, candidate: Candidate) -> str:
        """What the candidate was made from, in words; empty where it was made from nothing."""
        found = self.batches()
        return origin_in_words(candidate, found, lambda batch, one: self._compared(batch).letter(one.id))

    def base(self, letter: str | None = None) -> Candidate | None:
        """What others would be made from: the candidate of the letter, the one that is heard, or the one picked."""
        listening, clip = self.studio.listening, self._clip_of_cue()
        letter = letter or listening.letter
        if letter is not None:
            return listening.candidate(letter)
        return self.studio.project.take(clip.take).candidate if clip and self.studio.project else None

    def generate(self) -> None:
        """Make candidates for the chosen cue, for the marks, or for the whole of a short picture."""
        self._ask("Generating cue {}", recipe_for)

    def vary(self, strength: float, letter: str | None = None) -> None:
        """Make more like a candidate; see `base`. `strength` as in a recipe."""

        def recipe(project: Project, cue: Cue, settings: Settings) -> Recipe:
            _refuse(abilities_of(project.model).no_variation)
            return variation_of(self._base(letter), strength, project, cue, settings)

        self._ask("Varying cue {}", recipe)

    def make_anew(self, letter: str | None = None) -> None:
        """Make the selected part of a candidate anew and keep the rest; see `base`."""

        def recipe(project: Project, cue: Cue, settings: Settings) -> Recipe:
            _refuse(abilities_of(project.model).no_region)
            base = self._base(letter)
            return anew(base, self._region_in(base.candidate, letter), project, cue, settings)

        self._ask("Making a part of cue {} anew", recipe)

    def _ask(self, title: str, recipe: Callable[[Project, Cue, Settings], Recipe]) -> None:
        """Queue what the recipe says for the chosen cue; `title` with a place for its number."""
        studio = self.studio
        try:
            cue = self._cue_to_score()
            if cue is not None and studio.project is not None:
                usable = replace(cue, reference=reference_of(cue, studio.project.model))
                asked = recipe(studio.project, usable, self.settings)
                studio.making.generate(asked, self.settings.candidates, cue.id, title.format(studio.number(cue.id)))
        except Refused as refusal:
            studio.refused.emit(str(refusal))

    def _cue_to_score(self) -> Cue | None:
        studio, project = self.studio, self.studio.project
        if project is None or project.media is None:
            raise Refused("There is no picture yet; open or drop a video first.")
        if studio.learning.running:
            raise Refused("Training has the device; wait for it to end, or cancel it.")
        if studio.cue is None and project.marks is None and studio.whole is not None:
            studio.do(SetMarks(studio.whole))
        return studio.cue or studio.add_cue()

    def _base(self, letter: str | None) -> Base:
        candidate = self.base(letter)
        if candidate is None:
            raise Refused("There is no sound to start from yet; press G, then 1 to hear a candidate.")
        try:
            return Base(candidate, content_hash(candidate.wav))
        except OSError as error:
            raise Refused(f"The sound {candidate.wav} is missing; generate it again.") from error

    def _clip_of_cue(self) -> Clip | None:
        project, cue = self.studio.project, self.studio.cue
        clips = project.clips_of(cue.id) if project and cue else ()
        return clips[-1] if clips else None

    def _region_in(self, base: Candidate, letter: str | None) -> Span:
        """The selection as a part of the base, which may have been moved on the timeline since."""
        region, span, clip = self.studio.region, base.recipe.span, self._clip_of_cue()
        if region is None:
            raise Refused("Select a part of the cue first: hold Shift and drag over the timeline.")
        placed = clip is not None and letter is None and self.studio.listening.letter is None
        moved = clip.start - clip.offset - span.start if clip is not None and placed else 0
        within = Span(max(span.start, region.start - moved), min(span.end, region.end - moved))
        if within.length <= 0:
            raise Refused("The selection lies outside this sound; select a part that it covers.")
        return within

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
        self._turned_to.pop(cue_id, None)
        self.show()

    def _opened(self) -> None:
        self._turned_to.clear()
        self._comparisons.clear()
        self._placed.clear()
        self._taken_back.clear()
        self.show()

    def _comparison(self) -> Comparison | None:
        batch = self.candidates()
        return self._compared(batch) if batch else None

    def _compared(self, batch: Batch) -> Comparison:
        """The same object as long as the batch and the blindness are the same."""
        key = (str(self.blind), *(one.id for one in batch))
        if key not in self._comparisons:
            seed = random.SystemRandom().getrandbits(32) if self.blind else None
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
        studio.listening.compare(cue.id if cue else "", span, comparison, studio.folder.path, self.trashed)
        self.changed.emit()

    def set_blind(self, blind: bool) -> None:
        """Blind, the letters are dealt anew each time."""
        if blind != self.blind:
            self.blind = blind
            self._said_blind.clear()
            if blind:
                self._comparisons = {key: one for key, one in self._comparisons.items() if not one.blind}
            self.show()

    def reveal(self) -> None:
        """Show what is what before the pick; it then counts as seen."""
        comparison = self.studio.listening.comparison
        if comparison is not None and comparison.hidden:
            comparison.revealed = True
            self.changed.emit()

    def revealed(self, letter: str) -> str:
        """What a letter of a blind comparison stood for, once that may be said."""
        comparison = self.studio.listening.comparison
        if comparison is None or not comparison.blind or comparison.hidden:
            return ""
        return f"ranked {comparison.rank(letter)} of {len(comparison.candidates)}"

    @property
    def trashed(self) -> frozenset[str]:
        """The candidates of the chosen cue that are not shown any more."""
        project, cue = self.studio.project, self.studio.cue
        takes = project.takes_of(cue.id) if project and cue else ()
        return frozenset(take.candidate.id for take in takes if take.kept == Kept.TRASHED)

    def take(self, letter: str | None = None) -> Take | None:
        """The take behind a letter, or behind the candidate that is chosen."""
        project, cue, listening = self.studio.project, self.studio.cue, self.studio.listening
        candidate = listening.candidate(letter or listening.letter or "")
        takes = project.takes_of(cue.id) if project and cue else ()
        return next((take for take in takes if candidate and take.candidate.id == candidate.id), None)

    def said_of(self, letter: str) -> tuple[bool, str]:
        """Whether the candidate is kept, and its note, as far as that does not say which it is."""
        take = self.take(letter)
        if take is None or (self.hidden and take.candidate.id not in self._said_blind):
            return False, ""
        return take.kept == Kept.KEPT, take.notes

    def keep(self, letter: str | None = None) -> None:
        """Remember a candidate without laying it on a track; asked again, no longer."""
        take, letter = self.take(letter), letter or self.studio.listening.letter
        if take is None:
            self.studio.refused.emit("There is nothing to keep; press 1 to hear a candidate.")
            return
        kept = Kept.OPEN if take.kept == Kept.KEPT else Kept.KEPT
        self._said_blind.add(take.candidate.id)
        if self.studio.do(SetTake(take.id, kept)):
            words = "kept, and not placed" if kept else "no longer kept"
            self.studio.said.emit(f"Candidate {letter} is {words}.")

    def trash(self, letter: str | None = None) -> None:
        """Out of sight; the sound stays on the disk, and undo brings it back."""
        take, letter = self.take(letter), letter or self.studio.listening.letter
        if take is None:
            self.studio.refused.emit("There is nothing to throw away; press 1 to hear a candidate.")
        elif self.studio.do(SetTake(take.id, Kept.TRASHED)):
            self.studio.said.emit(f"Candidate {letter} is in the trash; Ctrl+Z brings it back.")

    def note(self, words: str, letter: str | None = None) -> None:
        """Say something about a candidate."""
        take = self.take(letter)
        if take is not None and take.notes != words:
            self._said_blind.add(take.candidate.id)
            self.studio.do(SetTake(take.id, notes=words))

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


def _refuse(why_not: str) -> None:
    """Raises Refused where there is a reason to."""
    if why_not:
        raise Refused(why_not)

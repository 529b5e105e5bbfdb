"""Asking for candidates: new ones, others like one that is there, or a part of it made anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.media.probe import content_hash
from engine.spec import Candidate, Recipe, Refused, Span
from foleydesk.document.edits import AddTakes, SetMarks
from foleydesk.document.ids import new_id
from foleydesk.document.project import Cue, Project, Take
from foleydesk.studio.abilities import abilities_of
from foleydesk.studio.comparing import Comparing
from foleydesk.studio.recipes import Base, Settings, anew, recipe_for, variation_of
from foleydesk.studio.referring import reference_of
from foleydesk.studio.studio import Studio


class Asking(Comparing):
    """Queues what is asked for, and takes what was made into the project."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.settings = Settings()
        studio.making.made.connect(self._made)

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


def _refuse(why_not: str) -> None:
    """Raises Refused where there is a reason to."""
    if why_not:
        raise Refused(why_not)

"""The chosen cue's candidates laid out to be compared: batch by batch, in the open or blind."""

from __future__ import annotations

import random

from PySide6.QtCore import QObject, Signal

from engine.spec import Candidate
from foleydesk.document.comparison import Comparison
from foleydesk.document.project import Clip, Kept, Take
from foleydesk.studio.origins import origin_in_words
from foleydesk.studio.recipes import Batch, batches
from foleydesk.studio.studio import Studio


class Comparing(QObject):
    """Says which candidates are looked at, and in which light."""

    changed = Signal()
    """Other candidates, or the same in another light."""
    picked = Signal()
    """The store of picks has changed. Here, because Qt knows the signals of one line of classes only."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.studio = studio
        self.blind = False
        self._comparisons: dict[tuple[str, ...], Comparison] = {}
        self._turned_to: dict[str, int] = {}
        """Cue to the batch that is looked at; the newest where it says nothing."""
        self._known: tuple[tuple[Take, ...], str, list[Batch]] = ((), "", [])
        """Of which takes and cue the batches were told last: views ask many times between two changes."""
        studio.cue_changed.connect(self.show)
        studio.opened.connect(self._opened)

    def batches(self) -> list[Batch]:
        """Everything that was made for the chosen cue, the newest last."""
        project, cue = self.studio.project, self.studio.cue
        if project is None or cue is None:
            return []
        takes, of_cue, _ = self._known
        if takes is not project.takes or of_cue != cue.id:
            self._known = (project.takes, cue.id, batches(project.takes_of(cue.id)))
        return list(self._known[2])

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

    def _clip_of_cue(self) -> Clip | None:
        project, cue = self.studio.project, self.studio.cue
        clips = project.clips_of(cue.id) if project and cue else ()
        return clips[-1] if clips else None

    def _opened(self) -> None:
        self._turned_to.clear()
        self._comparisons.clear()
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

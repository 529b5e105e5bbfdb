"""What is said of a candidate besides the pick: kept, thrown away, a note."""

from __future__ import annotations

from foleydesk.document.edits import SetTake
from foleydesk.document.project import Kept, Take
from foleydesk.studio.comparing import Comparing
from foleydesk.studio.studio import Studio


class Judging(Comparing):
    """Says it in the project, and hides in a blind comparison what was said before it."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._said_blind: set[str] = set()
        """Candidates that something was said of in this blind comparison; what was said before stays hidden in it."""

    def set_blind(self, blind: bool) -> None:
        """Blind, the letters are dealt anew each time."""
        if blind != self.blind:
            self._said_blind.clear()
        super().set_blind(blind)

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

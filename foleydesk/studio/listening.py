"""A cue's candidates, heard one against the other at the same playhead, level-matched; or the mix, or a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.spec import Candidate, Span
from foleydesk.document.comparison import Comparison
from foleydesk.document.project import Project
from foleydesk.playback.transport import Transport
from foleydesk.studio.lineup import Lineup
from foleydesk.studio.player import Player
from foleydesk.workers.sound_thread import Audition


class Listening(Player):
    """A player that can also play candidates, and switches between them while it plays."""

    letter_changed = Signal()
    missing_changed = Signal()
    """Other candidates than before have no sound file."""

    def __init__(self, parent: QObject | None = None, transport: Transport | None = None) -> None:
        super().__init__(parent, transport)
        self.letter: str | None = None
        """The candidate that is chosen to be heard; None when the mix is."""
        self._lineup = Lineup()
        self._when_read: Callable[[], None] | None = None
        self._sounds.audition.connect(self._audition_ready)

    @property
    def comparison(self) -> Comparison | None:
        return self._lineup.comparison

    @property
    def missing(self) -> dict[str, str]:
        """Candidates, by id, whose sound cannot be read, each with a sentence."""
        return self._lineup.missing

    @property
    def read(self) -> bool:
        """Whether the candidates' sounds have come."""
        return self._lineup.read

    def compare(
        self,
        cue: str,
        span: Span | None,
        comparison: Comparison | None,
        folder: Path,
        left_out: frozenset[str] = frozenset(),
    ) -> None:
        """Lay a cue's candidates out, or nothing; nothing is played yet.

        `left_out`: ids of those that are in the trash; the others keep their letters.
        """
        if comparison is self.comparison and cue == self._lineup.cue:
            self._leave_out(left_out)
            return
        self._end_file()
        self.note_heard()
        known = self._lineup.begin(cue, comparison, left_out)
        self._playhead.span, self._when_read = span, None
        if comparison is None or not self.letters():
            self._miss({})
            self.hear_mix()
            return
        if known is not None:
            self._audition_ready(known)  # the same in another light: nothing is read or measured again
        else:
            self._miss({})
            self._sounds.load(cue, comparison.candidates, folder)
        self._choose(self.letters()[0])

    def _leave_out(self, left_out: frozenset[str]) -> None:
        """Who is heard while it goes to the trash gives way to the next."""
        if left_out == self._lineup.left_out:
            return
        self._lineup.left_out = left_out
        letters = self.letters()
        if self.letter is not None and self.letter not in letters:
            later = [letter for letter in letters if letter > self.letter]
            if not letters:
                self.hear_mix()
            else:
                self.choose((later or list(letters)[-1:])[0])
        elif self.letter is None and letters and not self.playing:
            self._choose(letters[0])

    def letters(self) -> Sequence[str]:
        return self._lineup.letters()

    def candidate(self, letter: str) -> Candidate | None:
        return self._lineup.candidate(letter)

    def hear(self, letter: str) -> None:
        """Switch to this candidate at the same playhead; begin at the cue when nothing plays. The ear comes first:
        what the eye is told takes many blocks of sound."""
        if letter not in self.letters() or self.span is None:
            return
        self._end_file()
        self.note_heard()
        self._mean(letter)
        read = self._hand_over()
        silent = self._lineup.why_silent(letter) if read else ""
        if read and not silent:
            self.transport.switch(letter)
            self._playhead.begin(self.span)
        self.letter_changed.emit()
        if not read:
            self._when_read = lambda: self.hear(letter)
        elif silent:
            self.failed.emit(silent)
        else:
            self._playhead.watch()

    def choose(self, letter: str) -> None:
        """This candidate is meant from now on; it is heard only where something is heard already."""
        if self.playing and not self.file:
            self.hear(letter)
        elif letter in self.letters():
            self._choose(letter)

    def _choose(self, letter: str) -> None:
        self._mean(letter)
        self.letter_changed.emit()

    def _mean(self, letter: str) -> None:
        self.letter = letter
        self._playhead.show_loop()

    def hear_mix(self) -> None:
        """The tracks as they lie."""
        self._end_file()
        self._make_room()
        self.letter, self._when_read = None, None
        self._play_what_is_chosen()
        self._playhead.show_loop()
        self._playhead.go_on_to_the_end()
        self.letter_changed.emit()

    def toggle(self) -> None:
        if self.file:
            self._end_file()
        elif self.playing:
            self.pause()
        elif self.letter is not None:
            self.hear(self.letter)
        else:
            self._playhead.play()
        self._playhead.watch()

    def pause(self) -> None:
        self._end_file()
        self._when_read = None
        self._playhead.pause()
        self.note_heard()
        self._playhead.watch()

    def play_span(self, span: Span) -> None:
        """A stretch of what is chosen, with its run-up; then back to its start."""
        self._end_file()
        if self.letter is not None and not self._hand_over():
            self._when_read = lambda: self.play_span(span)
            return
        self._playhead.begin_with_run_up(span)

    def shuttle(self, direction: int, slow: bool = False) -> None:
        """On or back (1, -1), faster each time; or `slow`, at half the speed."""
        self._end_file()
        if self.letter is not None and self._hand_over():
            self.transport.switch(self.letter)
        self._playhead.shuttle(direction, slow)

    def scrub(self, at: int) -> None:
        """The hand drags the playhead: each place is seen, and heard in passing."""
        self._end_file()
        if not self._playhead.held:
            self.note_heard()
        self._playhead.scrub(at)

    def show_mix(self, project: Project, folder: Path, length: int) -> None:
        """The project has changed: hear and draw it as it is now."""
        super().show_mix(project, folder, length)
        self._lineup.change_mix(self._mix())

    def set_span(self, span: Span | None, region: Span | None = None) -> None:
        """What loops when no candidates are compared, and the part of it that is selected."""
        super().set_span(span if self.comparison is None else self.span, region)

    def _play_what_is_chosen(self) -> None:
        """The mix at once; candidates when they are asked for."""
        if self.letter is None:
            super()._play_what_is_chosen()

    def _make_room(self) -> None:
        self.note_heard()
        self._lineup.handed_over = False

    def note_heard(self) -> None:
        """Tell the comparison how long each candidate was heard so far."""
        self._lineup.note_heard(self.transport)

    def _audition_ready(self, audition: Audition) -> None:
        if not self._lineup.take(audition):
            return
        self._miss(audition.missing)
        wanted, self._when_read = self._when_read, None
        if wanted is not None and self.letter is not None:
            wanted()

    def _miss(self, missing: dict[str, str]) -> None:
        if missing != self._lineup.missing:
            self._lineup.missing = missing
            self.missing_changed.emit()

    def _hand_over(self) -> bool:
        """The candidates to the transport; False while their sounds are being read."""
        length = self._playhead.length
        mix = self._mix() if length and not self._lineup.handed_over and self.read else None
        return self._lineup.hand_over(self.transport, self.span, length, self.letter, mix)

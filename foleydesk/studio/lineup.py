"""A cue's candidates lined up to be heard: their letters, their sounds, and how long each was heard."""

from __future__ import annotations

from collections.abc import Sequence

from engine.spec import Candidate, Span
from foleydesk.document.comparison import Comparison
from foleydesk.playback.transport import Transport
from foleydesk.playback.voices import MixVoice, Outside
from foleydesk.workers.sound_thread import Audition


class Lineup:
    """One comparison at a time. Its sounds come later than it does (`take`), and are handed over once (`hand_over`)."""

    def __init__(self) -> None:
        self.cue = ""
        self.comparison: Comparison | None = None
        self.left_out: frozenset[str] = frozenset()
        """Ids of those in the trash; the others keep their letters."""
        self.missing: dict[str, str] = {}
        """Candidates, by id, whose sound cannot be read, each with a sentence."""
        self.handed_over = False
        """Whether the transport has these candidates now."""
        self._audition: Audition | None = None
        self._around: Outside | None = None
        """What is heard before and after the candidates."""
        self._noted: dict[str, int] = {}
        """Samples of each letter that the comparison was told of."""

    @property
    def read(self) -> bool:
        """Whether their sounds have come."""
        return self._audition is not None

    def letters(self) -> Sequence[str]:
        return tuple(letter for letter, one in self._all() if one.id not in self.left_out)

    def candidate(self, letter: str) -> Candidate | None:
        if self.comparison is None or letter not in self.letters():
            return None
        return self.comparison.candidate(letter)

    def why_silent(self, letter: str) -> str:
        """Why a candidate cannot be heard; empty where it can."""
        candidate = self.candidate(letter)
        return self.missing.get(candidate.id, "") if candidate else ""

    def begin(self, cue: str, comparison: Comparison | None, left_out: frozenset[str]) -> Audition | None:
        """Others from now on; gives the sounds that were read before, where they are those of the same candidates."""
        before, self._audition = self._audition, None
        self.cue, self.comparison, self.left_out = cue, comparison, left_out
        self.handed_over, self._around = False, None
        return before if before is not None and self._fits(before) else None

    def take(self, audition: Audition) -> bool:
        """The sounds have been read; False when they are not those of these candidates."""
        if self.comparison is None or not self._fits(audition):
            return False
        self._audition = audition
        for name, gain_db in audition.gains_db.items():
            self.comparison.gain(name, gain_db)
        return True

    def hand_over(
        self, transport: Transport, span: Span | None, length: int, letter: str | None, mix: MixVoice | None
    ) -> bool:
        """To the transport, within the mix where there is one; False while their sounds are being read."""
        if self.handed_over:
            return True
        if self._audition is None or span is None:
            return False
        audition = self._audition
        here = {letter: one.id for letter, one in self._all() if one.id in audition.sounds}
        sounds = {letter: audition.sounds[name] for letter, name in here.items()}
        gains = {letter: audition.gains_db.get(name, 0.0) for letter, name in here.items()}
        self._around = Outside(mix, span) if mix is not None else None
        transport.set_candidates(sounds, span.start, gains, length, letter, self._around)
        self._noted = {}
        self.handed_over = True
        return True

    def change_mix(self, mix: MixVoice) -> None:
        """Another mix is heard before and after them from now on."""
        if self._around is not None:
            self._around.voice = mix

    def note_heard(self, transport: Transport) -> None:
        """Tell the comparison how long each was heard so far."""
        if self.comparison is None or not self.handed_over:
            return
        for letter, samples in transport.heard().items():
            if letter in self.comparison.letters:
                self.comparison.heard(self.comparison.candidate(letter).id, samples - self._noted.get(letter, 0))
                self._noted[letter] = samples

    def _all(self) -> Sequence[tuple[str, Candidate]]:
        if self.comparison is None:
            return ()
        return tuple(zip(self.comparison.letters, self.comparison.shown, strict=True))

    def _fits(self, audition: Audition) -> bool:
        compared = {one.id for one in self.comparison.candidates} if self.comparison else set()
        return audition.cue == self.cue and {*audition.sounds, *audition.missing} == compared

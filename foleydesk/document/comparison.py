"""Candidates side by side: in which order and under which letters they are shown, what was heard, what was chosen."""

from __future__ import annotations

import random
from collections.abc import Sequence
from string import ascii_uppercase

from engine.spec import SAMPLE_RATE, Candidate, Refused
from foleydesk import __version__
from foleydesk.document.ids import new_id
from training.preferences.events import Action, PickEvent, now


class Comparison:
    """One sitting over one batch. A seed shuffles the letters; without one they follow the ranking."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        seed: int | None = None,
        blind: bool = False,
        project: str = "",
        cue: str = "",
    ) -> None:
        if not candidates:
            raise Refused("There is nothing to compare yet; press G to generate candidates.")
        self.candidates = tuple(candidates)
        """As ranked."""
        self.shown = _shuffled(self.candidates, seed)
        """In the order of the letters."""
        self.letters = tuple(ascii_uppercase[: len(self.candidates)])
        self.blind = blind
        self.project, self.cue = project, cue
        self.decided = False
        self.revealed = False
        """Looked at before the decision: from then on it is not blind any more."""
        self.switches = 0
        """How often another candidate was listened to."""
        self._heard = {candidate.id: 0 for candidate in self.candidates}
        self._gains = {candidate.id: 0.0 for candidate in self.candidates}
        self._last_heard: str | None = None

    @property
    def hidden(self) -> bool:
        """Whether scores and recipes are kept from the listener."""
        return self.blind and not (self.decided or self.revealed)

    @property
    def heard_ms(self) -> dict[str, float]:
        return {name: round(samples * 1000 / SAMPLE_RATE, 1) for name, samples in self._heard.items()}

    def candidate(self, letter: str) -> Candidate:
        """Raises Refused when no candidate has this letter."""
        if letter not in self.letters:
            raise Refused(f"There is no candidate {letter}; there are {self.letters[0]} to {self.letters[-1]}.")
        return self.shown[self.letters.index(letter)]

    def letter(self, candidate_id: str) -> str:
        """Raises Refused when it is not compared here."""
        for letter, candidate in zip(self.letters, self.shown, strict=True):
            if candidate.id == candidate_id:
                return letter
        raise Refused(f"The candidate {candidate_id} is not one of those compared.")

    def heard(self, candidate_id: str, samples: int) -> None:
        """So much more of it was played."""
        self.letter(candidate_id)
        if samples <= 0:
            return
        if self._last_heard not in (None, candidate_id):
            self.switches += 1
        self._last_heard = candidate_id
        self._heard[candidate_id] += samples

    def gain(self, candidate_id: str, gain_db: float) -> None:
        """It is played this much louder, to be as loud as the others."""
        self.letter(candidate_id)
        self._gains[candidate_id] = gain_db

    def rank(self, letter: str) -> int:
        """The candidate's place in the ranking, counted from 1."""
        return self.candidates.index(self.candidate(letter)) + 1

    def pick(self, letter: str) -> PickEvent:
        return self._decide("pick", self.candidate(letter))

    def tie(self) -> PickEvent:
        """Equally good."""
        return self._decide("tie", None)

    def none_good(self) -> PickEvent:
        return self._decide("none", None)

    def _decide(self, action: Action, winner: Candidate | None) -> PickEvent:
        self.decided = True
        recipe = (winner or self.candidates[0]).recipe
        return PickEvent(
            id=new_id(),
            at=now(),
            project=self.project,
            cue=self.cue,
            media_hash=recipe.media_hash,
            span=recipe.span,
            prompt=recipe.prompt,
            action=action,
            shown=tuple(candidate.id for candidate in self.shown),
            letters=self.letters,
            heard_ms=self.heard_ms,
            gains_db=dict(self._gains),
            winner=winner.id if winner else None,
            model=recipe.model,
            adapter=recipe.adapter,
            blind=self.blind and not self.revealed,
            app_version=__version__,
        )


def _shuffled(candidates: tuple[Candidate, ...], seed: int | None) -> tuple[Candidate, ...]:
    if seed is None:
        return candidates
    return tuple(random.Random(seed).sample(candidates, len(candidates)))

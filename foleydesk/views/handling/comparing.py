"""What is done to candidates: hearing one or the other, and saying what they are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foleydesk.studio.studio import Studio
    from foleydesk.views.main_window import MainWindow

NEED_CANDIDATES = ("pick", "tie", "none")
NEED_CHOSEN = ("keep", "trash", "note")


class CompareHandling:
    """One method an action, of the action's name."""

    window: MainWindow
    studio: Studio

    def can_compare(self, action_id: str) -> bool | None:
        """None for what is not about candidates."""
        if action_id in NEED_CANDIDATES:
            return bool(self.studio.listening.letters())
        if action_id in NEED_CHOSEN:
            return self.window.choosing.take() is not None
        if action_id == "reveal":
            return self.window.choosing.hidden
        if action_id.startswith("candidate_"):
            return letter_of(int(action_id[-1])) in self.studio.listening.letters()
        if action_id in ("batch_back", "batch_on"):
            place, count = self.window.choosing.place
            return place > 1 if action_id == "batch_back" else place < count
        return None

    def hear_number(self, number: int) -> None:
        """1 is A, whatever lies in the trash."""
        self.studio.listening.hear(letter_of(number))

    def batch_back(self) -> None:
        self.window.choosing.turn(-1)

    def batch_on(self) -> None:
        self.window.choosing.turn(1)

    def pick(self) -> None:
        self.window.choosing.pick()

    def tie(self) -> None:
        self.window.choosing.tie()

    def none(self) -> None:
        self.window.choosing.none_good()

    def keep(self) -> None:
        self.window.choosing.keep()

    def trash(self) -> None:
        self.window.choosing.trash()

    def note(self) -> None:
        letter = self.studio.listening.letter
        if letter is not None:
            self.window.candidates.write_note(letter)

    def blind(self) -> None:
        self.window.choosing.set_blind(not self.window.choosing.blind)

    def reveal(self) -> None:
        self.window.choosing.reveal()


def letter_of(number: int) -> str:
    return chr(ord("A") + number - 1)

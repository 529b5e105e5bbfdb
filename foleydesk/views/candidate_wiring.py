"""The cards of the chosen cue joined to the window: which one is meant, what is said on it, and its menu."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from engine.spec import Candidate
from foleydesk.studio.abilities import abilities_of
from foleydesk.views.card import Beside
from foleydesk.views.nothing_made import nothing_made

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow


class CandidateWiring(QObject):
    """Between studio.listening, choosing and the candidates' panel."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.studio = window.studio
        self.choosing = window.choosing
        self.candidates = window.candidates
        self.choosing.changed.connect(self.show_candidates)
        self.studio.listening.letter_changed.connect(self.letter_changed)
        self.candidates.audition.connect(self.studio.listening.hear)
        self.candidates.pick.connect(self.choosing.pick)
        self.candidates.blind.connect(self.choosing.set_blind)
        self.candidates.turned.connect(self.choosing.turn)
        self.candidates.menu_wanted.connect(self._card_menu)
        window.variation.asked.connect(self._vary)

    def show_candidates(self) -> None:
        listening = self.studio.listening
        shown = []
        for letter in listening.letters():
            candidate = listening.candidate(letter)
            if candidate is not None:
                shown.append((letter, candidate, self.window.sights.levels(candidate)))
        hidden = self.choosing.hidden
        besides = {letter: self.beside(letter, candidate, hidden) for letter, candidate, _ in shown}
        self.candidates.show_candidates(self.title(), shown, self.choosing.blind, hidden, besides)
        self.candidates.show_place(*self.choosing.place)
        self.say_why_none()
        self.window.menus.check("blind", self.choosing.blind)
        self.letter_changed()

    def title(self) -> str:
        cue = self.studio.cue
        if cue is None:
            return self.tr("Candidates")
        return self.tr("Candidates · cue {number}").format(number=self.studio.number(cue.id))

    def beside(self, letter: str, candidate: Candidate, hidden: bool) -> Beside:
        """What a card says besides its scores."""
        kept, note = self.choosing.said_of(letter)
        origin = "" if hidden else self.choosing.origin(candidate)
        words = " · ".join(part for part in (self.choosing.revealed(letter), origin) if part)
        return Beside(words, kept, note, self.studio.listening.missing.get(candidate.id, ""))

    def say_why_none(self) -> None:
        making, trashed = self.studio.cue_id in self.studio.making.busy_cues(), bool(self.choosing.candidates())
        self.candidates.say_nothing(nothing_made(self.studio.project, self.studio.span, making, trashed))

    def letter_changed(self) -> None:
        listening = self.studio.listening
        self.candidates.show_lit(listening.letter, listening.playing, None)
        self.window.prompt.show_picking(listening.letter, len(listening.letters()) > 1)
        self.window.sounding.show_sound()
        self.window.menus.refresh()

    def _card_menu(self, letter: str, where: QPoint) -> None:
        """The same actions as in the menus, for the candidate that the menu was opened on."""
        self.studio.listening.choose(letter)
        menu = QMenu(self.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("pick", "keep", "note", "vary", "anew", "reference_take", "trash"):
            menu.addAction(self.window.menus.actions[name])
        menu.popup(where)

    def open_variation(self) -> None:
        """How far from the candidate that is meant, or from the one that was picked."""
        why_not = abilities_of(self.studio.project.model).no_variation if self.studio.project else ""
        if why_not:
            self.window.message.refuse(why_not)
            return
        letter = self.studio.listening.letter
        card = next((card for card in self.candidates.cards if card.letter == letter), None)
        beside: QWidget = card or self.candidates
        what = f"{letter}" if letter else self.tr("the one picked")
        self.window.variation.open_at(beside.mapToGlobal(QPoint(-8, 0)), what, self.window.kept.variation)

    def _vary(self, strength: float) -> None:
        self.window.kept = replace(self.window.kept, variation=strength)
        self.choosing.vary(strength)

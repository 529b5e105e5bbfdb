"""The chosen cue joined to the window: list and inspector, span and events, prompt, and what it is to be like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from foleydesk.studio.abilities import abilities_of
from foleydesk.views import showing

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow


class CueWiring(QObject):
    """Between the studio's cue and every view that shows a part of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.studio = window.studio
        self.cues = window.cues
        self.timeline = window.timeline
        self.studio.cue_changed.connect(self.cue_changed)
        self.studio.region_changed.connect(self._region_changed)
        self.studio.suggesting.found.connect(self.show_suggestions)
        self.studio.curve_found.connect(self.show_events)
        self.studio.listening.file_changed.connect(self._file_changed)
        window.timeline.wishes.select.connect(self._selected)
        self.cues.chosen.connect(self.studio.choose_cue)
        self.cues.activated.connect(lambda cue: window.handlers.fit_cue())
        self.cues.inspector.negative_said.connect(self.studio.say_negative)
        reference = self.cues.inspector.reference
        reference.wanted.connect(window.handlers.reference)
        reference.heard.connect(window.handlers.reference_hear)
        reference.cleared.connect(window.handlers.reference_clear)
        reference.dropped.connect(lambda path: self.studio.referring.choose(Path(path)))
        window.prompt.prompt.taken.connect(self.studio.take_prompt)
        window.prompt.prompt.entered.connect(self.show_suggestions)
        window.prompt.said.connect(self.studio.say_prompt)

    def cue_changed(self) -> None:
        self.show_cues()
        span = self.studio.span
        if self.studio.cue is not None and span is not None and not self.studio.listening.playing:
            self.studio.listening.seek(span.start)

    def show_cues(self) -> None:
        project, rate, cue = self.studio.project, self.studio.rate, self.studio.cue
        rows = showing.cue_rows(project, rate, self.studio.making.busy_cues()) if project and rate else ()
        self.cues.show_cues(rows, cue.id if cue else None)
        title = self.tr("New cue") if self.studio.span else self.tr("No cue")
        if project and cue:
            title = self.tr("Cue {number}").format(number=self.studio.number(cue.id))
        curve = self.studio.curves.get(cue.id) if cue else None
        events = showing.events_in_words(cue, curve)
        self.cues.inspector.show_cue(title, cue.negative if cue else "", events, cue is not None)
        self.window.lanes.show_cues()
        self.window.prompt.show_prompt(cue.prompt if cue else self.studio.draft)
        self.window.candidates.heading.setText(self.window.cards.title())
        self.show_reference()
        self.show_span()
        self.show_events()
        self.window.show_header()
        self.window.menus.refresh()

    def show_reference(self) -> None:
        project, cue = self.studio.project, self.studio.cue
        why_not = abilities_of(project.model).no_reference if project else ""
        path = cue.reference.path if cue and cue.reference else ""
        cue_of_take = showing.cue_of_take(project, path) if project else None
        of_cue = self.tr("take of cue {number}")
        name = of_cue.format(number=self.studio.number(cue_of_take)) if cue_of_take else ""
        self.cues.inspector.reference.show_reference(path, why_not, cue is not None, name)

    def show_suggestions(self) -> None:
        field = self.window.prompt.prompt
        field.suggest(self.studio.suggestions(writing=field.hasFocus()))

    def _selected(self, start: int, end: int) -> None:
        self.studio.select(start, end)
        self._region_changed()

    def _region_changed(self) -> None:
        self.timeline.show_region(self.studio.region)
        self.studio.listening.set_span(self.studio.span, self.studio.region)
        self.window.menus.refresh()

    def show_span(self) -> None:
        span = self.studio.span
        self.timeline.show_span(span)
        self.studio.listening.set_span(span, self.studio.region)
        self.show_suggestions()

    def show_events(self, cue_id: str = "") -> None:
        cue = self.studio.cue
        if cue_id and (cue is None or cue.id != cue_id):
            return
        curve = self.studio.curves.get(cue.id) if cue else None
        span = cue.span if cue else None
        self.timeline.show_events(showing.events_of(cue, curve), curve, span)
        self.cues.inspector.events.setText(showing.events_in_words(cue, curve))

    def _file_changed(self) -> None:
        cue, playing = self.studio.cue, self.studio.listening.file
        self.cues.inspector.reference.show_playing(
            bool(playing) and cue is not None and cue.reference is not None and cue.reference.path == playing
        )

"""Marks, cues, prompts and events of the open project, as the hand changes them."""

from __future__ import annotations

from engine.spec import SAMPLE_RATE, Event, Refused, Span, Suggestion
from foleydesk.document.edits import AddCue, ChangeCue, RemoveCue, SetEvents, SetMarks
from foleydesk.document.ids import new_id
from foleydesk.document.project import Cue
from foleydesk.studio.abilities import abilities_of
from foleydesk.studio.making import Making
from foleydesk.studio.opened import Opened, refusing
from foleydesk.studio.suggesting import Suggesting

SHORTEST_REGION = SAMPLE_RATE // 50
"""Less than 20 ms is a slip of the hand, not a part of a sound."""


class Cueing(Opened):
    """Each of these is an edit, or a choice."""

    def __init__(self) -> None:
        super().__init__()
        self.making = Making(self)
        self.suggesting = Suggesting(self, self.making)

    @refusing
    def select(self, start: int, end: int) -> None:
        """A part of the chosen cue, to make it anew; next to nothing selects nothing."""
        cue = self.cue
        if cue is None:
            raise Refused("Choose a cue first; the selection is a part of it.")
        region = Span(max(start, cue.start), min(end, cue.end))
        self._set_region(region if region.length >= SHORTEST_REGION else None)

    def mark(self, start: int, end: int) -> None:
        """In and out, at whole frames; a cue begins to be when it is asked for."""
        span = self._whole_frames(start, end)
        if span is not None and self.do(SetMarks(span)):
            self.choose_cue(None)

    def reshape(self, start: int, end: int) -> None:
        """Other ends for the chosen cue, or else for the marks, at whole frames."""
        cue = self.cue
        span = self._whole_frames(start, end)
        if span is None:
            return
        if not (self.do(ChangeCue(cue.id, start=span.start, end=span.end)) if cue else self.do(SetMarks(span))):
            self.cue_changed.emit()
        elif cue is not None:
            self.curves.pop(cue.id, None)
            self.cue_changed.emit()

    def _whole_frames(self, start: int, end: int) -> Span | None:
        """From the frame under `start` to behind the frame under `end`, within the picture."""
        project, rate = self.project, self.rate
        if project is None or rate is None or project.media is None:
            return None
        first = rate.samples_at(rate.frame_at(max(0, start)))
        last = min(project.media.length, rate.samples_at(rate.frame_at(max(0, end - 1)) + 1))
        return Span(first, last) if last > first else None

    def clear_marks(self) -> None:
        """The selection first, then the marks."""
        if self.region is not None:
            self._set_region(None)
            return
        if self.project and self.project.marks is not None:
            self.do(SetMarks(None))

    def say_prompt(self, text: str) -> None:
        cue = self.cue
        if cue is None:
            self.draft = text
        elif cue.prompt != text:
            self.do(ChangeCue(cue.id, prompt=text))

    def take_prompt(self, text: str) -> None:
        """A suggestion that was taken: a step of its own on the way back."""
        if self.desk is not None:
            self.desk.seal()
            self.say_prompt(text)
            self.desk.seal()

    def suggestions(self, writing: bool) -> tuple[Suggestion, ...]:
        """What might be heard in what is marked, where nothing has been said yet; what is not known comes later.

        `writing`: a prompt is about to be written, so that a short picture counts as marked.
        """
        project, span = self.project, self.span or (self.whole if writing else None)
        silent = not (self.cue.prompt if self.cue else self.draft)
        if project is None or project.media is None or span is None or not silent:
            self.suggesting.leave()
            return ()
        if not abilities_of(project.model).suggestions:
            return ()
        return self.suggesting.of(project.media, span, project.model)

    def say_negative(self, text: str) -> None:
        cue = self.cue
        if cue is not None and cue.negative != text:
            self.do(ChangeCue(cue.id, negative=text))

    @refusing
    def add_cue(self) -> Cue | None:
        """A cue from the marks, with the prompt as it stands."""
        _, desk = self._open_project()
        marks = desk.project.marks
        if marks is None:
            raise Refused("Mark in and out first: press I and O, or drag over the picture.")
        cue = Cue(id=new_id(), start=marks.start, end=marks.end, prompt=self.draft)
        desk.do(AddCue(cue))
        self.draft = ""
        self.choose_cue(cue.id)
        return cue

    def remove_cue(self) -> None:
        cue = self.cue
        if cue is not None and self.do(RemoveCue(cue.id)):
            left = self.project.cues if self.project else ()
            self.choose_cue(left[0].id if left else None)

    def set_events(self, events: tuple[Event, ...] | None) -> None:
        """None leaves them to the program again."""
        cue = self.cue
        if cue is not None and cue.events != events:
            self.do(SetEvents(cue.id, events))

    @refusing
    def find_events(self) -> None:
        """Look for what should sound within the chosen cue."""
        _, desk = self._open_project()
        cue, media = self.cue, desk.project.media
        if cue is None or media is None:
            raise Refused("Choose a cue first; its events are found within its span.")
        self.making.spot(media.path, cue.span, cue.id)

    def step_cue(self, by: int) -> None:
        cues = self.project.cues if self.project else ()
        if not cues:
            return
        ids = [cue.id for cue in sorted(cues, key=lambda cue: cue.start)]
        at = ids.index(self.cue_id) + by if self.cue_id in ids else 0
        self.choose_cue(ids[at % len(ids)])

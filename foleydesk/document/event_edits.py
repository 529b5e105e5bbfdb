"""Edits of a cue's events: each is known by its time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.spec import Event, Refused
from foleydesk.document.edit import Edit
from foleydesk.document.ids import CueId
from foleydesk.document.project import Cue, Project
from foleydesk.document.rules import check_cue

Found = tuple[Event, ...]
"""What the spotter found. An edit of events that were left to it begins with these."""


@dataclass(frozen=True)
class SetEvents(Edit):
    """Where the cue should sound, in the designer's own view; None leaves it to the spotter again."""

    cue: CueId
    events: tuple[Event, ...] | None
    text = "Change Events"

    def apply(self, project: Project) -> Project:
        cue = in_order(replace(project.cue(self.cue), events=self.events))
        check_cue(cue, project)
        return project.with_cue(cue)

    def merges_with(self, earlier: Edit) -> bool:
        """One drag keeps the number of events."""
        if not isinstance(earlier, SetEvents) or earlier.cue != self.cue:
            return False
        return self.events is not None and earlier.events is not None and len(self.events) == len(earlier.events)


class EventEdit(Edit):
    """An edit of the events as they are now, by hand or found; afterwards they are set by hand."""

    cue: CueId
    found: Found

    def change(self, events: Found) -> Found:
        raise NotImplementedError

    def apply(self, project: Project) -> Project:
        return SetEvents(self.cue, self.change(_events(project, self.cue, self.found))).apply(project)


@dataclass(frozen=True)
class AddEvent(EventEdit):
    """Where there is one already, its strength changes."""

    cue: CueId
    event: Event
    found: Found = ()
    text = "Add Event"

    def change(self, events: Found) -> Found:
        return (*(event for event in events if event.at != self.event.at), self.event)


@dataclass(frozen=True)
class MoveEvent(EventEdit):
    """The event at `at` happens at `to`."""

    cue: CueId
    at: int
    to: int
    found: Found = ()
    text = "Move Event"

    def change(self, events: Found) -> Found:
        if self.to != self.at and any(event.at == self.to for event in events):
            raise Refused("There is an event at this moment already; move it elsewhere.")
        return _instead(events, self.at, replace(_at(events, self.at), at=self.to))

    def merges_with(self, earlier: Edit) -> bool:
        return isinstance(earlier, MoveEvent) and earlier.cue == self.cue and earlier.to == self.at


@dataclass(frozen=True)
class SetStrength(EventEdit):
    """How hard the event at `at` sounds, 0 to 1."""

    cue: CueId
    at: int
    strength: float
    found: Found = ()
    text = "Change Event"

    def change(self, events: Found) -> Found:
        return _instead(events, self.at, replace(_at(events, self.at), strength=self.strength))

    def merges_with(self, earlier: Edit) -> bool:
        return isinstance(earlier, SetStrength) and (earlier.cue, earlier.at) == (self.cue, self.at)


@dataclass(frozen=True)
class RemoveEvents(EventEdit):
    cue: CueId
    ats: tuple[int, ...]
    found: Found = ()
    text = "Remove Event"

    def change(self, events: Found) -> Found:
        for at in self.ats:
            _at(events, at)
        return tuple(event for event in events if event.at not in self.ats)


@dataclass(frozen=True)
class ShiftEvents(EventEdit):
    """All of the cue's events so much later (earlier, when negative), as when everything found comes late."""

    cue: CueId
    by: int
    found: Found = ()
    text = "Shift Events"

    def change(self, events: Found) -> Found:
        return tuple(replace(event, at=event.at + self.by) for event in events)

    def merges_with(self, earlier: Edit) -> bool:
        return isinstance(earlier, ShiftEvents) and earlier.cue == self.cue


def _events(project: Project, cue: CueId, found: Found) -> tuple[Event, ...]:
    """Those set by hand, else those found that lie within the cue."""
    known = project.cue(cue)
    if known.events is not None:
        return known.events
    return tuple(event for event in found if known.start <= event.at < known.end)


def _at(events: tuple[Event, ...], at: int) -> Event:
    for event in events:
        if event.at == at:
            return event
    raise Refused("There is no event at this moment (any more).")


def _instead(events: tuple[Event, ...], at: int, new: Event) -> tuple[Event, ...]:
    """The events with another one in place of the first at `at`."""
    place = next(i for i, event in enumerate(events) if event.at == at)
    return (*events[:place], new, *events[place + 1 :])


def in_order(cue: Cue) -> Cue:
    """The cue with its events by time."""
    if cue.events is None:
        return cue
    return replace(cue, events=tuple(sorted(cue.events, key=lambda event: event.at)))

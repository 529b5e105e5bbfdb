"""Edits of what is to be scored: the picture, the marks, the cues, and the model that is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.spec import Refused, Span
from foleydesk.document.edit import Edit
from foleydesk.document.event_edits import in_order
from foleydesk.document.ids import CueId
from foleydesk.document.project import Cue, Media, Project, Reference
from foleydesk.document.rules import check, check_cue, check_marks


@dataclass(frozen=True)
class OpenMedia(Edit):
    """Put a picture into the project, or the same picture from another place."""

    media: Media
    text = "Open Picture"

    def apply(self, project: Project) -> Project:
        if self.media.length < 1:
            raise Refused(f"{self.media.path} has no length; open another file.")
        if project.media is not None and project.media.hash == self.media.hash:
            return check(_counted(project.with_media(self.media)))
        if project.cues or project.clips:
            raise Refused(f"The project is scored to another picture; begin a new project for {self.media.path}.")
        project = project.with_media(self.media).with_marks(None)
        fitting = tuple(marker for marker in project.markers if marker.at < self.media.length)
        return check(_counted(replace(project, markers=fitting)))


@dataclass(frozen=True)
class SetMarks(Edit):
    """Mark in and out; None clears them."""

    marks: Span | None
    text = "Mark"

    def apply(self, project: Project) -> Project:
        check_marks(self.marks, project)
        return project.with_marks(self.marks)

    def merges_with(self, earlier: Edit) -> bool:
        return isinstance(earlier, SetMarks) and self.marks is not None and earlier.marks is not None


@dataclass(frozen=True)
class AddCue(Edit):
    cue: Cue
    text = "Add Cue"

    def apply(self, project: Project) -> Project:
        if any(cue.id == self.cue.id for cue in project.cues):
            raise Refused("This cue is in the project already.")
        cue = in_order(self.cue)
        check_cue(cue, project)
        return project.with_cue(cue)


@dataclass(frozen=True)
class ChangeCue(Edit):
    """None leaves a field as it is. Events that a new span leaves outside are let go."""

    cue: CueId
    start: int | None = None
    end: int | None = None
    prompt: str | None = None
    negative: str | None = None
    category: str | None = None
    status: str | None = None
    name: str | None = None
    notes: str | None = None
    character: str | None = None
    text = "Change Cue"

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "cue" and value is not None}

    def apply(self, project: Project) -> Project:
        cue = replace(project.cue(self.cue), **self.changes)
        if cue.events is not None:
            cue = replace(cue, events=tuple(event for event in cue.events if cue.start <= event.at < cue.end))
        check_cue(cue, project)
        return project.with_cue(cue)

    def merges_with(self, earlier: Edit) -> bool:
        """One drag of an edge, or one stretch of typing."""
        return isinstance(earlier, ChangeCue) and earlier.cue == self.cue and set(earlier.changes) == set(self.changes)


@dataclass(frozen=True)
class RemoveCue(Edit):
    """Remove the cue with its takes and the clips that play them; the sounds stay on disk."""

    cue: CueId
    text = "Remove Cue"

    def apply(self, project: Project) -> Project:
        gone = project.cue(self.cue)
        project = project.without_clips(clip.id for clip in project.clips_of(self.cue))
        return replace(
            project,
            cues=tuple(cue for cue in project.cues if cue != gone),
            takes=tuple(take for take in project.takes if take.cue != self.cue),
        )


@dataclass(frozen=True)
class SetReference(Edit):
    """What the cue should sound like; None: it is free. A file that was lost is found again for every cue."""

    cue: CueId
    reference: Reference | None
    text = "Change Reference Sound"

    def apply(self, project: Project) -> Project:
        new = self.reference
        if new is not None and not (new.path and new.hash):
            raise Refused("A reference sound needs a file; choose one.")
        project = project.with_cue(replace(project.cue(self.cue), reference=new))
        if new is None:
            return project
        return project.with_references(lambda known: new if known.hash == new.hash else known)


@dataclass(frozen=True)
class ChooseModel(Edit):
    """What the next candidates are made with."""

    model: str
    adapter: str | None = None
    text = "Choose Model"

    def apply(self, project: Project) -> Project:
        if not self.model:
            raise Refused("Choose a model by its name.")
        return replace(project, model=self.model, adapter=self.adapter)


def _counted(project: Project) -> Project:
    """Without dropped frames where the picture's rate knows none."""
    return replace(project, drop=project.drop and project.rate.can_drop)

"""Edits of what was made for a cue: keep it, say what it is worth, let it go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.spec import Refused
from foleydesk.document.edit import Edit
from foleydesk.document.ids import TakeId
from foleydesk.document.project import Kept, Project, Status, Take


@dataclass(frozen=True)
class AddTakes(Edit):
    """Keep candidates for their cues. One that the cue has already is not kept twice."""

    takes: tuple[Take, ...]
    text = "Add Takes"

    def apply(self, project: Project) -> Project:
        for take in self.takes:
            cue = project.cue(take.cue)
            if any(take.candidate.id == known.candidate.id for known in project.takes_of(take.cue)):
                continue
            if take.id in project.sources:
                raise Refused("This take is in the project already.")
            if take.candidate.length < 1:
                raise Refused(f"The sound {take.candidate.wav} has no length; generate it again.")
            project = project.with_take(take)
            if cue.status == Status.TO_DO:
                project = project.with_cue(replace(cue, status=Status.GENERATED))
        return project


@dataclass(frozen=True)
class SetTake(Edit):
    """Keep, trash and notes; None leaves one as it is. What is in the trash stays on disk and on its track."""

    take: TakeId
    kept: Kept | None = None
    notes: str | None = None

    @property
    def text(self) -> str:
        if self.kept is None:
            return "Change Notes"
        return {Kept.KEPT: "Keep Take", Kept.TRASHED: "Trash Take", Kept.OPEN: "Reconsider Take"}[self.kept]

    def apply(self, project: Project) -> Project:
        take = project.take(self.take)
        kept = take.kept if self.kept is None else self.kept
        notes = take.notes if self.notes is None else self.notes
        return project.with_take(replace(take, kept=kept, notes=notes))

    def merges_with(self, earlier: Edit) -> bool:
        """One stretch of typing."""
        return isinstance(earlier, SetTake) and earlier.take == self.take and (self.kept, earlier.kept) == (None, None)


@dataclass(frozen=True)
class RemoveTakes(Edit):
    """Take them out of the project; the sounds stay on disk."""

    takes: tuple[TakeId, ...]
    text = "Remove Takes"

    def apply(self, project: Project) -> Project:
        gone = {project.take(name).id for name in self.takes}
        if any(clip.take in gone for clip in project.clips):
            raise Refused("A take that lies on a track cannot be removed; remove its clip first.")
        return replace(project, takes=tuple(take for take in project.takes if take.id not in gone))

"""What an edit is."""

from __future__ import annotations

from dataclasses import dataclass

from foleydesk.document.project import Project


@dataclass(frozen=True)
class Edit:
    """One verb of the user. `apply` gives the changed project or raises Refused; it never changes half."""

    @property
    def text(self) -> str:
        """What the undo menu says after Undo."""
        raise NotImplementedError

    def apply(self, project: Project) -> Project:
        raise NotImplementedError

    def merges_with(self, earlier: Edit) -> bool:
        """Whether this goes on with what `earlier` began, so that one undo takes back both."""
        return False


@dataclass(frozen=True)
class Together(Edit):
    """Several edits as one step: all or none."""

    edits: tuple[Edit, ...]
    says: str

    @property
    def text(self) -> str:
        return self.says

    def apply(self, project: Project) -> Project:
        for edit in self.edits:
            project = edit.apply(project)
        return project

"""Edits of the markers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.spec import Refused
from foleydesk.document.edit import Edit
from foleydesk.document.ids import MarkerId
from foleydesk.document.project import Marker, Project
from foleydesk.document.rules import check_marker


@dataclass(frozen=True)
class AddMarker(Edit):
    marker: Marker
    text = "Add Marker"

    def apply(self, project: Project) -> Project:
        if any(marker.id == self.marker.id for marker in project.markers):
            raise Refused("This marker is in the project already.")
        check_marker(self.marker, project)
        return project.with_marker(self.marker)


@dataclass(frozen=True)
class SetMarker(Edit):
    """Position and name; None leaves one as it is."""

    marker: MarkerId
    at: int | None = None
    name: str | None = None

    @property
    def text(self) -> str:
        return "Move Marker" if self.name is None else "Rename Marker"

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "marker" and value is not None}

    def apply(self, project: Project) -> Project:
        changed = replace(project.marker(self.marker), **self.changes)
        check_marker(changed, project)
        return project.with_marker(changed)

    def merges_with(self, earlier: Edit) -> bool:
        """One drag, or one stretch of typing."""
        if not isinstance(earlier, SetMarker) or earlier.marker != self.marker:
            return False
        return set(self.changes) == set(earlier.changes)


@dataclass(frozen=True)
class RemoveMarker(Edit):
    marker: MarkerId
    text = "Remove Marker"

    def apply(self, project: Project) -> Project:
        gone = project.marker(self.marker)
        return replace(project, markers=tuple(marker for marker in project.markers if marker != gone))


def markers_in_order(project: Project) -> tuple[Marker, ...]:
    """By time; those at the same moment as they were set."""
    return tuple(sorted(project.markers, key=lambda marker: marker.at))

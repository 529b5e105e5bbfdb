"""Edits of what is true of the whole project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from foleydesk.document.edit import Edit
from foleydesk.document.project import Project
from foleydesk.document.rules import check_time
from foleydesk.document.timebase import Unit


@dataclass(frozen=True)
class ChangeProject(Edit):
    """What the first frame is called, how time is counted and written, and whether overlaps cross over.

    None leaves one as it is; the fields mean what those of the project mean.
    """

    start: int | None = None
    drop: bool | None = None
    unit: Unit | None = None
    crosses: bool | None = None
    text = "Change Settings"

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value is not None}

    def apply(self, project: Project) -> Project:
        changed = replace(project, **self.changes)
        check_time(changed)
        return changed

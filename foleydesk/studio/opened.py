"""What is open and meant: the project, the chosen cue, the selected part of it. Every refusal is one sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.spec import SAMPLE_RATE, EventCurve, Refused, Span
from foleydesk.document.desk import Desk
from foleydesk.document.edits import Edit
from foleydesk.document.project import Cue, Project
from foleydesk.document.timebase import Rate
from foleydesk.storage.folder import ProjectFolder

WHOLE_S = 30.0
"""A picture no longer than this is scored as a whole when nothing is marked."""


def refusing(method: Callable[..., Any]) -> Callable[..., Any]:
    """What the method refuses is said in the message bar; it then gives None."""

    @wraps(method)
    def asked(self: Opened, *given: Any, **named: Any) -> Any:
        try:
            return method(self, *given, **named)
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return None

    return asked


class Opened(QObject):
    """Asked by views, and told to them; it holds what is chosen and leaves what is edited to the desk."""

    opened = Signal()
    missing = Signal(str)
    """The picture of the project that was just opened is not where it was."""
    changed = Signal(object, object)
    """The project, and what it was before."""
    cue_changed = Signal()
    region_changed = Signal()
    work_changed = Signal()
    curve_found = Signal(str)
    said = Signal(str)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.folder: ProjectFolder | None = None
        self.desk: Desk | None = None
        self.cue_id: str | None = None
        self.draft = ""
        """The prompt of a cue that is not there yet."""
        self.region: Span | None = None
        """The part of the chosen cue that is selected, in samples of the medium."""
        self.curves: dict[str, EventCurve] = {}

    @property
    def project(self) -> Project | None:
        return self.desk.project if self.desk else None

    @property
    def rate(self) -> Rate | None:
        project = self.project
        return project.rate if project and project.media and project.media.rate else None

    @property
    def cue(self) -> Cue | None:
        project = self.project
        return next((cue for cue in project.cues if cue.id == self.cue_id), None) if project else None

    @property
    def span(self) -> Span | None:
        """What is worked on: the chosen cue's span, or the marks."""
        cue = self.cue
        if cue is not None:
            return cue.span
        return self.project.marks if self.project else None

    @property
    def whole(self) -> Span | None:
        """All of a picture that is short enough to be scored at once."""
        media = self.project.media if self.project else None
        return Span(0, media.length) if media and media.length <= WHOLE_S * SAMPLE_RATE else None

    def number(self, cue_id: str) -> str:
        """Two figures by the cue's place in time."""
        cues = sorted(self.project.cues, key=lambda cue: (cue.start, cue.end)) if self.project else []
        return next((f"{i:02d}" for i, cue in enumerate(cues, 1) if cue.id == cue_id), "--")

    @refusing
    def do(self, edit: Edit) -> bool:
        """Change the project; undoable."""
        self._open_project()[1].do(edit)
        return True

    def choose_cue(self, cue_id: str | None) -> None:
        if cue_id != self.cue_id:
            self.cue_id = cue_id
            self._set_region(None)
            self.cue_changed.emit()

    def _set_region(self, region: Span | None) -> None:
        if region != self.region:
            self.region = region
            self.region_changed.emit()

    def _open_project(self) -> tuple[ProjectFolder, Desk]:
        if self.folder is None or self.desk is None:
            raise Refused("There is no project open; open or drop a video first.")
        return self.folder, self.desk

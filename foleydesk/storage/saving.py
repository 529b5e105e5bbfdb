"""A project on its way to the disk: frozen data, so that whoever has a thread for it may write it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from engine.media.atomic import replacing
from foleydesk.document.project import Project
from foleydesk.storage.journal import Journal
from foleydesk.storage.recovery import JOURNAL_BEFORE, PREVIOUS, PROJECT
from foleydesk.storage.snapshot import write_snapshot


@dataclass(frozen=True)
class Saving:
    """`line`: the last journal line that is in the project; `mark`: where it ends in the journal.

    `set_aside`: candidates that were taken out of the project again. Lines may be added to the journal meanwhile.
    """

    path: Path
    project: Project
    line: int
    set_aside: tuple[str, ...]
    journal: Journal
    mark: int

    def write(self) -> Project:
        """Give the project; it is on the disk when this returns. One at a time, in the order they were asked for.

        Raises Refused, and then what was saved before is still there. At every moment between, `project.json` or what
        was saved before, with the journals, give everything that was recorded.
        """
        current = self.path / PROJECT
        if current.exists():
            with replacing(self.path / PREVIOUS) as part:
                shutil.copyfile(current, part)
        write_snapshot(current, self.project, self.line, self.set_aside)
        self.journal.set_aside(self.mark, self.path / JOURNAL_BEFORE)
        return self.project

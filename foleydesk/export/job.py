"""What every format's file is given to write from: the plan, the clock, the pieces, and where things go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from engine.spec import SAMPLE_RATE, OnProgress, ignore
from foleydesk.document.project import Project
from foleydesk.export.bwf import Bext, Sounding
from foleydesk.export.clock import Clock
from foleydesk.export.normalise import Levelling
from foleydesk.export.pieces import Lane, Piece
from foleydesk.export.render import RenderPlan
from foleydesk.export.request import Delivery


@dataclass(frozen=True)
class Job:
    """One delivery under way. Files are written below `work` and will lie below `delivery.out`."""

    plan: RenderPlan
    clock: Clock
    delivery: Delivery
    folder: Path
    """The project's, which paths of takes are relative to."""
    work: Path
    levelling: Levelling
    mix: Path | None = None
    mix_sound: Sounding | None = None
    """The mix, where a format needs it."""
    lanes: tuple[Lane, ...] = ()
    piece_files: Mapping[Piece, str] | None = None
    """Each piece's file, as a path below the folder that is written."""
    on_progress: OnProgress = ignore

    @property
    def project(self) -> Project:
        return self.plan.project

    @property
    def name(self) -> str:
        """What the files are called."""
        return self.delivery.name

    @property
    def frames(self) -> int:
        """Of the picture; without one as many as all that sounds needs."""
        if self.project.media is not None:
            return max(1, round(self.plan.length * self.clock.rate.fraction / SAMPLE_RATE))
        return self.clock.frame_after(self.plan.length)

    def file(self, name: str) -> Path:
        """Where to write it; its folder is made."""
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def picture(self) -> Path | None:
        if self.project.media is None:
            return None
        return Path(self.folder) / self.project.media.path

    def url(self, name: str) -> str:
        """The address of a delivered file, as other programs want it."""
        return (self.delivery.out.absolute() / PurePosixPath(name)).as_uri()

    def bext(self, what: str, at: int = 0) -> Bext | None:
        """What a sound file that begins at `at` says of itself; None when it is to say nothing."""
        if not self.delivery.bext:
            return None
        made = self.delivery.made
        reference = f"FOLEYDESK{made:%Y%m%d%H%M%S}{made.microsecond // 1000:03d}"
        return Bext(f"{self.name}: {what}", self.clock.time_reference + at, made, reference)

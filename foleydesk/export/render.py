"""The one plan that every export renders: which project, how long, which takes; told before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.spec import SAMPLE_RATE, OnProgress, Progress, Refused, ignore
from foleydesk.playback.mixer import ReadTake, audible_tracks, mix
from foleydesk.playback.takes import TakeReader
from foleydesk.playback.voices import mix_length

if TYPE_CHECKING:
    from foleydesk.document.project import Project

BLOCK = 10 * SAMPLE_RATE
"""Rendered at once: an hour never lies in memory."""


@dataclass(frozen=True)
class RenderPlan:
    """A project as it was when asked, `length` samples of it, and where its takes are read."""

    project: Project
    read_take: ReadTake
    length: int


@dataclass(frozen=True)
class Export:
    """A file that was written. `peak_db` of the mix before it was written; `says` is one sentence."""

    path: str
    length: int
    peak_db: float
    says: str


def plan(project: Project, folder: Path) -> RenderPlan:
    """As long as the picture, else to the end of the last clip. Raises Refused for an empty project or a lost take."""
    length = mix_length(project)
    if length <= 0:
        raise Refused("There is nothing to export yet; open a video or place a sound first.")
    reader = TakeReader(folder)
    read = reader.of(project)
    heard = {track.id for track in audible_tracks(project.tracks)}
    for take in {clip.take for clip in project.clips if clip.track in heard}:
        try:
            read(take)
        except KeyError as error:
            raise Refused(f"The project names a take {take} that it does not have; remove its clip.") from error
    return RenderPlan(project, read, length)


def blocks(plan: RenderPlan, on_progress: OnProgress = ignore) -> Iterator[np.ndarray]:
    """The mix from its first sample to its last, float32 (n, 2), block by block."""
    count = -(-plan.length // BLOCK)
    for i in range(count):
        start = i * BLOCK
        yield mix(plan.project, plan.read_take, start, min(BLOCK, plan.length - start))
        on_progress(Progress("Mixing", i + 1, count))

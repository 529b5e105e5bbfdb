"""The one plan that every export renders: which project, how long, which takes; told before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.spec import SAMPLE_RATE, OnProgress, Progress, Refused, ignore
from foleydesk.document.crossing import crossed
from foleydesk.playback.mixer import ReadTake, audible_clips, audible_tracks, linear, mix_clips
from foleydesk.playback.takes import TakeReader
from foleydesk.playback.voices import mix_length

if TYPE_CHECKING:
    from foleydesk.document.project import Clip, Project, Track

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
    for source in {clip.source for clip in project.clips if clip.track in heard}:
        try:
            read(source)
        except KeyError as error:
            raise Refused(f"The project names a sound {source} that it does not have; remove its clip.") from error
    return RenderPlan(project, read, length)


def heard_tracks(plan: RenderPlan) -> tuple[Track, ...]:
    """Those that can be heard, in their order, without those on which nothing lies."""
    used = {clip.track for clip in plan.project.clips}
    return tuple(track for track in audible_tracks(plan.project.tracks) if track.id in used)


def stem(plan: RenderPlan, track: Track) -> RenderPlan:
    """The plan of one track alone; those of all heard tracks add up to the mix."""
    clips = tuple(clip for clip in plan.project.clips if clip.track == track.id)
    return replace(plan, project=replace(plan.project, tracks=(track,), clips=clips))


def lying(project: Project) -> tuple[Clip, ...]:
    """The clips as they sound: where two cross over, their fades are the crossing."""
    return crossed(project.clips) if project.crosses else project.clips


def alone(plan: RenderPlan, clip: Clip, start: int, n: int) -> np.ndarray:
    """One clip with its own fades, through its track's gain: samples `start` to `start + n`, float32 (n, 2)."""
    return mix_clips([(clip, linear(plan.project.track(clip.track).gain_db))], plan.read_take, start, n)


def blocks(
    plan: RenderPlan, on_progress: OnProgress = ignore, stage: str = "Mixing", gain: float = 1.0
) -> Iterator[np.ndarray]:
    """The mix from its first sample to its last, float32 (n, 2), block by block, so much louder."""
    clips = audible_clips(plan.project)
    count = -(-plan.length // BLOCK)
    for i in range(count):
        start = i * BLOCK
        block = mix_clips(clips, plan.read_take, start, min(BLOCK, plan.length - start))
        yield block if gain == 1 else block * np.float32(gain)
        on_progress(Progress(stage, i + 1, count))

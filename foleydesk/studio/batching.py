"""Several cues at once: a job for each, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.spec import Refused
from foleydesk.studio.recipes import Settings, recipe_for
from foleydesk.studio.referring import reference_of

if TYPE_CHECKING:
    from foleydesk.studio.studio import Studio


def generate_cues(studio: Studio, cues: Iterable[str], settings: Settings) -> int:
    """Queue the cues of these ids, in their order; gives how many. Those that are being made already are passed by.

    What cannot be asked for is said once, and the others are queued nevertheless.
    """
    project = studio.project
    if project is None or project.media is None:
        studio.refused.emit("There is no picture yet; open or drop a video first.")
        return 0
    if studio.learning.running:
        studio.refused.emit("Training has the device; wait for it to end, or cancel it.")
        return 0
    busy, queued, refusals = studio.making.busy_cues(), 0, []
    for name in cues:
        cue = project.cue(name)
        if name in busy:
            continue
        try:
            usable = replace(cue, reference=reference_of(cue, project.model))
            recipe = recipe_for(project, usable, settings)
        except Refused as refusal:
            refusals.append(str(refusal))
            continue
        studio.making.generate(recipe, settings.candidates, name, f"Generating cue {studio.number(name)}")
        queued += 1
    if refusals:
        studio.refused.emit(refusals[0])
    return queued

"""What the spotter found for each cue, kept in the project's cache so that it is there at the next start."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from engine.spec import EventCurve, Refused, from_json, to_json
from foleydesk.document.project import Project
from foleydesk.storage.atomic import write_text

log = logging.getLogger(__name__)

FILE = "events.json"


def read_curves(cache: Path, project: Project) -> dict[str, EventCurve]:
    """By cue; those of cues that have moved since are left out, and so is a file that cannot be read."""
    try:
        kept = json.loads((cache / FILE).read_text(encoding="utf-8"))
        curves = {str(cue): from_json(EventCurve, data) for cue, data in kept.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, Refused) as error:
        log.warning("what the spotter found cannot be read: %s", error)
        return {}
    starts = {cue.id: cue.start for cue in project.cues}
    return {cue: curve for cue, curve in curves.items() if starts.get(cue) == curve.start}


def write_curves(cache: Path, curves: dict[str, EventCurve]) -> None:
    """A cache that cannot be written costs a second look, nothing else."""
    try:
        write_text(cache / FILE, json.dumps({cue: to_json(curve) for cue, curve in curves.items()}))
    except Refused as refusal:
        log.warning("what the spotter found cannot be kept: %s", refusal)

"""From the project to what rows, lanes and labels say. Pure functions: nothing is kept, nothing is painted."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from engine.spec import Event, EventCurve
from foleydesk.document.project import Cue, Project
from foleydesk.document.timebase import Rate
from foleydesk.views.cues import CueRow
from foleydesk.views.timecode import code, short_code

translate = QCoreApplication.translate


def in_order(project: Project) -> list[Cue]:
    """Cues as they come in time."""
    return sorted(project.cues, key=lambda cue: (cue.start, cue.end))


def cue_rows(project: Project, rate: Rate, working: Iterable[str]) -> tuple[CueRow, ...]:
    """`working`: cues that candidates are being made for."""
    busy = set(working)
    return tuple(
        CueRow(
            cue.id,
            f"{place:02d}",
            cue.name or cue.prompt or translate("Showing", "No prompt yet"),
            f"{code(rate, cue.start, project.start)} – {short_code(rate, cue.end, project.start)}",
            "working" if cue.id in busy else state_of(project, cue),
        )
        for place, cue in enumerate(in_order(project), 1)
    )


def state_of(project: Project, cue: Cue) -> str:
    """A word for where the cue stands."""
    takes = project.takes_of(cue.id)
    if cue.status == "approved":
        return "approved"
    if {clip.take for clip in project.clips} & {take.id for take in takes}:
        return "picked"
    return f"{len(takes)} take{'s' if len(takes) != 1 else ''}" if takes else "to do"


def cue_of_take(project: Project, wav: str) -> str | None:
    """The cue whose take this sound file is."""
    return next((take.cue for take in project.takes if take.candidate.wav == wav), None)


def events_in_words(cue: Cue | None, curve: EventCurve | None) -> str:
    if cue is None:
        return "–"
    if cue.events is not None:
        return translate("Showing", "{n} by hand").format(n=len(cue.events))
    found = translate("Showing", "{n} found")
    return found.format(n=len(curve.events)) if curve else translate("Showing", "left to the program")


def events_of(cue: Cue | None, curve: EventCurve | None) -> tuple[Event, ...]:
    """Those set by hand, else those found."""
    if cue is None:
        return ()
    return cue.events if cue.events is not None else curve.events if curve else ()


def format_in_words(rate: Fraction) -> str:
    frames = f"{float(rate):.3f}".rstrip("0").rstrip(".")
    return f"{frames} fps · 48 kHz"


def images(pictures: np.ndarray) -> list[QImage]:
    """(n, height, width, 3) RGB as images that own their pixels."""
    _, height, width, _ = pictures.shape
    return [
        QImage(np.ascontiguousarray(one).data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        for one in pictures
    ]

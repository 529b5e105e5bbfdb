"""What the candidates' panel says while it is empty: always the next thing to press."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.spec import Span
from foleydesk.document.project import Project
from foleydesk.views.teaching import with_keys


def nothing_made(project: Project | None, span: Span | None, making: bool, trashed: bool) -> str:
    """`span`: what is marked, or the chosen cue's. `trashed`: there are candidates, and they lie in the trash."""
    if project is None or project.media is None:
        words = _tr(
            "Nothing here yet.\n\nDrop a video on the picture, or press {open}. Then mark a moment, say what is heard,"
            " and press {generate}."
        )
    elif making:
        words = _tr("Making candidates …\n\nGo on marking meanwhile; {cancel} cancels.")
    elif trashed:
        words = _tr("All of them are in the trash.\n\n{undo} brings the last one back; {generate} makes others.")
    elif span is None:
        words = _tr(
            "Nothing made yet.\n\nDrag over the picture strip, or press {mark_in} and {mark_out} where the sound begins"
            " and ends. Then {prompt} to say what is heard, and {generate}."
        )
    else:
        words = _tr(
            "Nothing made yet.\n\nPress {prompt} to say what is heard, then {generate}. {play_cue} plays the moment."
        )
    return with_keys(words)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CandidatesPanel", words)

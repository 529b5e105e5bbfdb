"""Why something cannot be done now, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from foleydesk.views import handlers as known
from foleydesk.views.handling import clips

if TYPE_CHECKING:
    from foleydesk.views.handlers import Handlers

OWN = {"remove": "clip", "reference": "cue", "reference_take": "candidates", "vary": "candidates", "anew": "region"}
"""What these need first, beyond the lists that the handlers go by."""


def why_not(handlers: Handlers, action_id: str) -> str:
    """Empty when it can be done, or when the reason is not known."""
    if handlers.can(action_id):
        return ""
    studio, translate = handlers.studio, QCoreApplication.translate

    if studio.project is None:
        return translate("Reasons", "open a video first")
    need = OWN.get(action_id, "")
    if action_id in known.NEED_CUE or (need and need != "clip" and studio.cue is None):
        return translate("Reasons", "choose a cue first")
    if action_id in clips.NEED_CLIPS or need == "clip":
        return translate("Reasons", "choose a clip first")
    if action_id in clips.NEED_SOME:
        return translate("Reasons", "there are no clips yet")
    if action_id in known.NEED_CANDIDATES or need == "candidates" or action_id.startswith("candidate_"):
        return translate("Reasons", "make candidates first")
    if need == "region":
        return translate("Reasons", "select a part of the cue first")
    if action_id in known.NEED_REFERENCE:
        return translate("Reasons", "the cue has no reference sound")
    return {
        "paste": translate("Reasons", "copy clips first"),
        "next_marker": translate("Reasons", "there are no markers yet"),
        "previous_marker": translate("Reasons", "there are no markers yet"),
        "rename_marker": translate("Reasons", "choose a marker first"),
        "undo": translate("Reasons", "nothing to undo"),
        "redo": translate("Reasons", "nothing to redo"),
        "batch_back": translate("Reasons", "there are no earlier candidates"),
        "batch_on": translate("Reasons", "there are no later candidates"),
        "mark_clear": translate("Reasons", "nothing is marked"),
        "add_cue": translate("Reasons", "mark in and out first"),
        "next_cue": translate("Reasons", "there are no cues yet"),
        "previous_cue": translate("Reasons", "there are no cues yet"),
    }.get(action_id, "")

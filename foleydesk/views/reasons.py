"""Why something cannot be done now, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from foleydesk.views.wording import later

if TYPE_CHECKING:
    from foleydesk.views.handlers import Handlers

CUE = later("Reasons", "choose a cue first")
CLIP = later("Reasons", "choose a clip first")
CANDIDATES = later("Reasons", "make candidates first")
NEEDS = {
    CUE: (
        "remove_cue", "find_events", "events_auto", "fit_cue", "select_in", "select_out", "reference", "reference_take",
        "vary", "anew", "play_cue",
    ),
    CLIP: (
        "remove", "split", "duplicate", "cut", "copy", "louder", "softer", "later", "earlier", "later_ms", "earlier_ms",
        "trim_start", "trim_end", "fade_in_to", "fade_out_from", "gain_reset", "zoom_selection",
    ),
    CANDIDATES: ("pick", "tie", "none", "keep", "trash", "note"),
    later("Reasons", "there are no clips yet"): ("select_all", "next_clip", "previous_clip"),
    later("Reasons", "copy clips first"): ("paste",),
    later("Reasons", "choose a take first"): ("use_take", "keep_take_here", "trash_take_here"),
    later("Reasons", "choose a marker first"): ("rename_marker",),
    later("Reasons", "there are no markers yet"): ("next_marker", "previous_marker"),
    later("Reasons", "there are no cues yet"): ("next_cue", "previous_cue"),
    later("Reasons", "the cue has no reference sound"): ("reference_hear", "reference_clear"),
    later("Reasons", "nothing to undo"): ("undo",),
    later("Reasons", "nothing to redo"): ("redo",),
    later("Reasons", "there are no earlier candidates"): ("batch_back",),
    later("Reasons", "there are no later candidates"): ("batch_on",),
    later("Reasons", "nothing is marked"): ("mark_clear",),
    later("Reasons", "mark in and out first"): ("add_cue",),
}  # fmt: skip
NO_PROJECT = later("Reasons", "open a video first")
NO_REGION = later("Reasons", "select a part of the cue first")
NO_REFERENCE = later("Reasons", "the model cannot follow a reference sound")


def why_not(handlers: Handlers, action_id: str) -> str:
    """Empty when it can be done, or when the reason is not known."""
    return "" if handlers.can(action_id) else QCoreApplication.translate("Reasons", _reason(handlers, action_id))


def _reason(handlers: Handlers, action_id: str) -> str:
    studio = handlers.studio
    if studio.project is None:
        return NO_PROJECT
    if studio.cue is not None:
        if action_id == "reference":
            return NO_REFERENCE
        if action_id in ("reference_take", "vary"):
            return CANDIDATES
        if action_id == "anew":
            return NO_REGION if studio.listening.letters() else CANDIDATES
    if action_id.startswith("candidate_"):
        return CANDIDATES
    return next((says for says, ids in NEEDS.items() if action_id in ids), "")

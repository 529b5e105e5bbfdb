"""Every edit of a project, by name."""

from foleydesk.document.clip_edits import (
    AddTrack,
    MoveClip,
    PlaceTake,
    RemoveClip,
    RemoveTrack,
    SetClip,
    SetTrack,
    TrimClip,
)
from foleydesk.document.cue_edits import (
    AddCue,
    AddTakes,
    ChangeCue,
    ChooseModel,
    OpenMedia,
    RemoveCue,
    SetEvents,
    SetMarks,
    SetReference,
)
from foleydesk.document.edit import Edit, Together

__all__ = [
    "AddCue", "AddTakes", "AddTrack", "ChangeCue", "ChooseModel", "Edit", "MoveClip", "OpenMedia", "PlaceTake",
    "RemoveClip", "RemoveCue", "RemoveTrack", "SetClip", "SetEvents", "SetMarks", "SetReference", "SetTrack",
    "Together", "TrimClip",
]  # fmt: skip

"""Every edit of a project, by name."""

from foleydesk.document.clip_edits import MoveClip, PlaceTake, RemoveClip, SetClip, SlipClip, SplitClip, TrimClip
from foleydesk.document.comping import CompRange
from foleydesk.document.cue_edits import AddCue, ChangeCue, ChooseModel, OpenMedia, RemoveCue, SetMarks, SetReference
from foleydesk.document.edit import Edit, Together
from foleydesk.document.event_edits import AddEvent, MoveEvent, RemoveEvents, SetEvents, SetStrength, ShiftEvents
from foleydesk.document.group_edits import DuplicateClips, InsertTime, LouderClips, MoveClips, PasteClips, RemoveClips
from foleydesk.document.marker_edits import AddMarker, RemoveMarker, SetMarker
from foleydesk.document.project_edits import ChangeProject
from foleydesk.document.sound_edits import AddSound, PlaceSound, Relink, RemoveSound
from foleydesk.document.take_edits import AddTakes, RemoveTakes, SetTake
from foleydesk.document.track_edits import AddTrack, MoveTrack, RemoveTrack, SetTrack

__all__ = [
    "AddCue", "AddEvent", "AddMarker", "AddSound", "AddTakes", "AddTrack", "ChangeCue", "ChangeProject", "ChooseModel",
    "CompRange", "DuplicateClips", "Edit", "InsertTime", "LouderClips", "MoveClip", "MoveClips", "MoveEvent",
    "MoveTrack", "OpenMedia", "PasteClips", "PlaceSound", "PlaceTake", "Relink", "RemoveClip", "RemoveClips",
    "RemoveCue", "RemoveEvents", "RemoveMarker", "RemoveSound", "RemoveTakes", "RemoveTrack", "SetClip", "SetEvents",
    "SetMarker", "SetMarks", "SetReference", "SetStrength", "SetTake", "SetTrack", "ShiftEvents", "SlipClip",
    "SplitClip", "Together", "TrimClip",
]  # fmt: skip

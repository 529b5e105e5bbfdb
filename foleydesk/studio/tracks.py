"""Which track a sound belongs on, by the words of its prompt."""

from __future__ import annotations

import re

from foleydesk.document.project import Cue, Project

WORDS = {
    "Feet": "feet foot footstep footsteps step steps walk walks walking run runs running shoe shoes boots heels",
    "Cloth": "cloth clothes rustle rustles fabric jacket coat dress sleeve shirt leather",
    "Ambience": "ambience ambient atmosphere room wind rain river birds traffic crowd bed forest waves sea",
}
OTHERWISE = "Props"


def track_for(project: Project, cue: Cue) -> str:
    """The id of the track whose words the prompt uses, else the props'."""
    said = set(re.findall(r"[a-z]+", cue.prompt.lower()))
    name = next((name for name, words in WORDS.items() if said & set(words.split())), OTHERWISE)
    track = next((track for track in project.tracks if track.name == name), project.tracks[0])
    return track.id

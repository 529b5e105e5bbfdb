"""What older versions of the program wrote, as this one means it: one step from each version to the next.

Data in, data out; nothing on disk is changed here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.spec import Refused
from foleydesk.document.project import VERSION

Data = dict[str, Any]
"""A project's own JSON data."""


def upgraded(data: Data, to: int = VERSION) -> Data:
    """The project's data in the form of version `to`, or as it is when that is not newer.

    Raises Refused for data that no program of its version can have written.
    """
    version = version_of(data)
    for step in STEPS[version - 1 : to - 1]:
        try:
            data = step(data)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise Refused(f"This is not the data of a project of version {version}: {error}.") from error
    return {**data, "version": max(version, to)}


def version_of(data: Data) -> int:
    """Raises Refused when it says none."""
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Refused("This is not the data of a project.")
    return version


def too_new(name: str, version: int) -> Refused:
    return Refused(
        f"{name} was saved by a newer Foleydesk (project version {version}, this one reads up to {VERSION}); update "
        "Foleydesk to open it."
    )


def _from_1(data: Data) -> Data:
    """Tracks had the colours of their places; clips of one track that overlapped were added up."""
    tracks = [{**track, "colour": place} for place, track in enumerate(data.get("tracks", []))]
    return {**data, "tracks": tracks, "crosses": not _overlap(data.get("clips", []))}


def _overlap(clips: list[Data]) -> bool:
    """Whether two clips of a track sound at the same time."""
    ends: dict[str, int] = {}
    for clip in sorted(clips, key=lambda clip: clip["start"]):
        if clip["start"] < ends.get(clip["track"], 0):
            return True
        ends[clip["track"]] = max(ends.get(clip["track"], 0), clip["start"] + clip["length"])
    return False


STEPS: tuple[Callable[[Data], Data], ...] = (_from_1,)
"""The first leads from version 1 to 2, and so on."""
assert len(STEPS) == VERSION - 1

"""Names for things in a project."""

from __future__ import annotations

import uuid

CueId = str
TakeId = str
TrackId = str
ClipId = str


def new_id() -> str:
    """A name that no other thing has: twelve hexadecimal digits."""
    return uuid.uuid4().hex[:12]

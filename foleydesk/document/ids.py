"""Names for things in a project."""

from __future__ import annotations

import hashlib
import uuid

CueId = str
TakeId = str
TrackId = str
ClipId = str
SoundId = str
MarkerId = str


def new_id() -> str:
    """A name that no other thing has: twelve hexadecimal digits."""
    return uuid.uuid4().hex[:12]


def id_from(seed: str, *parts: object) -> str:
    """A name that follows from others, for edits that make as many things as they find."""
    return hashlib.sha256("\n".join(map(str, (seed, *parts))).encode()).hexdigest()[:12]

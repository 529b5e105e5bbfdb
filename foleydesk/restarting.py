"""The program begins anew on the same project, in the size and the language that were chosen meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

SCALE = "QT_SCALE_FACTOR"
"""Where Qt reads how large everything is, once, when it starts."""


def scale_factor(per_cent: int) -> str:
    """A size as Qt reads it."""
    return str(per_cent / 100)


def command(project: Path | None) -> list[str]:
    """What starts the program on the project, or as at any start."""
    return [sys.executable, "-m", "foleydesk", *([str(project)] if project is not None else [])]


def surroundings(now: Mapping[str, str], per_cent: int) -> dict[str, str]:
    """The environment of the next start: the size of this one, `per_cent`, is not handed on; a user's own is."""
    ours = now.get(SCALE) == scale_factor(per_cent)
    return {name: value for name, value in now.items() if not (ours and name == SCALE)}


def begin_anew(project: Path | None, per_cent: int) -> None:
    """The next start takes this one's place. Everything must have ended; nothing behind this call is reached."""
    words = command(project)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(words[0], words, surroundings(os.environ, per_cent))

"""From the command line to the window. Qt is imported in `start` alone."""

from __future__ import annotations

from pathlib import Path

from engine.spec import Refused
from foleydesk.display import has_display


def start(target: Path | None) -> int:
    """Open the window and stay until it closes. Raises Refused where no window can open."""
    if not has_display():
        without = "`foleydesk generate --help`, `foleydesk demo`"
        raise Refused(f"There is no display that a window could be opened on; without one there are {without}.")
    try:
        from foleydesk.app import main
    except ImportError as error:
        if ".so" not in str(error):
            raise
        raise Refused(f"Qt cannot start ({error}); `foleydesk doctor` says what to install.") from error
    return main([str(target)] if target else [])

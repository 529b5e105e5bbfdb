"""From the command line to the window. Qt is imported in `start` alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from engine.spec import Refused


def has_display() -> bool:
    """Whether a window can be seen. A Qt platform chosen by hand counts as one."""
    if os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def start(target: Path | None) -> int:
    """Open the window and stay until it closes. Raises Refused where no window can open."""
    if not has_display():
        raise Refused("There is no display to open a window on; see `foleydesk generate --help` or `foleydesk demo`.")
    try:
        from foleydesk.app import main
    except ImportError as error:
        if ".so" not in str(error):
            raise
        raise Refused(f"Qt cannot start ({error}); `foleydesk doctor` says what to install.") from error
    return main([str(target)] if target else [])

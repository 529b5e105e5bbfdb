"""Is there a screen to open a window on? Asked before Qt, which ends the program where the answer is no."""

from __future__ import annotations

import os
import re
import socket
import sys
from pathlib import Path

WAIT_S = 2.0
"""For a display on another machine."""
X11_PORT = 6000
X11 = re.compile(r"(?P<host>.*):(?P<number>\d+)(\.\d+)?")


def has_display() -> bool:
    """Whether a window can be seen. A Qt platform chosen by hand counts as one."""
    if os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return True
    return _wayland(os.environ.get("WAYLAND_DISPLAY", "")) or _x11(os.environ.get("DISPLAY", ""))


def _wayland(name: str) -> bool:
    """`name`: of a socket in the runtime directory, or its whole path."""
    return bool(name) and _answers(socket.AF_UNIX, str(Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name))


def _x11(name: str) -> bool:
    """`name`: host:number.screen; without a host it is this machine's, by a socket with or without a file."""
    found = X11.fullmatch(name)
    if found is None:
        return False
    host, number = found["host"], int(found["number"])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _answers(socket.AF_UNIX, path) or _answers(socket.AF_UNIX, f"\0{path}")
    return _answers(socket.AF_INET, (host, X11_PORT + number))


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as line:
        line.settimeout(WAIT_S)
        try:
            line.connect(address)
        except OSError:
            return False
    return True

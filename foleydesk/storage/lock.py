"""One program at a time in a project. The system lets go of the lock when the program ends, however it ends."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path

from engine.media.atomic import cannot_write
from engine.spec import Refused

LOCKED_BYTE = 1 << 30
"""Far behind the text, which others may then read even where locks are mandatory."""
TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.EWOULDBLOCK)


class Lock:
    """Holds the file locked, with who holds it as its text."""

    def __init__(self, path: Path, what: str) -> None:
        """Raises Refused when another program has `what` open."""
        self._handle = _open(path)
        try:
            _lock(self._handle)
        except OSError as error:
            owner = os.read(self._handle, 200).decode("utf-8", "replace")
            self.release()
            raise Refused(_sentence(what, owner, error)) from error
        self._sign()

    def release(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _sign(self) -> None:
        try:
            os.ftruncate(self._handle, 0)
            os.write(self._handle, f"{os.getpid()} {socket.gethostname()}".encode())
        except OSError:  # a full disk: the lock holds, only its owner has no name
            pass


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        raise Refused(cannot_write(path, error)) from error


def _sentence(what: str, owner: str, error: OSError) -> str:
    if error.errno not in TAKEN:
        return f"{what} lies on a disk that cannot lock files; copy it to a local disk first."
    pid, _, host = owner.partition(" ")
    if pid == str(os.getpid()) and host == socket.gethostname():
        return f"{what} is open already."
    named = f" (process {pid} on {host})" if pid.isdigit() else ""
    return f"{what} is open in another Foleydesk{named}; close it there first."


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from engine.spec import Refused

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextlib.contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Yield a temporary path beside `path` (same suffix); what stands there afterwards becomes `path` at once.

    If the block raises, nothing is left behind and an earlier `path` stays. `OSError` becomes `Refused`.
    """
    path = Path(path)
    part = path.with_name(f".{path.stem}-{uuid.uuid4().hex[:8]}.part{path.suffix}")
    try:
        yield part
        _flush(part)
        os.replace(part, path)
        _flush(path.parent)
    except OSError as error:
        raise Refused(cannot_write(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def cannot_write(path: Path | str, error: OSError) -> str:
    """The one sentence for a write that failed."""
    if error.errno in FULL:
        return f"The disk is full: {path} was not written; free some space and try again."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"{path} cannot be written: the folder or file is read-only; choose another place."
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return f"{path} cannot be written: its folder does not exist; make it or choose another place."
    if isinstance(error, IsADirectoryError):
        return f"{path} cannot be written: a folder of that name is already there; choose another name."
    return f"{path} cannot be written ({error.strerror or error}); choose another place."


def _flush(path: Path) -> None:
    """Bring a file, or a folder's entries where the system allows that, to the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

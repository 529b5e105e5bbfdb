"""A folder that is filled whole or left as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.media.atomic import cannot_write
from engine.spec import Refused


@contextlib.contextmanager
def workplace(out: Path) -> Iterator[Path]:
    """An empty folder inside `out` to work in, removed at the end; so is `out` when it was new and stayed empty.

    It is made first, so that a place that cannot be written is refused before any work is done.
    """
    if out.exists() and not out.is_dir():
        raise Refused(f"{out} is a file; name a folder to write into.")
    new = [folder for folder in (out, *out.parents) if not folder.exists()]
    try:
        try:
            out.mkdir(parents=True, exist_ok=True)
            work = Path(tempfile.mkdtemp(prefix=".partial-", dir=out))
        except OSError as error:
            raise Refused(f"Nothing can be written to {out} ({error.strerror}); choose another folder.") from error
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
    finally:
        for folder in new:
            with contextlib.suppress(OSError):
                folder.rmdir()


def move_in(work: Path, out: Path, names: Iterable[str]) -> None:
    """Files from one to the other by their names below both, each at once, over what stood there. Raises Refused."""
    for name in names:
        try:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(work / name, out / name)
        except OSError as error:
            raise Refused(cannot_write(out / name, error)) from error

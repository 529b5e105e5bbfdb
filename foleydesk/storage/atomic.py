"""Small files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from engine.media.atomic import replacing


def write_bytes(path: Path, data: bytes) -> None:
    """On the disk when this returns; raises Refused with the file as it was before."""
    with replacing(path) as part:
        part.write_bytes(data)


def flush_folder(path: Path) -> None:
    """Bring the names in a folder to the disk, where the system allows that."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    write_bytes(path, text.encode("utf-8"))

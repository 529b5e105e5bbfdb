"""One file from a server to the disk: goes on where it broke off, checked while it is written, whole or not there.

While it comes it lies beside its place as `NAME.part`, with `NAME.part.json`, which says what it is a part of. Only
what has the right size and hash gets the final name.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from engine.hub.asking import BROKEN_OFF, Answered, Unreachable, get, host_of, refused_by
from engine.hub.catalogue import in_bytes
from engine.hub.sources import Located
from engine.media.atomic import FULL, cannot_write
from engine.spec import Refused

CHUNK = 256 * 1024
"""At most this much is read between two looks at whether anybody still wants it."""
TRIES = 5
"""How often in a row a connection may bring nothing before it is given up."""
PAUSE_S = 0.5
"""Before the second try; twice as long before each further one."""

CHANGED = "the file has changed there"

OnBytes = Callable[[int], None]
"""Bytes of the file that are here. May raise Cancelled; what has come stays for the next time."""


@dataclass(frozen=True)
class Fetched:
    """A whole file that still has its temporary name."""

    path: Path
    sha256: str
    bytes: int


@dataclass
class _Coming:
    """What has come so far: its length, and its hashes as they grow."""

    path: Path
    located: Located
    etag: str = ""
    """Of the response that brought the first bytes."""
    size: int = 0
    pieced: bool = False
    """Whether more than one connection brought it."""

    def __post_init__(self) -> None:
        self.md5, self.sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()

    @property
    def note(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    def take_up(self, on_bytes: OnBytes) -> None:
        """Go on with what an earlier try left, where it is of the same version of the same file."""
        try:
            noted = json.loads(self.note.read_text(encoding="utf-8"))
            self.etag, version, total = str(noted["etag"]), noted["version"], noted["bytes"]
        except (OSError, ValueError, KeyError, TypeError):
            return
        checkable = self.located.md5 or self.located.sha256 or self.located.version
        if not checkable or (version, total) != (self.located.version, self.located.bytes) or not self.path.is_file():
            return
        held = self.path.stat().st_size
        with self.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                self.add(chunk)
                on_bytes(held)
        self.pieced = self.size > 0

    def add(self, chunk: bytes) -> None:
        self.md5.update(chunk)
        self.sha256.update(chunk)
        self.size += len(chunk)

    def begin(self, response: Any) -> None:
        """Nothing of what lies there counts: from the first byte on, of this response."""
        self.md5, self.sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
        self.size, self.pieced = 0, False
        self.etag = response.headers.get("ETag") or ""
        noted = {"version": self.located.version, "bytes": self.located.bytes, "etag": self.etag}
        self.note.write_text(json.dumps(noted), encoding="utf-8")

    def goes_on(self, response: Any) -> bool:
        """Whether a response brings what comes next of the same content: a server may take no notice of Range."""
        if response.status != 206:
            return False
        start = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
        etag = response.headers.get("ETag") or self.etag
        return start == str(self.size) and (not self.etag or etag == self.etag)

    def drop(self) -> None:
        self.size = 0
        for path in (self.path, self.note):
            path.unlink(missing_ok=True)


def fetch(located: Located, part: Path, on_bytes: OnBytes, renew: Callable[[], Located] | None = None) -> Fetched:
    """Bring the file to `part` (its temporary name) and check it. The caller gives it its final name.

    `renew` locates it again: a signed address may run out before a large file is here.
    Raises Refused for a server that does not have it, a line that stays dead, a full disk (what has come stays), and
    content that is not what was published (nothing stays); Cancelled from on_bytes (what has come stays).
    """
    coming = _Coming(part, located)
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        coming.take_up(on_bytes)
        _bring(coming, on_bytes, renew)
        complaint = _complaint(coming)
        if complaint and coming.pieced:  # the file may have changed in between, on a server that does not tell
            coming.drop()
            coming = _Coming(part, located)
            _bring(coming, on_bytes, renew)
            complaint = _complaint(coming)
        if complaint:
            coming.drop()
            raise Refused(complaint)
    except OSError as error:
        raise Refused(_disk(part, error)) from error
    return Fetched(part, coming.sha256.hexdigest(), coming.size)


def settle(fetched: Fetched, file: Path) -> None:
    """Give a whole file its final name. Raises Refused when that cannot be."""
    try:
        os.replace(fetched.path, file)
        if os.name != "nt":
            handle = os.open(file.parent, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
    except OSError as error:
        raise Refused(cannot_write(file, error)) from error
    with contextlib.suppress(OSError):
        fetched.path.with_name(f"{fetched.path.name}.json").unlink(missing_ok=True)


def _bring(coming: _Coming, on_bytes: OnBytes, renew: Callable[[], Located] | None) -> None:
    """Connections, one after another, until everything is here."""
    wasted = 0
    while coming.size == 0 or coming.size != coming.located.bytes:
        before = coming.size
        trouble = _connect(coming, on_bytes)
        if trouble is None:
            break
        wasted = 0 if coming.size > before else wasted + 1
        final = isinstance(trouble, Answered) and not trouble.passing
        if final and coming.size and renew is not None:
            coming.located, renew = replace(renew(), version=coming.located.version), None
        elif final or wasted >= TRIES:
            raise _given_up(coming, trouble)
        _pause(PAUSE_S * 2**wasted, lambda: on_bytes(coming.size))


def _connect(coming: _Coming, on_bytes: OnBytes) -> Answered | Unreachable | None:
    """One connection, to its end; gives what went wrong with it."""
    wanted = {}
    if coming.size:
        wanted["Range"] = f"bytes={coming.size}-"
        if coming.etag and not coming.etag.startswith("W/"):  # a weak one may not be used here (RFC 9110, 13.1.5)
            wanted["If-Range"] = coming.etag
    try:
        response = get(coming.located.url, wanted, coming.located.private)
    except Answered as answer:
        if answer.status == 416 and coming.size:  # it has become shorter than what is here
            coming.drop()
            return Unreachable(CHANGED)
        return answer
    except Unreachable as trouble:
        return trouble
    with response:
        if coming.size and coming.goes_on(response):
            coming.pieced = True
        elif response.status == 206:  # a piece of another file than the one that is here
            coming.drop()
            return Unreachable(CHANGED)
        else:
            coming.begin(response)
        with coming.path.open("r+b" if coming.path.exists() else "wb") as file:
            file.truncate(coming.size)
            file.seek(coming.size)
            trouble_in = _pour(response, file, coming, on_bytes)
            file.flush()
            os.fsync(file.fileno())
    return trouble_in


def _pour(response: Any, file: BinaryIO, coming: _Coming, on_bytes: OnBytes) -> Unreachable | None:
    """Bytes as they come; None when the response ended where it should."""
    total, broken = coming.located.bytes, False
    while True:
        on_bytes(coming.size)
        try:
            chunk = response.read1(CHUNK)
        except BROKEN_OFF as error:
            return Unreachable(str(error) or type(error).__name__)
        if not chunk:
            broken = bool(response.length)
            break
        file.write(chunk)
        coming.add(chunk)
        if total is not None and coming.size > total:
            break
    on_bytes(coming.size)
    short = broken or (total is not None and coming.size < total)
    return Unreachable("the connection broke off") if short else None


def _complaint(coming: _Coming) -> str:
    """What is wrong with what came, in a sentence; nothing where it is what was published."""
    located, name = coming.located, coming.path.name.removesuffix(".part")
    found = ""
    if located.bytes is not None and coming.size != located.bytes:
        found = f"{coming.size} bytes instead of {located.bytes}"
    elif located.sha256 and coming.sha256.hexdigest() != located.sha256:
        found = f"SHA-256 {coming.sha256.hexdigest()} instead of {located.sha256}"
    elif located.md5 and coming.md5.hexdigest() != located.md5:
        found = f"MD5 {coming.md5.hexdigest()} instead of the published {located.md5}"
    if not found:
        return ""
    return (
        f"What {host_of(located.page)} sent for {name} is not the published file ({found}); nothing of it was kept, "
        "try again or use a mirror (HF_ENDPOINT)."
    )


def _given_up(coming: _Coming, trouble: Answered | Unreachable) -> Refused:
    if not coming.size or (isinstance(trouble, Answered) and not trouble.passing):
        return refused_by(coming.located.page, coming.path.name.removesuffix(".part"), trouble)
    here = f"{in_bytes(coming.size)} of {in_bytes(coming.located.bytes or 0)}" if coming.located.bytes else "a part"
    why = f"HTTP {trouble.status}" if isinstance(trouble, Answered) else trouble
    return Refused(
        f"The connection to {host_of(coming.located.page)} keeps breaking off ({why}); {here} of "
        f"{coming.path.name.removesuffix('.part')} is kept, and the next try goes on from there."
    )


def _pause(seconds: float, still_wanted: Callable[[], None]) -> None:
    """Wait, but not for longer than a moment after it was cancelled."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        still_wanted()
        time.sleep(0.05)


def _disk(part: Path, error: OSError) -> str:
    if error.errno in FULL:
        name = part.name.removesuffix(".part")
        return f"The disk is full: what has come of {name} is kept; free some space and run it again."
    return cannot_write(part, error)

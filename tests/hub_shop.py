"""A server on this machine that serves small files of the published names, as a hub and as a place of releases."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from engine.hub.catalogue import CATALOGUE, Catalogue, OnHuggingFace, Released
from engine.spec import Refused

MODEL = "mmaudio-small-16k"
OTHER = "mmaudio-small-44k"
PIECE = 8192


@dataclass
class Shop:
    """What the server has, and how it behaves. `asked`: (method, path, Range) of every request."""

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    breaks_at: dict[str, list[int]] = field(default_factory=dict)
    """By path: after how many bytes of the whole file the next connections break off."""
    slow_s: float = 0.0
    """Between two pieces."""
    knows_range: bool = True
    tells_version: bool = True
    heeds_if_range: bool = True
    claims: dict[str, int] = field(default_factory=dict)
    """By path: a length other than the true one."""
    status: dict[str, int] = field(default_factory=dict)
    """By path: an error to answer with."""
    moved: dict[str, str] = field(default_factory=dict)
    """By path: the address of a store that really has it; hash and size are told with the way there."""
    logins: dict[str, str] = field(default_factory=dict)
    """By path: the login that was sent last."""
    url: str = ""

    def sent_from(self, path: str) -> list[int]:
        """Where each request for a file's bytes began; the look at its first byte is left out."""
        ranges = [given for method, asked, given in self.asked if (method, asked) == ("GET", path)]
        return [int(given.removeprefix("bytes=").split("-")[0] or 0) for given in ranges if given != "bytes=0-0"]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    shop: Shop

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, body: bool) -> None:
        shop, path = self.shop, self.path.partition("?")[0]
        given = self.headers.get("Range", "")
        shop.asked.append((self.command, path, given))
        shop.logins[path] = self.headers.get("Authorization", "")
        if path in shop.moved:
            self._send_on(shop.moved[path], shop.files[path])
            return
        status = shop.status.get(path, 200 if path in shop.files else 404)
        if status != 200:
            self.send_error(status)
            return
        data = shop.files[path]
        on_hub = "/resolve/" in path
        etag = f'"{hashlib.sha256(data).hexdigest()}"'
        start, end = 0, len(data)
        same = self.headers.get("If-Range", etag) == etag or not shop.heeds_if_range
        if given and shop.knows_range and same:
            first, _, last = given.removeprefix("bytes=").partition("-")
            start, end = int(first), min(len(data), int(last) + 1) if last else len(data)
            if start >= len(data):
                self.send_error(416)
                return
            status = 206
        claimed = shop.claims.get(path, len(data))
        self.send_response(status)
        self.send_header("Content-Length", str(end - start if status == 206 else claimed))
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{claimed}")
        if shop.tells_version or on_hub:
            self.send_header("ETag", etag)
        if on_hub:
            self.send_header("X-Repo-Commit", "0" * 40)
            self.send_header("X-Linked-Size", str(claimed))
        self.end_headers()
        if body:
            self._send(path, data, start, end)

    def _send_on(self, address: str, data: bytes) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("X-Repo-Commit", "0" * 40)
        self.send_header("X-Linked-ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("X-Linked-Size", str(len(data)))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, path: str, data: bytes, start: int, end: int) -> None:
        shop = self.shop
        is_file = self.headers.get("Range") != "bytes=0-0"
        breaks = shop.breaks_at.get(path, [])
        stop = breaks.pop(0) if breaks and is_file else None
        at = start
        try:
            while at < end:
                if stop is not None and at >= stop:
                    self.close_connection = True
                    return
                upto = min(end, at + PIECE, *([stop] if stop is not None else []))
                self.wfile.write(data[at:upto])
                at = upto
                if shop.slow_s and is_file:
                    self.wfile.flush()
                    threading.Event().wait(shop.slow_s)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *given: object) -> None:
        pass


@contextlib.contextmanager
def serving() -> Iterator[Shop]:
    """A shop, empty, as long as it is open."""
    made = Shop()
    handler = type("ShopHandler", (Handler,), {"shop": made})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def only_here(monkeypatch: pytest.MonkeyPatch, shop: Shop) -> None:
    """The hub's endpoint is the shop, and no proxy stands between."""
    monkeypatch.setenv("HF_ENDPOINT", shop.url)
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def content(name: str, size: int = 300_000) -> bytes:
    """Always the same bytes for the same name."""
    return random.Random(name).randbytes(size)


def stocked(shop: Shop, sizes: dict[str, int] | None = None) -> Catalogue:
    """The published models, as small files of the published names in the shop and with the hashes of these."""
    parts = []
    for part in CATALOGUE.parts:
        data = content(part.name, (sizes or {}).get(part.name, 300_000))
        if isinstance(part.source, OnHuggingFace):
            source = part.source
            shop.files[f"/{source.repo}/resolve/{source.revision}/{source.paths[-1]}"] = data
        else:
            source = Released(part.source.url.replace("https://github.com", shop.url))
            shop.files[source.url.removeprefix(shop.url)] = data
        md5 = hashlib.md5(data).hexdigest() if part.md5 else ""
        parts.append(replace(part, source=source, about_bytes=len(data), md5=md5))
    return replace(CATALOGUE, parts=tuple(parts))


def path_of(catalogue: Catalogue, part: str) -> str:
    """Where the shop has a part."""
    source = catalogue.part(part).source
    if isinstance(source, OnHuggingFace):
        return f"/{source.repo}/resolve/{source.revision}/{source.paths[-1]}"
    return "/" + source.url.split("/", 3)[3]


def refusal(what: Callable[[], object]) -> str:
    """The one sentence that something is refused with."""
    with pytest.raises(Refused) as caught:
        what()
    sentence = str(caught.value)
    assert sentence[-1] in ".?" and "\n" not in sentence
    return sentence


def header_only(path: Path, layout: dict[str, tuple[int, ...]]) -> Path:
    """A safetensors file of these shapes, a byte a number, whose numbers are a hole in the disk."""
    header, at = {}, 0
    for name, shape in layout.items():
        size = math.prod(shape)
        header[name] = {"dtype": "F8_E4M3", "shape": list(shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.truncate(8 + len(text) + at)
    return path

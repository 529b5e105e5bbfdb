"""Where a part is to be had, asked of the server that has it: address, size, hash."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from engine.hub.asking import Answered, Unreachable, get, host_of, refused_by
from engine.hub.catalogue import OnHuggingFace, Part, Released
from engine.spec import Refused

SHA256 = re.compile(r"[0-9a-f]{64}")
HUB = "https://huggingface.co"
GITHUB = "https://github.com"
YES = ("1", "on", "yes", "true")


@dataclass(frozen=True)
class Located:
    """A part on a server, as it is there now."""

    url: str
    page: str
    """The address that may be shown and kept: `url` may be signed for a while only."""
    bytes: int | None
    sha256: str = ""
    md5: str = ""
    version: str = ""
    """Changes when the content does."""
    private: dict[str, str] = field(default_factory=dict, repr=False)
    """Headers for this server alone."""


def is_offline() -> bool:
    """Whether the usual variables of Hugging Face's libraries say so."""
    return any(os.environ.get(name, "").lower() in YES for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"))


def locate(part: Part) -> Located:
    """Ask the server. Raises Refused when it cannot be reached or does not have the file."""
    if isinstance(part.source, Released):
        return _released(part, part.source)
    return _on_hugging_face(part, part.source)


def _released(part: Part, source: Released) -> Located:
    """The first byte tells size and version: some stores behind a release do not answer HEAD."""
    url = source.url
    mirror = os.environ.get("FOLEYDESK_GITHUB", "").rstrip("/")
    if mirror and url.startswith(GITHUB):
        url = mirror + url.removeprefix(GITHUB)
    try:
        with get(url, {"Range": "bytes=0-0"}) as response:
            headers = response.headers
            total = headers.get("Content-Range", "").rpartition("/")[2] if response.status == 206 else ""
            size = total or headers.get("Content-Length", "")
            version = headers.get("ETag") or headers.get("Last-Modified") or ""
    except (Answered, Unreachable) as error:
        raise refused_by(url, part.file, error) from error
    return Located(url, url, int(size) if size.isdigit() else None, md5=part.md5, version=version)


def _on_hugging_face(part: Part, source: OnHuggingFace) -> Located:
    """huggingface_hub knows addresses, renamed repositories and the header that holds a large file's SHA-256.

    The bytes themselves come through `download`: the hub's own downloader cannot be cancelled within a chunk, does not
    check the published MD5 while it writes, and keeps its halves in a cache of its own, so that the 3.9 GB would be
    on the disk twice.
    """
    from huggingface_hub import get_hf_file_metadata, hf_hub_url
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, OfflineModeIsEnabled

    endpoint = (os.environ.get("HF_ENDPOINT") or HUB).rstrip("/")
    token = os.environ.get("HF_TOKEN") or False
    url = ""
    for path in source.paths:
        url = hf_hub_url(source.repo, path, revision=source.revision, endpoint=endpoint)
        try:
            found = get_hf_file_metadata(url, token=token, endpoint=endpoint)
        except OfflineModeIsEnabled as error:
            raise Refused(f"{part.file} cannot be fetched while HF_HUB_OFFLINE is set; unset it first.") from error
        except GatedRepoError as error:
            raise Refused(
                f"{host_of(url)} gives out {part.file} only with a login; accept its terms at {source.page} and set "
                "HF_TOKEN."
            ) from error
        except HfHubHTTPError as error:
            status = getattr(error.response, "status_code", 500)
            if status == 404 and path != source.paths[-1]:
                continue
            raise refused_by(url, part.file, Answered(status, None)) from error
        except Exception as error:  # the classes of the hub's client differ between its versions
            raise refused_by(url, part.file, Unreachable(_first_line(error))) from error
        etag = found.etag or ""
        return Located(
            found.location,
            url,
            found.size,
            sha256=etag if SHA256.fullmatch(etag) else "",
            md5=part.md5,
            version=etag,
            private=_login(found.location, endpoint, token),
        )
    raise refused_by(url, part.file, Answered(404, None))


def _login(location: str, endpoint: str, token: str | bool) -> dict[str, str]:
    """The token goes to the hub itself, never to the store that it sends us to."""
    same = urlsplit(location).netloc == urlsplit(endpoint).netloc
    return {"Authorization": f"Bearer {token}"} if same and isinstance(token, str) else {}


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

"""Requests over HTTP(S), with what can go wrong in one sentence.

The standard library's client: it takes the usual proxy variables, can be read as the bytes come, and needs nothing
installed; huggingface_hub's own client changes its name between the versions that transformers allows.
"""

from __future__ import annotations

import http.client
import ssl
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPSHandler, Request, build_opener

from engine.spec import Refused

TIMEOUT_S = 10.0
"""How long a silent server is waited for before the connection is made anew."""
BROKEN_OFF = (OSError, http.client.HTTPException)
"""What a line that breaks while bytes are coming looks like."""

WORDS = {
    401: "asks for a login",
    403: "does not allow it",
    404: "does not have it",
    410: "does not have it any more",
    429: "asks to try again later",
    451: "does not give it out here",
}


class Unreachable(Exception):
    """Nothing answered, or the line broke: another try may do."""


class Answered(Exception):
    """The server answered with an error."""

    def __init__(self, status: int, headers: Any) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers

    @property
    def passing(self) -> bool:
        """Whether another try may do."""
        return self.status in (408, 425, 429) or self.status >= 500


def get(url: str, headers: dict[str, str], private: dict[str, str] | None = None) -> Any:
    """The open response to a GET, to be read with `read1` and closed.

    `private` goes to this server only, not to one that it sends us on to. Raises Unreachable or Answered.
    """
    request = Request(url, headers={"User-Agent": "foleydesk", "Accept-Encoding": "identity", **headers})
    for key, value in (private or {}).items():
        request.add_unredirected_header(key, value)
    try:
        return build_opener(HTTPSHandler(context=_trusted())).open(request, timeout=TIMEOUT_S)
    except HTTPError as error:
        with error:
            raise Answered(error.code, error.headers) from error
    except BROKEN_OFF as error:
        raise Unreachable(str(getattr(error, "reason", error)) or type(error).__name__) from error


def host_of(url: str) -> str:
    return urlsplit(url).netloc


def refused_by(url: str, what: str, error: Answered | Unreachable) -> Refused:
    """The one sentence for a file that could not be had."""
    if isinstance(error, Unreachable):
        return Refused(
            f"{host_of(url)} cannot be reached for {what} ({error}); check the connection and the proxy, "
            "then run it again."
        )
    words = WORDS.get(error.status, "is in trouble" if error.status >= 500 else "refuses it")
    remedy = "try again later" if error.passing else "try a mirror (HF_ENDPOINT), or import a folder that has it"
    return Refused(f"{host_of(url)} {words}: {what} (HTTP {error.status}, {url.partition('?')[0]}); {remedy}.")


def _trusted() -> ssl.SSLContext:
    """The system's own certificates where the hub's client brought the means, else those that Python finds."""
    try:
        import truststore
    except ImportError:
        return ssl.create_default_context()
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

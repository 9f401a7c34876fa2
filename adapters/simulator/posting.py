"""Plain HTTP to our own door: no redirects, no proxies, and no waiting for ever."""

from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from anyio import to_thread

PATIENCE = 10  # seconds


async def post(url: str, body: bytes, headers: Mapping[str, str], /) -> int:
    """The status of the answer. Raises OSError if there is none."""
    return await to_thread.run_sync(_post, url, body, headers)


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    with closing(kind(parts.netloc, timeout=PATIENCE)) as connection:
        try:
            connection.request("POST", parts.path or "/", body, dict(headers))
            return connection.getresponse().status
        except HTTPException as error:
            raise OSError(type(error).__name__) from error

"""Bytes of a source, a part at a time: from wherever it is."""

import re
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Protocol

import attrs

from adapters.connectors.answers import (
    authorization_of,
    clock_difference_of,
    must_be_good,
    redirects_with,
    trouble_of,
)
from application.kernel.ports import Clock
from application.kernel.web import Fetch, Fetched, NotFetched
from application.pipelines.connecting import Origin, SourceRefused
from application.pipelines.credentials import Credentials

LARGEST = 256 * 1024 * 1024
CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


@attrs.frozen(kw_only=True)
class FilePart:
    """`tag` changes with the content; it `ends` if nothing comes after it.

    `server` and `clock_difference_ms` are of whoever has it.
    """

    data: bytes
    ends: bool
    tag: str
    server: str | None = None
    clock_difference_ms: int | None = None


class Parts(Protocol):
    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        """What lies from `offset` on, nothing if that is behind the end. Raises SourceTrouble."""
        ...


@attrs.frozen(kw_only=True)
class WebParts(Parts):
    """Servers that know no ranges are asked for the whole, of which the beginning is dropped."""

    fetch: Fetch
    credentials: Credentials
    clock: Clock

    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        if origin.connection.address is None:
            raise SourceRefused("no_address")
        secret = authorization_of(origin, self.credentials)
        headers = {**secret, **ranged(offset, most)}
        try:
            fetched = await self.fetch(
                origin.connection.address,
                headers=headers,
                most=offset + most,
                redirects=redirects_with(secret),
            )
        except NotFetched as failed:
            raise trouble_of(failed) from None
        return part_of(fetched, offset, most, self.clock())


def ranged(offset: int, most: int) -> Mapping[str, str]:
    """Headers that ask for so many bytes. Raises SourceRefused."""
    if offset + most > LARGEST:
        raise SourceRefused("too_large")
    return {"accept-encoding": "identity", "range": f"bytes={offset}-{offset + most - 1}"}


def part_of(fetched: Fetched, offset: int, most: int, now: datetime) -> FilePart:
    """Raises SourceTrouble."""
    if fetched.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return FilePart(data=b"", ends=True, tag=tag_of(fetched))
    return attrs.evolve(
        _part(must_be_good(fetched, now), offset, most),
        server=fetched.headers.get("server", "")[:100] or None,
        clock_difference_ms=clock_difference_of(fetched, now),
    )


def tag_of(fetched: Fetched) -> str:
    """What tells one content from another, as far as the server says."""
    headers = fetched.headers
    return (headers.get("etag") or headers.get("last-modified") or "")[:200]


def _part(fetched: Fetched, offset: int, most: int) -> FilePart:
    tag = tag_of(fetched)
    if fetched.status != HTTPStatus.PARTIAL_CONTENT:
        return FilePart(data=fetched.body[offset : offset + most], ends=fetched.whole, tag=tag)
    said = CONTENT_RANGE.fullmatch(fetched.headers.get("content-range", ""))
    if said is None or int(said[1]) != offset:
        raise SourceRefused("bad_range")
    data = fetched.body[:most]
    total = None if said[3] == "*" else int(said[3])
    ends = len(data) < most if total is None else offset + len(data) >= total
    return FilePart(data=data, ends=ends, tag=tag)

"""Bytes of a source, a part at a time: from an address, or of a file that was put here."""

import re
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
from application.pipelines.source_files import FilePart, SourceFiles

LARGEST = 256 * 1024 * 1024
CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


class Parts(Protocol):
    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        """What lies from `offset` on, nothing if that is behind the end. Raises SourceTrouble."""
        ...


@attrs.frozen
class StoredParts(Parts):
    files: SourceFiles

    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        part = await self.files.part(origin.organization_id, origin.id, offset=offset, most=most)
        if part is None:
            raise SourceRefused("no_file")
        return part


@attrs.frozen(kw_only=True)
class WebParts(Parts):
    """Servers that know no ranges are asked for the whole, of which the beginning is dropped."""

    fetch: Fetch
    credentials: Credentials
    clock: Clock

    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        if origin.connection.address is None:
            raise SourceRefused("no_address")
        if offset + most > LARGEST:
            raise SourceRefused("too_large")
        secret = authorization_of(origin, self.credentials)
        headers = {
            **secret,
            "accept-encoding": "identity",
            "range": f"bytes={offset}-{offset + most - 1}",
        }
        try:
            fetched = await self.fetch(
                origin.connection.address,
                headers=headers,
                most=offset + most,
                redirects=redirects_with(secret),
            )
        except NotFetched as failed:
            raise trouble_of(failed) from None
        if fetched.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:  # behind the end
            return FilePart(data=b"", ends=True, tag=tag_of(fetched))
        now = self.clock()
        part = _part(must_be_good(fetched, now), offset, most)
        return attrs.evolve(
            part,
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


@attrs.frozen
class EitherParts(Parts):
    """From the address of the source, if it has one, else of the file that was put there."""

    web: Parts
    stored: Parts

    async def __call__(self, origin: Origin, /, *, offset: int, most: int) -> FilePart:
        parts = self.stored if origin.connection.address is None else self.web
        return await parts(origin, offset=offset, most=most)

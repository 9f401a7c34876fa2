"""Lists, which Stripe gives newest first and in pages of a hundred."""

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

MOST = 100

Document = Mapping[str, Any]
Read = Callable[[Mapping[str, Any]], Awaitable[tuple[Sequence[Document], bool]]]
"""A page of a list, and whether there is more."""


async def newest_last(
    read: Read, *, after: str | None, since: datetime, limit: int
) -> Sequence[Document]:
    """The oldest `limit` after an object, or from a moment on."""
    if after is not None:
        page, _ = await read({"ending_before": after, "limit": min(limit, MOST)})
        return list(reversed(page))
    oldest = deque[Document](maxlen=limit)
    async for document in _all(read, {"created": {"gte": int(since.timestamp())}}):
        oldest.append(document)
    return list(reversed(oldest))


def span(*, since: datetime, until: datetime, after: str | None, limit: int) -> Mapping[str, Any]:
    """What a page of a period is asked for with."""
    created = {"gte": int(since.timestamp()), "lt": int(until.timestamp())}
    asked = {"created": created, "limit": min(limit, MOST)}
    return asked if after is None else {**asked, "starting_after": after}


async def _all(read: Read, asked: Mapping[str, Any]) -> AsyncIterator[Document]:
    last: Mapping[str, Any] = {}
    while True:
        page, has_more = await read({**asked, **last, "limit": MOST})
        for document in page:
            yield document
        if not (page and has_more):
            return
        last = {"starting_after": page[-1]["id"]}

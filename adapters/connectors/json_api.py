"""Records of an API that answers pages of JSON."""

import asyncio
import base64
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import attrs
import msgspec

from adapters.connectors.answers import clock_difference_of, must_be_good, trouble_of
from adapters.connectors.json_lines import MOST_MEMBERS
from adapters.connectors.options import options_of
from adapters.connectors.verdicts import given_up_after
from application.kernel.ports import Clock
from application.kernel.web import Fetch, Fetched, NotFetched
from application.pipelines.connecting import (
    BadRecord,
    Connector,
    Cursor,
    Origin,
    Record,
    SourcePage,
    SourceRefused,
    Verdict,
)
from application.pipelines.credentials import Credentials
from domain.kernel.identifiers import DataSourceId
from domain.pipelines.source_options import Authorization, JsonApiOptions, Paging

LARGEST_ANSWER = 16 * 1024 * 1024
LONGEST_CURSOR = 2_000
LONGEST_LINKS = 10_000
NEXT_LINK = re.compile(r'<([^<>]{1,2000})>\s*;[^,<]{0,200}\brel="?next"?(?=[;,\s]|$)')

_decode = msgspec.json.Decoder().decode


@attrs.define(kw_only=True)
class JsonApiConnector(Connector):
    """Asks no more often than the source may be asked; who says when to come again is obeyed."""

    fetch: Fetch
    credentials: Credentials
    clock: Clock
    seconds: Callable[[], float]
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    _free_at: dict[DataSourceId, float] = attrs.field(factory=dict, init=False, repr=False)

    async def validate(self, source: Origin, /, *, within: timedelta) -> Verdict:
        async def look() -> Verdict:
            options = options_of(source, JsonApiOptions)
            fetched = await self._ask(source, options, self._url(source, options, None, 1))
            _items(_parsed(fetched), options)
            return Verdict(
                reachable=True,
                version=fetched.headers.get("server", "")[:100] or None,
                clock_difference_ms=clock_difference_of(fetched, self.clock()),
            )

        return await given_up_after(within, look)

    async def page(self, source: Origin, after: Cursor | None, /, *, limit: int) -> SourcePage:
        options = options_of(source, JsonApiOptions)
        url = self._url(source, options, after, limit)
        fetched = await self._ask(source, options, url)
        answer = _parsed(fetched)
        items = _items(answer, options)
        records, bad = _records(items)
        following = _following(options, after, fetched, answer, len(items))
        return SourcePage(records=records, bad=bad, next=following)

    def _url(
        self, source: Origin, options: JsonApiOptions, after: Cursor | None, limit: int
    ) -> str:
        address = source.connection.address or ""
        parameters: dict[str, str] = {}
        if options.size is not None:
            parameters[options.size] = str(limit)
        if options.paging is Paging.LINK and after is not None:
            return _on_same_host(address, str(after["link"]))
        if options.paging is Paging.CURSOR and after is not None:
            parameters[options.parameter] = str(after["cursor"])
        if options.paging is Paging.PAGE:
            page = options.first if after is None else after["page"]
            parameters[options.parameter] = str(page)
        if options.paging is Paging.OFFSET:
            parameters[options.parameter] = str(0 if after is None else after["offset"])
        return _with(address, parameters)

    async def _ask(self, source: Origin, options: JsonApiOptions, url: str) -> Fetched:
        await self._wait_for_turn(source.id, options)
        headers = {"accept": "application/json", **self._authorization(source, options)}
        try:
            fetched = await self.fetch(url, headers=headers, most=LARGEST_ANSWER, redirects=0)
        except NotFetched as failed:
            raise trouble_of(failed) from None
        return must_be_good(fetched, self.clock())

    async def _wait_for_turn(self, source_id: DataSourceId, options: JsonApiOptions) -> None:
        now = self.seconds()
        turn = max(now, self._free_at.get(source_id, now))
        self._free_at[source_id] = turn + 60 / options.requests_per_minute
        if turn > now:
            await self.pause(turn - now)

    def _authorization(self, source: Origin, options: JsonApiOptions) -> Mapping[str, str]:
        """Raises SourceRefused."""
        how = options.authorization
        if how is Authorization.NONE:
            return {}
        if how is Authorization.BASIC:
            both = f"{self._secret(source, 'user')}:{self._secret(source, 'password')}"
            return {"authorization": f"Basic {base64.b64encode(both.encode()).decode()}"}
        token = self._secret(source, "token")
        if how is Authorization.HEADER:
            return {options.header: token}
        return {"authorization": f"Bearer {token}"}

    def _secret(self, source: Origin, purpose: str) -> str:
        secret = self.credentials.of(source, purpose)
        if secret is None:
            raise SourceRefused("no_credentials")
        return secret.value


def _parsed(fetched: Fetched) -> Any:
    if not fetched.whole:
        raise SourceRefused("too_large")
    try:
        return _decode(fetched.body)
    except (msgspec.DecodeError, RecursionError):
        raise SourceRefused("malformed") from None


def _at(answer: Any, path: str) -> Any:
    for name in filter(None, path.split(".")):
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer


def _items(answer: Any, options: JsonApiOptions) -> list[Any]:
    items = _at(answer, options.records)
    if not isinstance(items, list):
        raise SourceRefused("no_records")
    return items


def _records(items: list[Any]) -> tuple[list[Record], list[BadRecord]]:
    records: list[Record] = []
    bad: list[BadRecord] = []
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            bad.append(BadRecord(at=f"record {number} of the page", reason="no_object"))
        elif len(item) > MOST_MEMBERS:
            bad.append(BadRecord(at=f"record {number} of the page", reason="too_many_columns"))
        else:
            records.append(item)
    return records, bad


def _following(
    options: JsonApiOptions, after: Cursor | None, fetched: Fetched, answer: Any, came: int
) -> Cursor | None:
    """Whoever gives fewer than wanted may have more; whoever gives none has no more."""
    if options.paging is Paging.CURSOR:
        return _other(_named(_at(answer, options.next)), after)
    if options.paging is Paging.LINK:
        return _other(_linked(fetched), after)
    if not came or options.paging is Paging.NONE:
        return None
    if options.paging is Paging.PAGE:
        page = options.first if after is None else int(after["page"] or 0)
        return {"page": page + 1}
    offset = 0 if after is None else int(after["offset"] or 0)
    return {"offset": offset + came}


def _named(following: Any) -> Cursor | None:
    if following is None or following == "" or isinstance(following, dict | list | bool):
        return None
    return {"cursor": str(following)[:LONGEST_CURSOR]}


def _linked(fetched: Fetched) -> Cursor | None:
    link = NEXT_LINK.search(fetched.headers.get("link", "")[:LONGEST_LINKS])
    return None if link is None else {"link": urljoin(fetched.url, link[1])}


def _other(following: Cursor | None, after: Cursor | None) -> Cursor | None:
    """Raises SourceRefused if it leads nowhere new: that would never end."""
    if following is not None and following == after:
        raise SourceRefused("no_progress")
    return following


def _with(address: str, parameters: Mapping[str, str]) -> str:
    parts = urlsplit(address)
    kept = parse_qsl(parts.query, keep_blank_values=True)
    others = [(name, value) for name, value in kept if name not in parameters]
    return urlunsplit(parts._replace(query=urlencode([*others, *parameters.items()])))


def _on_same_host(address: str, link: str) -> str:
    """What is secret goes to nobody else. Raises SourceRefused."""
    ours, theirs = urlsplit(address), urlsplit(link)
    if (ours.scheme, ours.netloc) != (theirs.scheme, theirs.netloc):
        raise SourceRefused("link_leads_elsewhere")
    return link

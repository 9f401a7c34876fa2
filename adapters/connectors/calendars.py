"""Events of iCalendar feeds."""

from collections.abc import Mapping
from datetime import timedelta

import attrs

from adapters.connectors.answers import (
    authorization_of,
    clock_difference_of,
    must_be_good,
    redirects_with,
    trouble_of,
)
from adapters.connectors.feeds import Feed, FeedUnreadable, read_feed
from adapters.connectors.options import options_of
from adapters.connectors.parts import tag_of
from adapters.connectors.verdicts import given_up_after
from application.kernel.ports import Clock
from application.kernel.web import Fetch, Fetched, NotFetched
from application.pipelines.connecting import (
    BadRecord,
    BadRecordsAt,
    Connector,
    Cursor,
    Origin,
    SourcePage,
    SourceRefused,
    Verdict,
)
from application.pipelines.credentials import Credentials
from domain.pipelines.source_options import CalendarOptions

LARGEST_FEED = 8 * 1024 * 1024
NOT_MODIFIED = 304


@attrs.frozen(kw_only=True)
class CalendarConnector(Connector):
    """A feed is one page; a later run that brings its tag finds nothing if that is it still."""

    fetch: Fetch
    credentials: Credentials
    clock: Clock

    async def validate(self, source: Origin, /, *, within: timedelta) -> Verdict:
        async def look() -> Verdict:
            fetched = await self._ask(source, {})
            feed = _read(fetched, options_of(source, CalendarOptions))
            return Verdict(
                reachable=True,
                version=feed.made_by,
                clock_difference_ms=clock_difference_of(fetched, self.clock()),
            )

        return await given_up_after(within, look)

    async def page(self, source: Origin, after: Cursor | None, /, *, limit: int) -> SourcePage:
        """All of it, however many are wanted: what has vanished is only seen from the whole."""
        fetched = await self._ask(source, _known(after))
        if fetched.status == NOT_MODIFIED:
            return SourcePage(records=(), next=None, later=after, unchanged=True)
        feed = _read(fetched, options_of(source, CalendarOptions))
        etag, modified = fetched.headers.get("etag"), fetched.headers.get("last-modified")
        later = {"etag": etag, "last_modified": modified} if tag_of(fetched) else None
        bad = [BadRecord(at=one.at, reason=one.reason, key=one.uid) for one in feed.bad]
        return SourcePage(
            records=[event.record for event in feed.events], bad=bad, next=None, later=later
        )

    async def _ask(self, source: Origin, known: Mapping[str, str]) -> Fetched:
        secret = authorization_of(source, self.credentials)
        address = source.connection.address
        if address is None:
            raise SourceRefused("no_address")
        headers = {"accept": "text/calendar", **secret, **known}
        try:
            fetched = await self.fetch(
                address, headers=headers, most=LARGEST_FEED, redirects=redirects_with(secret)
            )
        except NotFetched as failed:
            raise trouble_of(failed) from None
        if fetched.status == NOT_MODIFIED and known:
            return fetched
        return must_be_good(fetched, self.clock())


def _known(after: Cursor | None) -> Mapping[str, str]:
    if after is None:
        return {}
    said = {"if-none-match": after.get("etag"), "if-modified-since": after.get("last_modified")}
    return {name: str(value) for name, value in said.items() if value}


def _read(fetched: Fetched, options: CalendarOptions) -> Feed:
    if not fetched.whole:
        raise SourceRefused("too_large")
    try:
        return read_feed(fetched.body, most=options.most_events)
    except FeedUnreadable as unreadable:
        raise BadRecordsAt(unreadable.reason, unreadable.at) from None

"""Feeds of channels, read like any iCalendar source."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import attrs

from application.bookings.channel_ports import FeedNotRead, TheirEvent, TheirFeed, TheirFeeds
from application.pipelines.connecting import (
    BadRecord,
    BadRecordsAt,
    Connector,
    Origin,
    Record,
    SourceTrouble,
    SourceUnavailable,
)
from domain.bookings.channels import Known
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ChannelId, DataSourceId
from domain.pipelines.source_options import CalendarOptions, SourceKind
from domain.pipelines.sources import Connection

MOST_EVENTS = 2000
CANCELLED = "CANCELLED"


@attrs.frozen
class ChannelFeeds(TheirFeeds):
    connector: Connector

    async def __call__(
        self, actor: Actor, channel_id: ChannelId, address: str, known: Known, /
    ) -> TheirFeed:
        origin = Origin(
            organization_id=actor.organization_id,
            id=DataSourceId(channel_id),
            connection=Connection(
                kind=SourceKind.ICALENDAR,
                options=CalendarOptions(most_events=MOST_EVENTS),
                address=address,
            ),
        )
        after = {"etag": known.etag, "last_modified": known.last_modified}
        try:
            page = await self.connector.page(
                origin, after if any(after.values()) else None, limit=MOST_EVENTS
            )
        except SourceUnavailable as later:
            raise FeedNotRead(later.reason, later.retry_after) from None
        except BadRecordsAt as bad:
            raise FeedNotRead(bad.reason) from None
        except SourceTrouble as trouble:
            raise FeedNotRead(str(trouble)) from None
        if page.unchanged:
            return TheirFeed(known=known, unchanged=True)
        later_on = page.later or {}
        return TheirFeed(
            events=[_event(record) for record in page.records],
            unreadable=len(page.bad),
            unread=_unread(page.bad),
            known=Known(
                etag=_text(later_on, "etag"), last_modified=_text(later_on, "last_modified")
            ),
        )


def _event(record: Record) -> TheirEvent:
    """What takes no time is as good as cancelled."""
    return TheirEvent(
        uid=str(record["uid"]),
        recurrence_id=str(record["recurrence_id"]),
        sequence=int(str(record["sequence"])),
        cancelled=record["status"] == CANCELLED or record["transparent"] is True,
        starts=_when(str(record["starts"]), all_day=record["all_day"] is True),
        ends=_when(str(record["ends"]), all_day=record["all_day"] is True),
    )


def _when(text: str, *, all_day: bool) -> date | datetime:
    return date.fromisoformat(text) if all_day else datetime.fromisoformat(text)


def _unread(bad: Sequence[BadRecord]) -> frozenset[str] | None:
    """None if one of them does not even say what it is called."""
    keys = {one.key for one in bad}
    return None if None in keys else frozenset(key for key in keys if key is not None)


def _text(said: Mapping[str, str | int | None], name: str) -> str | None:
    value = said.get(name)
    return None if value is None else str(value)

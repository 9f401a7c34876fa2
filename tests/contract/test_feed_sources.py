"""iCalendar feeds: what they say, whether it is whole, and whether it is news."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import attrs
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from adapters.connectors.calendars import CalendarConnector
from adapters.connectors.feeds import FeedUnreadable, read_feed
from application.pipelines.connecting import BadRecordsAt, Origin
from domain.pipelines.source_options import CalendarOptions, SourceKind
from tests.contract.data_desks import CREDENTIALS, NOW, Outside, everything, origin, outside

pytestmark = pytest.mark.anyio

STAY = "DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:20260304"


def event(uid: str = "a@x", about: str = STAY, more: str = "") -> str:
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\n{about}\r\n{more}END:VEVENT\r\n"


def feed(*events: str) -> str:
    begins = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Channel//EN\r\n"
    return f"{begins}{''.join(events)}END:VCALENDAR\r\n"


@attrs.frozen
class Channel:
    outside: Outside
    connector: CalendarConnector

    @property
    def source(self) -> Origin:
        address = self.outside.site.url("/feed.ics")
        return origin(SourceKind.ICALENDAR, CalendarOptions(most_events=3), address)


@pytest.fixture
async def channel() -> AsyncIterator[Channel]:
    async with outside() as found:
        connector = CalendarConnector(
            fetch=found.egress, credentials=CREDENTIALS, clock=lambda: NOW
        )
        yield Channel(found, connector)


@pytest.mark.parametrize(
    ("about", "starts", "ends"),
    [
        (STAY, "2026-03-01", "2026-03-04"),
        ("DTSTART;VALUE=DATE:20260301", "2026-03-01", "2026-03-02"),
        ("DTSTART;VALUE=DATE:20260301\r\nDURATION:P3D", "2026-03-01", "2026-03-04"),
        (
            "DTSTART;TZID=Europe/Lisbon:20260328T150000\r\nDTEND;TZID=Europe/Lisbon:20260329T110000",
            "2026-03-28T15:00:00+00:00",
            "2026-03-29T10:00:00+00:00",  # the clock went forward between them
        ),
        (
            "DTSTART:20260301T150000Z\r\nDURATION:PT2H",
            "2026-03-01T15:00:00+00:00",
            "2026-03-01T17:00:00+00:00",
        ),
        (
            "DTSTART:20260301T150000\r\nDTEND:20260302T110000",
            "2026-03-01T15:00:00",
            "2026-03-02T11:00:00",
        ),
    ],
)
async def test_when_something_is_taken(about: str, starts: str, ends: str) -> None:
    (found,) = read_feed(feed(event(about=about)).encode(), most=9).events

    assert (found.record["starts"], found.record["ends"]) == (starts, ends)


async def test_what_cannot_be_used_is_named_and_the_others_read() -> None:
    said = feed(
        event("good"),
        event("rule", more="RRULE:FREQ=DAILY\r\n"),
        event("backwards", "DTSTART;VALUE=DATE:20260304\r\nDTEND;VALUE=DATE:20260301"),
        event("mixed", "DTSTART;VALUE=DATE:20260304\r\nDTEND:20260301T100000Z"),
        event("never", "SUMMARY:x"),
        event("gone", more="STATUS:CANCELLED\r\nSEQUENCE:4\r\n"),
    )

    read = read_feed(said.encode(), most=9)

    assert [(each.uid, each.status, each.sequence) for each in read.events] == [
        ("good", "CONFIRMED", 0),
        ("gone", "CANCELLED", 4),
    ]
    assert [one.reason for one in read.bad] == [
        "recurring",
        "bad_dates",
        "bad_dates",
        "malformed",
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no_calendar"),
        (b"<html>", "no_calendar"),
        (feed(event()).encode()[:-20], "cut_off"),
        (b"\xff\xfe" + feed(event()).encode(), "bad_encoding"),
        (feed(*(event(str(number)) for number in range(5))).encode(), "too_many_events"),
        (feed(event()[:-12]).encode(), "malformed"),
    ],
)
async def test_of_a_feed_that_is_not_whole_nothing_is_believed(body: bytes, reason: str) -> None:
    with pytest.raises(FeedUnreadable) as told:
        read_feed(body, most=4)

    assert told.value.reason == reason


@given(st.binary(max_size=200), st.integers(0, 200))
def test_noise_is_refused_and_breaks_nothing(noise: bytes, at: int) -> None:
    whole = feed(event(), event("b@x", more="SEQUENCE:1\r\n")).encode()

    with suppress(FeedUnreadable):
        read_feed(whole[:at] + noise + whole[at:], most=9)


async def test_a_feed_that_did_not_change_is_not_sent_again(channel: Channel) -> None:
    async def answer(request: web.BaseRequest) -> web.Response:
        if request.headers.get("if-none-match") == '"1"':
            return web.Response(status=304)
        return web.Response(text=feed(event()), headers={"etag": '"1"'})

    channel.outside.site.answers["/feed.ics"] = answer
    first = await channel.connector.page(channel.source, None, limit=1)
    again = await channel.connector.page(channel.source, first.later, limit=1)

    assert [record["uid"] for record in first.records] == ["a@x"]
    assert first.next is None
    assert (again.records, again.later, again.unchanged) == ((), first.later, True)
    assert not first.unchanged


async def test_a_feed_is_one_page_however_few_are_wanted(channel: Channel) -> None:
    channel.outside.site.says("/feed.ics", feed(event("a"), event("b"), event("c")))

    assert len(await everything(channel.connector, channel.source, limit=1)) == 3


async def test_a_broken_feed_is_told(channel: Channel) -> None:
    channel.outside.site.says("/feed.ics", feed(event())[:-20])

    with pytest.raises(BadRecordsAt, match="cut_off"):
        await channel.connector.page(channel.source, None, limit=1)
    verdict = await channel.connector.validate(channel.source, within=timedelta(seconds=2))
    assert (verdict.reachable, verdict.detail) == (False, "cut_off at the end")

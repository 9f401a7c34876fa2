"""A desk, and the feed of a site on this machine where its rooms are sold as well."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import attrs
import httpx
from dependency_injector import providers

from adapters.connectors.feeds import read_feed
from tests.fakes.time import Time
from tests.http.desk import Desk, program
from tests.web_sites import WebSite, web_site

FEED = "/theirs.ics"


def day(number: int) -> date:
    """Of March."""
    return date(2027, 3, number)


def event(uid: str, first: int, until: int, *more: str) -> str:
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{uid}",
            "DTSTAMP:20270101T000000Z",
            f"DTSTART;VALUE=DATE:{day(first):%Y%m%d}",
            f"DTEND;VALUE=DATE:{day(until):%Y%m%d}",
            "SUMMARY:Reserved - Ana Sousa",
            *more,
            "END:VEVENT",
        ]
    )


def calendar(*events: str) -> str:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//theirs//EN"
    return "\r\n".join([head, *events, "END:VCALENDAR", ""])


class Killed(BaseException):
    """As if the process had been: nothing of the program hears of it."""


@attrs.define
class Mortal:
    """Transactions, of which so many are left before the process dies."""

    unit_of_work: Any
    left: int | None = None

    async def __call__(self, *command: Any, **about: Any) -> Any:
        if self.left is not None:
            if self.left == 0:
                raise Killed
            self.left -= 1
        return await self.unit_of_work(*command, **about)


@attrs.frozen
class House:
    desk: Desk
    site: WebSite
    mortal: Mortal

    async def channel(self, rooms: str, **about: Any) -> httpx.Response:
        flats = {"resource_id": rooms, "name": "Holiday flats", "feed": self.site.url(FEED)}
        answer = await self.desk.post("/v1/channels", {**flats, **about})
        assert answer.status_code == 201, answer.text
        return answer

    def says(self, *events: str) -> None:
        self.site.says(FEED, calendar(*events))

    async def sync(self, channel: httpx.Response, **about: Any) -> dict[str, Any]:
        path = f"/v1/channels/{channel.json()['id']}/sync"
        answer = await self.desk.post(path, about or None)
        assert answer.status_code == 200, answer.text
        synced: dict[str, Any] = answer.json()
        return synced

    async def left(self, rooms: str) -> dict[str, int]:
        span = {"from": "2027-03-02", "until": "2027-03-31"}
        answer = await self.desk.get(f"/v1/resources/{rooms}/availability", params=span)
        return {one["day"]: one["free"] for one in answer.json()["days"]}

    async def taken(self, rooms: str, *, of: int) -> list[int]:
        """Days of March on which less is free."""
        free = await self.left(rooms)
        return [date.fromisoformat(each).day for each, left in free.items() if left < of]

    async def foreign(self, channel: httpx.Response, **filter: Any) -> list[dict[str, Any]]:
        path = f"/v1/channels/{channel.json()['id']}/foreign-bookings"
        found: list[dict[str, Any]] = (await self.desk.get(path, params=filter)).json()["items"]
        return found


async def fetched(desk: Desk, channel: httpx.Response, **headers: str) -> httpx.Response:
    link = httpx.URL(channel.json()["link"])
    return await desk.nobody().get(link.path, headers=headers)


def busy(feed: httpx.Response) -> list[tuple[str, str, str, int]]:
    read = read_feed(feed.content, most=1000)
    assert not read.bad
    return sorted(
        (one.starts.isoformat(), one.ends.isoformat(), one.status, one.sequence)
        for one in read.events
    )


def told(first: int, until: int, status: str, sequence: int) -> tuple[str, str, str, int]:
    return day(first).isoformat(), day(until).isoformat(), status, sequence


@asynccontextmanager
async def opened(url: str, clock: Time) -> AsyncIterator[House]:
    async with web_site() as site:
        inside = frozenset({site.host})
        async with program(url, clock, internal_hosts=inside) as container:
            channels: Any = container.pipelines.channels
            mortal = Mortal(channels.unit_of_work())
            channels.unit_of_work.override(providers.Object(mortal))
            yield House(await Desk.opened(container, clock), site, mortal)
            await container.crawling.egress().close()

"""Customers who do not give up: the same key again until they are told what has become of it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from random import Random
from time import monotonic
from typing import Any

import anyio
import attrs
import httpx

from tests.chaos.hotel import Hotel
from tests.chaos.journal import Journal, Told, Write
from tests.chaos.programs import Site

PATIENCE = 60.0
SERVER_ERRORS = 500
PAGE = 100


class NoAnswer(Exception):
    """Nothing definite for so long that something must be stuck."""


@attrs.frozen(kw_only=True)
class Line:
    """The wire to the hotel."""

    http: httpx.AsyncClient
    journal: Journal

    async def write(self, path: str, body: Mapping[str, Any] | None = None) -> Write:
        write = self.journal.begin(path, body)
        deadline, chance = monotonic() + PATIENCE, Random(write.key)
        while write.told is None:
            if monotonic() > deadline:
                raise NoAnswer(f"{path}, after {write.tries} tries")
            sent_at = monotonic()
            with self.journal.sending(write):
                told = await self.attempt(write)
            if told is None:
                await anyio.sleep(chance.uniform(0.02, 0.1))
            else:
                self.journal.answered(write, told, sent_at=sent_at)
        return write

    async def attempt(self, write: Write) -> Told | None:
        """None as long as it may have happened or not."""
        headers = {"Idempotency-Key": write.key, "If-Match": "*"}
        try:
            response = await self.http.post(write.path, json=write.body, headers=headers)
        except httpx.TransportError:
            return None
        if response.status_code >= SERVER_ERRORS:
            return None
        return Told(
            status=response.status_code,
            body=response.json(),
            tag=response.headers.get("ETag"),
            replayed=response.headers.get("Idempotency-Replayed") == "true",
        )

    async def read(self, path: str, **query: str | int) -> Mapping[str, Any]:
        deadline = monotonic() + PATIENCE
        while True:
            try:
                response = await self.http.get(path, params=query)
            except httpx.TransportError:
                await anyio.sleep(0.05)
            else:
                if response.status_code < SERVER_ERRORS:
                    said: Mapping[str, Any] = response.raise_for_status().json()
                    return said
            if monotonic() > deadline:
                raise NoAnswer(path)

    async def bookings(self) -> Mapping[str, Mapping[str, Any]]:
        return {booking["id"]: booking for booking in await self.all("/v1/bookings")}

    async def all(self, path: str, **asked: str) -> Sequence[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        query: dict[str, str | int] = {"limit": PAGE, **asked}
        while True:
            page = await self.read(path, **query)
            found += page["items"]
            if not page["next"]:
                return found
            query["cursor"] = page["next"]

    async def events(self, *, after: int) -> Sequence[Mapping[str, Any]]:
        page = await self.read("/v1/events", after=after, limit=PAGE)
        events: Sequence[Mapping[str, Any]] = page["items"]
        return events


@asynccontextmanager
async def line_to(site: Site, token: str, journal: Journal) -> AsyncIterator[Line]:
    async with httpx.AsyncClient(
        base_url=site.address,
        headers={"Authorization": f"Bearer {token}"},
        timeout=PATIENCE / 2,
        limits=httpx.Limits(max_connections=None),
        trust_env=False,
    ) as http:
        yield Line(http=http, journal=journal)


@attrs.frozen(kw_only=True)
class Customer:
    """`pay`, if there is a provider, pays for a booking; half of those who keep one do."""

    line: Line
    hotel: Hotel
    chance: Random
    pay: Callable[[str], Awaitable[None]] | None = None

    async def keep_booking(self, closing: anyio.Event) -> None:
        while not closing.is_set():
            await self.book()
            await anyio.sleep(self.chance.uniform(0, 0.02))

    async def book(self) -> None:
        """Whoever gets the wanted night gives it back, so that it is fought over to the end."""
        wanted = self.chance.random() < 0.2
        night = self.hotel.wanted_night if wanted else self.chance.choice(self.hotel.other_nights)
        quote = await self.line.write("/v1/quotes", self.hotel.stay(night))
        if not quote.is_done:
            return
        hold = await self.line.write("/v1/holds", {"quote_id": quote.id})
        if not hold.is_done:
            return
        booking, fate = f"/v1/bookings/{hold.id}", self.chance.random()
        if fate < 0.15:
            await self.line.write(f"{booking}/release")
        elif self.pay is not None and not wanted and fate > 0.5:
            await self.pay(hold.id)
        elif wanted or fate > 0.25:  # who does neither lets the hold expire
            confirmed = await self.line.write(f"{booking}/confirm")
            if confirmed.is_done and (wanted or fate > 0.8):
                await self.line.write(f"{booking}/cancel")


@attrs.define
class Follower:
    """Reads the feed as it grows, each time from the last position it has seen."""

    line: Line
    seen: list[Mapping[str, Any]] = attrs.field(factory=list)

    async def follow(self, closing: anyio.Event) -> None:
        while not closing.is_set():
            if not await self.catch_up():
                await anyio.sleep(0.1)

    async def catch_up(self) -> int:
        after = self.seen[-1]["position"] if self.seen else 0
        events = await self.line.events(after=after)
        self.seen += events
        return len(events)

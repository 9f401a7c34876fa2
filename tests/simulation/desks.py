"""Two organizations with little to sell, as they are before anything happens."""

import asyncio
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs

from application.bookings.set_sales_terms import SetSalesTerms
from application.identity.change_setting import ChangeSetting
from application.identity.create_organization import CreateOrganization
from application.inventory.add_resource import AddResource
from application.inventory.open_pools import OpenPools
from domain.bookings.cancellation import USUAL_TERMS
from domain.bookings.contacts import Contact
from domain.bookings.hotel import HotelBookingRequest, RoomType
from domain.bookings.pricing import RatePlan
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.money import Money
from domain.kernel.periods import DateRange, Zone
from tests.contract.databases import create_tables
from tests.simulation.hosts import BEGINNING

OPENING = (BEGINNING + timedelta(days=30)).date()
NIGHTS = 2
ROOMS = 1
PRICE = Money(9900, "EUR")
HOLDS_AFTER_CALLS: Mapping[str, Mapping[str, str | int]] = {
    "north": {"calls.holds_after": "release"},
    "south": {"calls.holds_after": "extend", "calls.holds_after_minutes": 20},
}


def address_of(name: str) -> str:
    return f"{name}@example.com"


def called(name: str) -> str:
    """Part of nobody else's name."""
    return f"{name} Somebody"


@attrs.frozen(kw_only=True)
class Desk:
    """`resource_id` is its only room, on two nights, and there is one more for those who ring."""

    slug: str
    actor: Actor
    resource_id: ResourceId
    by_telephone: ResourceId

    def request(self, name: str, first: int, nights: int) -> HotelBookingRequest:
        return self._request(self.resource_id, name, first, nights)

    def request_by_telephone(self, name: str, first: int) -> HotelBookingRequest:
        return self._request(self.by_telephone, name, first, 1)

    def _request(
        self, resource_id: ResourceId, name: str, first: int, nights: int
    ) -> HotelBookingRequest:
        check_in = OPENING + timedelta(days=first)
        return HotelBookingRequest(
            resource_id=resource_id,
            contact=Contact(name=called(name), email=address_of(name)),
            check_in=check_in,
            check_out=check_in + timedelta(days=nights),
            rooms=1,
            guests=2,
        )


@attrs.frozen
class Template:
    """The file's content, and the desks that are in it."""

    content: bytes
    desks: Sequence[Desk]


def season() -> DateRange:
    last: date = OPENING + timedelta(days=NIGHTS)
    return DateRange(OPENING, last)


async def opened(container: Any, slug: str) -> Desk:
    organization = await container.identity.create_organization()(
        CreateOrganization(slug=slug, name=slug)
    )
    actor = Actor.system(organization.id)
    for key, value in HOLDS_AFTER_CALLS[slug].items():
        change = ChangeSetting(actor=actor, key=key, value=value, version=None)
        await container.identity.change_setting()(change)
    return Desk(
        slug=slug,
        actor=actor,
        resource_id=await _room(container, actor, "Double"),
        by_telephone=await _room(container, actor, "Twin"),
    )


async def _room(container: Any, actor: Actor, name: str) -> ResourceId:
    rooms = await container.inventory.add_resource()(
        AddResource(actor=actor, name=name, zone=Zone("UTC"), offering=RoomType(beds=2))
    )
    await container.inventory.open_pools()(
        OpenPools(actor=actor, resource_id=rooms.id, dates=season(), capacity=ROOMS)
    )
    await container.bookings.set_sales_terms()(
        SetSalesTerms(
            actor=actor,
            resource_id=rooms.id,
            rates=RatePlan(price=PRICE),
            cancellation=USUAL_TERMS,
            version=0,
        )
    )
    id: ResourceId = rooms.id
    return id


Within = Callable[[Path, Callable[[Any], Awaitable[Sequence[Desk]]]], Sequence[Desk]]


@lru_cache(maxsize=1)
def template(within: Within) -> Template:
    """`within` gives a container over the file to what is to be done in it."""

    async def open_both(container: Any) -> Sequence[Desk]:
        return [await opened(container, slug) for slug in HOLDS_AFTER_CALLS]

    with tempfile.TemporaryDirectory(prefix="simulation-") as folder:
        path = Path(folder) / "frontdesk.db"
        asyncio.run(create_tables(f"sqlite:///{path}"))
        desks = within(path, open_both)
        with closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA journal_mode=WAL")
        return Template(path.read_bytes(), desks)

"""A business with something on sale, on a database of its own."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import attrs

from application.bookings.quote_booking import QuoteBooking
from application.bookings.set_sales_terms import SetSalesTerms
from application.identity.create_organization import CreateOrganization
from application.identity.issue_api_key import IssueApiKey
from application.inventory.add_resource import AddResource
from application.inventory.open_pools import OpenPools
from domain.bookings.cancellation import USUAL_TERMS
from domain.bookings.contacts import Contact
from domain.bookings.hotel import HotelBookingRequest, RoomType
from domain.bookings.pricing import RatePlan
from domain.identity.api_keys import Mode
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import QuoteId, ResourceId
from domain.kernel.money import Money
from domain.kernel.periods import DateRange, Zone
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.servers import (
    administrator,
    at_the_desk,
    create_database,
    drop_database,
    owner_of,
)

PLENTY = 1_000_000_000
FIRST_NIGHT = date.today() + timedelta(days=30)  # noqa: DTZ011  (any day that is not over)


@attrs.frozen(kw_only=True)
class Stage:
    container: Any
    actor: Actor

    async def key(self) -> str:
        """The secret of an API key that may do everything."""
        issued = await self.container.identity.issue_api_key()(
            IssueApiKey(
                actor=self.actor, name="bench", mode=Mode.TEST, scopes=frozenset(Permission)
            )
        )
        secret: str = issued.secret
        return secret

    async def analyze(self) -> None:
        """Lets the database count what is there now: PostgreSQL does that for the owner of tables,
        SQLite for a worker."""
        owner: str | None = self.container.settings().database_owner_url
        if owner is None:
            await self.container.schedules.sqlite_statistics()()
            return
        async with administrator(owner) as connection:
            await connection.execute("ANALYZE")

    async def add_nights(self, nights: int, *, capacity: int = PLENTY) -> Resource:
        """Rooms for so many nights from FIRST_NIGHT on."""
        dates = DateRange(FIRST_NIGHT, FIRST_NIGHT + timedelta(days=nights))
        return await self.add_room_type(dates=dates, capacity=capacity, beds=2)

    async def add_room_type(self, *, dates: DateRange, capacity: int, beds: int) -> Resource:
        inventory, bookings = self.container.inventory, self.container.bookings
        resource: Resource = await inventory.add_resource()(
            AddResource(
                actor=self.actor,
                name="Double room",
                zone=Zone("Europe/Lisbon"),
                offering=RoomType(beds=beds),
            )
        )
        await inventory.open_pools()(
            OpenPools(actor=self.actor, resource_id=resource.id, dates=dates, capacity=capacity)
        )
        await bookings.set_sales_terms()(
            SetSalesTerms(
                actor=self.actor,
                resource_id=resource.id,
                rates=RatePlan(price=Money(9900, "EUR")),
                cancellation=USUAL_TERMS,
                version=0,
            )
        )
        return resource

    async def quote(self, resource_id: ResourceId, *, night: int = 0, nights: int = 1) -> QuoteId:
        """A quote for one room; nights count from FIRST_NIGHT."""
        check_in = FIRST_NIGHT + timedelta(days=night)
        request = HotelBookingRequest(
            resource_id=resource_id,
            contact=Contact(name="Ann Bo", email="ann@example.com"),
            check_in=check_in,
            check_out=check_in + timedelta(days=nights),
            rooms=1,
            guests=2,
        )
        quote = await self.container.bookings.quote_booking()(
            QuoteBooking(actor=self.actor, request=request)
        )
        quote_id: QuoteId = quote.id
        return quote_id


def settings_for(url: str) -> Settings:
    """As the role that serves, whom PostgreSQL shows one organization at a time."""
    return Settings(
        database_url=at_the_desk(url),
        database_owner_url=owner_of(url),
        quote_minutes=1440,
        payments_per_hour=1_000_000,  # all of them by one customer
    )


async def closed(program: Any) -> None:
    """With what is still to be written of who used which key."""
    await program.identity.uses().close()
    await program.database().close()


@asynccontextmanager
async def stage(url: str, container: Any = None) -> AsyncIterator[Stage]:
    """On an empty database; `container` may bring a clock or a guard of its own."""
    program = container or Container(settings=settings_for(url))
    database = program.database()
    try:
        await database.check()
        await program.schema().bring()
        organization = await program.identity.create_organization()(
            CreateOrganization(slug=f"bench-{uuid4().hex[:8]}", name="Bench")
        )
        yield Stage(container=program, actor=Actor.system(organization.id))
    finally:
        await closed(program)


@asynccontextmanager
async def fresh_postgres(admin_url: str) -> AsyncIterator[str]:
    url = await create_database(admin_url)
    try:
        yield url
    finally:
        await drop_database(admin_url, url)


@contextmanager
def fresh_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        yield Path(folder)

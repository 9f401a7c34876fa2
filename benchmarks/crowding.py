"""Rooms that are sold already, many thousands of them, without waiting for as many bookings."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, select, update

from adapters.schema.bookings import bookings
from adapters.schema.inventory import claims, pools
from adapters.sql.bulk import Bulk
from application.bookings.hold_booking import HoldBooking
from benchmarks.stages import FIRST_NIGHT, Stage
from domain.bookings.booking import Booking
from domain.inventory.resources import Resource
from domain.kernel.periods import DateRange


async def crowd_out(on: Stage, resource: Resource, *, nights: int, units: int) -> None:
    """Each of its nights is held so many times, each time by a booking of its own."""
    quote_id = await on.quote(resource.id)
    command = HoldBooking(actor=on.actor, quote_id=quote_id)
    held: Booking = await on.container.bookings.hold_booking()(command)
    until = FIRST_NIGHT + timedelta(days=nights)
    offered = resource.offering.pools(
        resource.id, dates=DateRange(FIRST_NIGHT, until), zone=resource.zone
    )
    places = [pool_id for pool_id in offered for _ in range(units)]
    places.remove(held.agreement.claims[0].pool_id)
    one = select(bookings).where(
        bookings.c.organization_id == on.actor.organization_id, bookings.c.id == held.id
    )
    ids = [uuid4() for _ in places]

    def write(connection: Connection) -> None:
        row: dict[str, Any] = dict(connection.execute(one).mappings().one())
        this = {"organization_id": on.actor.organization_id}
        many = [{**row, "id": id, "reference": f"X{n}"} for n, id in enumerate(ids)]
        Bulk.into(bookings).run(connection, many)
        taken = [
            {**this, "hold_id": id, "pool_id": pool_id, "units": 1}
            for id, pool_id in zip(ids, places, strict=True)
        ]
        Bulk.into(claims).run(connection, taken)
        connection.execute(
            update(pools)
            .where(
                pools.c.organization_id == on.actor.organization_id,
                pools.c.resource_id == resource.id,
            )
            .values(taken=units)
        )

    await on.container.database().write(write, of=on.actor.organization_id)
    await on.analyze()
